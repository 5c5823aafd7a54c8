"""Which files of a challenge a viewer is shown, and what is to be accepted before the others are."""

from typing import Any

from marketplace.accounts.models import User
from marketplace.accounts.queries import Person
from marketplace.kernel.verdicts import Denied
from tasks.challenges import policy, queries
from tasks.challenges.choices import NameShown
from tasks.challenges.models import Challenge


def attached(challenge: Challenge, viewer: Person) -> dict[str, Any]:
    """Context of `_attached.html`, for a challenge from `queries.visible`; nothing is asked where nothing is there."""
    edits = bool(policy.may_edit(viewer, challenge))
    confidential = _kept(challenge, "nda_files") or challenge.name_shown == NameShown.AFTER_NDA
    reads = (edits or confidential) and bool(policy.may_read_confidential(viewer, challenge))
    verdict = policy.may_accept_terms(viewer, challenge) if confidential and not reads else None
    return {
        "open_door": queries.OPEN_CODE if edits or _kept(challenge, "open_files") else "",
        "nda_door": queries.NDA_CODE if reads else "",
        "signed_in": isinstance(viewer, User),
        "terms": verdict is not None,
        "terms_denial": verdict.reason if isinstance(verdict, Denied) else "",
    }


def _kept(challenge: Challenge, mark: str) -> bool:
    """Whether `queries.visible` has counted files there."""
    return bool(getattr(challenge, mark, None))
