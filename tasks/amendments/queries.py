"""Reads about amendments."""

from datetime import datetime

from django.db.models import Max

from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound
from marketplace.kernel.lifecycle import expect
from marketplace.registry import queries as registry
from marketplace.registry.calendar import WorkingSpan
from tasks.amendments.lifecycle import AmendmentState
from tasks.amendments.models import Amendment
from tasks.amendments.rules import WORKING_DAYS, Call
from tasks.challenges.models import Challenge


def published_for(challenge: Challenge) -> list[Amendment]:
    """The challenge's amendments that everybody reads, the latest first."""
    rows = Amendment.objects.filter(challenge=challenge, state=AmendmentState.PUBLISHED)
    return list(rows.order_by("-number"))


def waiting_for(challenge: Challenge) -> Amendment | None:
    """The amendment that one officer has released and another has not; its sponsor's business alone."""
    rows = Amendment.objects.filter(challenge=challenge, state=AmendmentState.RELEASED)
    return rows.select_related("author").first()


def locked(challenge: Challenge, version: int | None = None, which: str | None = None) -> Amendment:
    """The one that waits for the second hand, locked after its challenge. Raises NotFound or Stale.

    `which` is the one the actor saw: another may have been released in its place, with the same version.
    """
    rows = Amendment.objects.select_for_update(of=("self",)).filter(challenge=challenge, state=AmendmentState.RELEASED)
    amendment = rows.order_by().first()
    if amendment is None:
        raise NotFound
    expect(amendment, version, which)
    return amendment


def next_number(challenge: Challenge) -> int:
    """The number of the amendment that is published next; asked under the lock of the challenge."""
    last = Amendment.objects.filter(challenge=challenge).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def call_of(challenge: Challenge) -> Call:
    """The call as it stands now."""
    assert challenge.deadline is not None  # noqa: S101  # an open challenge has one
    return Call(deadline=challenge.deadline, bounty=challenge.bounty_amount, now=clock.now())


def span_from(moment: datetime) -> WorkingSpan:
    """The working days that a clarification of this moment leaves, and whether the calendar may still move them."""
    return registry.add_working_days(moment, WORKING_DAYS)
