"""The verbs of supervision over an open call: suspend it, lift the suspension (L35, H24). Part of the services."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal
from marketplace.kernel.lifecycle import revise
from marketplace.kernel.verdicts import require
from marketplace.outbox.record import record
from tasks import events
from tasks.challenges import policy, queries
from tasks.challenges.holds import Hold, moved, standing

SHORTEST_REASON, LONGEST_REASON = 10, 1000


def suspend_call(*, public_id: str, actor: User, reason: str, version: int | None = None) -> Hold:
    """Let an open call stand still, with a reason that everybody reads. Raises Refusal, Stale or NotFound.

    Nothing is submitted, asked, answered or amended meanwhile, and its deadline does not come.
    """
    with transaction.atomic():
        challenge = queries.locked(public_id, version)
        with clock.one_moment():
            allowed = require(policy.may_suspend(actor, challenge))
            _refuse_terse(reason)
            hold = Hold.objects.create(challenge=challenge, reason=reason.strip(), set_by=actor)
            revise(challenge, held_since=hold.since)
            record(events.ChallengeSuspended.of(challenge, reason=reason.strip()), by=allowed)
    return hold


def resume_call(*, public_id: str, actor: User, reason: str, version: int | None = None) -> Hold:
    """Lift the suspension; the deadline moves by its length. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        challenge = queries.locked(public_id, version)
        with clock.one_moment():
            allowed = require(policy.may_resume(actor, challenge))
            _refuse_terse(reason)
            hold, now = standing(challenge), clock.now()
            if hold is None or challenge.deadline is None:
                raise NotFound
            hold.until, hold.end_reason, hold.lifted_by = now, reason.strip(), actor
            hold.save(update_fields=["until", "end_reason", "lifted_by"])
            deadline = moved(challenge.deadline, since=hold.since, until=now)
            revise(challenge, held_since=None, deadline=deadline)
            fact = events.ChallengeResumed.of(challenge, reason=reason.strip(), deadline=deadline.isoformat())
            record(fact, by=allowed)
    return hold


def _refuse_terse(reason: str) -> None:
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise Refusal(_("Please give the reason in 10 to 1,000 characters; everybody reads it."), field="reason")
