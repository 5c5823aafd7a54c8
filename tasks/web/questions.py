"""What a challenge's page says of its questions, and until when one may ask."""

from datetime import datetime
from typing import Any

from django.utils.functional import SimpleLazyObject

from marketplace.accounts.queries import Person
from marketplace.kernel import clock
from marketplace.kernel.verdicts import Denied
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tasks.questions import policy, queries, rules


def questions_of(person: Person, challenge: Challenge) -> dict[str, Any]:
    """Context of the template `_questions`."""
    closes = rules.until(challenge.deadline) if challenge.state == State.OPEN and challenge.deadline else None
    return {
        "questions": SimpleLazyObject(lambda: queries.shown_to(person, challenge)),
        "closes": closes,
        "taken": closes is not None and clock.now() < closes,
        "ask": _offer(person, challenge, closes),
        "working_days": rules.WORKING_DAYS,
    }


def _offer(person: Person, challenge: Challenge, closes: datetime | None) -> dict[str, Any]:
    """Whether this person may ask; anybody is led to sign in first. Asked only while questions are taken."""
    if closes is None or clock.now() >= closes:
        return {"may": False, "denied": ""}
    if not person.is_authenticated:
        return {"may": True, "denied": ""}
    verdict = policy.may_ask(person, challenge)
    return {"may": bool(verdict), "denied": verdict.reason if isinstance(verdict, Denied) else ""}
