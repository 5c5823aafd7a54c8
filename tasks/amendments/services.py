"""The verbs of amendments: publish one, or release it for the second hand; publish what was released; drop it."""

from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import Allowed, require
from marketplace.outbox.record import record
from tasks import events
from tasks.amendments import policy, queries, rules
from tasks.amendments.lifecycle import STEPS
from tasks.amendments.models import Amendment
from tasks.amendments.rules import Change
from tasks.challenges import queries as challenges
from tasks.challenges.models import Challenge


def amend_challenge(*, public_id: str, actor: User, change: Change, version: int | None = None) -> Amendment:
    """Publish a numbered amendment: later deadline, higher reward, something made clear, or several at once (L06).

    By the first of two hands, where the sponsor's organisation asks for two, it is only released. What is in time is
    decided after the challenge is locked, so that no proposal can be refused by a deadline that is being moved.
    Raises Refusal with the first thing that is not allowed, Stale or NotFound.
    """
    with transaction.atomic():
        challenge = challenges.locked(public_id, version)
        with clock.one_moment():
            allowed = require(policy.may_amend(actor, challenge))
            _refuse_unfit(challenge, change)
            if queries.waiting_for(challenge) is not None:
                raise Refusal(_("Another amendment awaits the second hand. Publish it or drop it first."))
            row = Amendment.objects.create(challenge=challenge, author=actor, **vars(change))
            if challenge.sponsor is not None and challenge.sponsor.released_by_two:
                record(events.AmendmentReleased.of(challenge), by=allowed)
            else:
                _publish(row, challenge, allowed)
    return row


def release_amendment(
    *, public_id: str, actor: User, version: int | None = None, which: str | None = None
) -> Amendment:
    """The second hand: publish the amendment of this challenge that another officer has released.

    It is the one whose public id is `which`, and is judged anew, for meanwhile the working days may have become too
    few. Raises Refusal, Stale or NotFound.
    """
    with transaction.atomic():
        challenge = challenges.locked(public_id)
        with clock.one_moment():
            row = queries.locked(challenge, version, which)
            allowed = require(policy.may_release(actor, row))
            _refuse_unfit(challenge, row.change)
            _publish(row, challenge, allowed)
    return row


def drop_amendment(*, public_id: str, actor: User, version: int | None = None, which: str | None = None) -> Amendment:
    """Take back what was released and not published. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        challenge = challenges.locked(public_id)
        row = queries.locked(challenge, version, which)
        allowed = require(policy.may_drop(actor, row))
        move(row, STEPS["drop"])
        record(events.AmendmentDropped.of(challenge), by=allowed)
    return row


def _publish(row: Amendment, challenge: Challenge, allowed: Allowed) -> None:
    """The number is given under the lock of the challenge: numbers have no gap and follow the time."""
    before = {
        "deadline_before": challenge.deadline if row.deadline else None,
        "bounty_before": challenge.bounty_amount if row.bounty else None,
    }
    number = queries.next_number(challenge)
    move(row, STEPS["publish"], number=number, published_at=clock.now(), **before)
    changes = {"deadline": row.deadline, "bounty_amount": row.bounty}
    revise(challenge, **{name: value for name, value in changes.items() if value is not None})
    record(events.ChallengeAmended.of(challenge, number=number, **_stated(row)), by=allowed)


def _stated(row: Amendment) -> dict[str, Any]:
    """What the fact says of it: the new values, and whether something was made clear; the words stay in the row."""
    stated: dict[str, Any] = {"clarifies": row.change.clarifies}
    if row.deadline:
        stated["deadline"] = row.deadline.isoformat()
    if row.bounty:
        stated["bounty"] = row.bounty
    return stated


def _refuse_unfit(challenge: Challenge, change: Change) -> None:
    call = queries.call_of(challenge)
    earliest = queries.span_from(call.now).end
    for problem in rules.problems(change, call, earliest=earliest, language=get_language() or ""):
        raise Refusal(problem.message, field=problem.field)
