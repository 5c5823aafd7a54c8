"""The verbs of cancellation: ask for it, decide on it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.lifecycle import move
from marketplace.kernel.verdicts import require
from marketplace.outbox.record import record
from marketplace.sealing import services as sealing
from tasks import events
from tasks.cancelling import policy, queries
from tasks.cancelling.lifecycle import STEPS, CancellationGround
from tasks.cancelling.models import CancellationRequest
from tasks.challenges import queries as challenges
from tasks.challenges.lifecycle import STEPS as CHALLENGE_STEPS

SHORTEST_REASONS, LONGEST_REASONS = 20, 2000


def ask_for_cancellation(*, public_id: str, actor: User, ground: str, reasons: str) -> CancellationRequest:
    """Ask that an open call be cancelled; it goes on until the adjudicator has decided. Raises Refusal or NotFound."""
    with transaction.atomic():
        challenge = challenges.locked(public_id)
        with clock.one_moment():
            allowed = require(policy.may_ask(actor, challenge))
            if ground not in CancellationGround.values:
                raise Refusal(_("Please choose the ground."), field="ground")
            _refuse_terse(reasons)
            request = CancellationRequest.objects.create(
                challenge=challenge, asker=actor, ground=ground, reasons=reasons.strip()
            )
            record(events.CancellationAsked.of(challenge, ground=ground), by=allowed)
    return request


def decide_on_cancellation(
    *,
    public_id: str,
    actor: User,
    granted: bool,
    reasons: str,
    version: int | None = None,
    which: str | None = None,
) -> CancellationRequest:
    """Grant the request that waits, which ends the call (L08), or refuse it. Raises Refusal, Stale or NotFound.

    `which` is the request that was read. Nothing that was handed in is opened; whoever answers the call is told, each
    alone.
    """
    with transaction.atomic():
        challenge = challenges.locked(public_id)
        with clock.one_moment():
            request = queries.locked(challenge, version, which)
            allowed = require(policy.may_decide(actor, challenge))
            _refuse_terse(reasons)
            decided = {"decider": actor, "decision": reasons.strip(), "decided_at": clock.now()}
            move(request, STEPS["grant" if granted else "refuse"], **decided)
            if granted:
                move(challenge, CHALLENGE_STEPS["cancel"])
                sealing.spend(public_id)
            fact = events.ChallengeCancelled if granted else events.CancellationRefused
            record(fact.of(challenge, reason=reasons.strip(), ground=request.ground), by=allowed)
    return request


def _refuse_terse(reasons: str) -> None:
    if len(reasons.strip()) < SHORTEST_REASONS:
        raise Refusal(_("Please give the reasons in full sentences: 20 characters at least."), field="reasons")
    if len(reasons) > LONGEST_REASONS:
        raise Refusal(_("The reasons are too long: 2,000 characters at most."), field="reasons")
