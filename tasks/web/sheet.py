"""What everybody who sees a challenge reads of it, in the page's language where the sponsor wrote it."""

from typing import Any

from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from marketplace.accounts.queries import Person
from tasks.challenges import policy, queries
from tasks.challenges.choices import Audience
from tasks.challenges.models import Challenge
from tasks.web.forms.challenges import IP_WORDS, MODES


def sheet(challenge: Challenge, viewer: Person) -> dict[str, Any]:
    """Context of the templates `_head`, `_sheet` and `_facts`."""
    english = (get_language() or "").startswith("en")
    translated = bool(english and challenge.description_en)
    return {
        "challenge": challenge,
        "lines": SimpleLazyObject(lambda: queries.lines_of(challenge)),
        "whole": SimpleLazyObject(lambda: queries.whole_of(challenge)),
        "packages": SimpleLazyObject(lambda: list(queries.packages_of(challenge))),
        "description": challenge.description_en if translated else challenge.description,
        "description_language": "en" if translated else challenge.language,
        "in_other_language": not translated and challenge.language.startswith("en") != english,
        "mode_words": dict(MODES).get(challenge.mode, ""),
        "ip_words": IP_WORDS.get(challenge.ip_terms, ""),
        "chain_size": challenge.chain.count() if challenge.audience == Audience.CHAIN else 0,
        "sponsor_known": policy.may_know_sponsor(viewer, challenge),
    }
