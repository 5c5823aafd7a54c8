"""What is handed in to a challenge, and what waits for it: closing and changing it take the other side of one lock."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from marketplace.kernel.errors import NotFound
from marketplace.kernel.one_at_a_time import beside_others
from marketplace.sealing.models import MatterKey
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge

CLOSES_AFTER = timedelta(seconds=60)
"""After the deadline nothing is taken; so much later the state says so. Sealing what came last takes seconds, and the
moment at which a call closes must not tell whether there was any (I9).
"""


def intake_of(public_id: str) -> str:
    """The name of the lock: many hand in beside each other, whoever closes or changes the challenge is alone."""
    return f"intake:{public_id}"


def nobody_closes(public_id: str) -> None:
    """Until the end of the transaction nobody closes or changes the challenge; many may hand in at once."""
    beside_others(intake_of(public_id))


def taking_in(public_id: str) -> Challenge:
    """The challenge for whoever hands something in to it, which `nobody_closes` meanwhile. Raises NotFound."""
    nobody_closes(public_id)
    challenge = Challenge.objects.filter(public_id=public_id).order_by().first()
    if challenge is None:
        raise NotFound
    return challenge


def without_key() -> QuerySet[Challenge, str]:
    """Calls published before there were keys, whose proposals are not opened: by public id."""
    keyed = Exists(MatterKey.objects.filter(matter=OuterRef("public_id")))
    rows = Challenge.objects.filter(~keyed, state__in=[State.OPEN, State.SEALED], proposals_opened_at=None)
    return rows.order_by("pk").values_list("public_id", flat=True)


def still_coming_in(challenge: Challenge) -> bool:
    """Whether something was handed in before the deadline that is not sealed yet: it is waited for (I12)."""
    return challenge.proposals.filter(tickets__state="TAKEN", tickets__taken_at__lt=challenge.deadline).exists()


def past_deadline(now: datetime) -> list[str]:
    """Public ids of open challenges whose deadline has passed long enough ago to be closed."""
    rows = Challenge.objects.filter(state=State.OPEN, held_since=None, deadline__lte=now - CLOSES_AFTER)
    due = rows.order_by("deadline")
    return list(due.values_list("public_id", flat=True))
