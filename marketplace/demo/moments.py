"""The moments a visitor wants to jump to: the next deadline, the end of a notice, tomorrow."""

from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.queries import Person
from marketplace.demo import clock as movable
from marketplace.demo import queries
from marketplace.kernel import clock
from marketplace.kernel.errors import Expected, Refusal
from marketplace.kernel.verdicts import Allowed
from tasks.adjudication.models import PublicNotice
from tasks.adjudication.services import finish_notice
from tasks.challenges import intake
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tasks.challenges.services import close_challenge
from tasks.jobs import advance


class Jump(StrEnum):
    """Where the clock can be taken."""

    DEADLINE = "deadline"
    NOTICE = "notice"
    DAY = "day"


def next_deadline(challenge: Challenge | None, *, after: datetime) -> datetime | None:
    """The deadline of this challenge while it is open; without one, the nearest of all open challenges."""
    rows = Challenge.objects.filter(state=State.OPEN, deadline__gt=after)
    if challenge is not None:
        rows = rows.filter(pk=challenge.pk)
    return rows.order_by("deadline").values_list("deadline", flat=True).first()


def next_notice_end(challenge: Challenge | None, *, after: datetime) -> datetime | None:
    """When this challenge's public notice has run; without one, the first notice to end."""
    rows = PublicNotice.objects.filter(challenge__state=State.NOTICE, ends_at__gt=after)
    if challenge is not None:
        rows = rows.filter(challenge=challenge)
    return rows.order_by("ends_at").values_list("ends_at", flat=True).first()


def moment_of(jump: Jump, challenge: Challenge | None) -> datetime:
    """The moment that a jump leads to. Raises Refusal when there is none ahead."""
    now = clock.now()
    if jump is Jump.DAY:
        return now + timedelta(days=1)
    moment = (next_deadline if jump is Jump.DEADLINE else next_notice_end)(challenge, after=now)
    if moment is None:
        raise Refusal(_("There is no such moment ahead; somebody may have moved the clock already."))
    return moment


def jump_to(jump: Jump, *, challenge: Challenge | None, person: Person) -> int:
    """Move the clock and at once do what has become due; returns how many challenges moved. Raises Refusal."""
    if queries.loads_now():
        raise Refusal(_("The clock can be moved once the demo data is loaded."))
    actor = getattr(person, "public_id", "")
    movable.advance_to(moment_of(jump, challenge), by=Allowed(actor, "DEMO"))
    return _advanced_first(challenge) + _closed_at_once() + int(advance())


def _closed_at_once() -> int:
    """Whoever moves the clock does not wait the minute after which calls close by themselves."""
    closed = 0
    for one in intake.past_deadline(clock.now() + intake.CLOSES_AFTER):
        with suppress(Expected):
            close_challenge(public_id=one)
            closed += 1
    return closed


def _advanced_first(challenge: Challenge | None) -> int:
    """The challenge somebody is looking at goes before the dozens of others that the same jump makes due."""
    if challenge is None:
        return 0
    verb = close_challenge if challenge.state == State.OPEN else finish_notice
    with suppress(Expected):
        verb(public_id=challenge.public_id)
        return 1
    return 0
