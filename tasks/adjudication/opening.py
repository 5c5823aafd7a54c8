"""The opening of proposals (方案开启, L12, I10): a supervisor's word and two officers' keys, each when they have time.

What the first officer hands over waits, concealed, for the second's; the last word is always that of an officer whose
phrase joins the key. So nothing that is stored opens anything, not even between the confirmations.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal, Stale
from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import SYSTEM, Allowed, require
from marketplace.outbox.record import record
from marketplace.sealing import services as sealing
from marketplace.sealing.services import Unlocked
from tasks import events
from tasks.adjudication import openingrecord, policy, seats
from tasks.adjudication.models import OpeningConfirmation
from tasks.challenges import queries as challenges
from tasks.challenges.lifecycle import STEPS, FailureReason
from tasks.challenges.models import Challenge
from tasks.proposals import services as proposing

Side = OpeningConfirmation.Side


def confirm_opening(*, public_id: str, actor: User, phrase: str = "") -> Challenge:
    """Confirm as supervisor, or as an opening officer with the pass phrase; the second officer's opens (L12).

    A call without proposals ends here (L10). Raises Refusal, Stale or NotFound.
    """
    allowed = require(policy.may_confirm_opening(actor, challenges.as_it_is(public_id)))
    if allowed.role == Role.SUPERVISOR:
        return _as_supervisor(public_id, actor)
    unlocked = sealing.unlock(actor=actor, matter=public_id, phrase=phrase)
    with transaction.atomic():
        challenge = challenges.locked(public_id)
        allowed = require(policy.may_confirm_opening(actor, challenge))
        private = sealing.joined(unlocked)
        if private is None:
            _hand_over(challenge, unlocked, allowed)
        else:
            _open(challenge, unlocked, private, allowed)
    return challenge


def end_unopened(*, public_id: str) -> Challenge:
    """End a call that was not opened in time: none of its proposals is ever read. Raises Refusal or Stale."""
    with transaction.atomic():
        challenge = challenges.locked(public_id)
        until = openingrecord.lapses_at(challenge)
        if until is None:
            raise Stale(challenge)
        if clock.now() < until:
            raise Refusal(_("It can still be opened."))
        sealing.spend(public_id)
        why = FailureReason.UNOPENED
        move(challenge, STEPS["fail_unopened"], failure_reason=why)
        record(events.ChallengeFailed.of(challenge, why=why), by=SYSTEM)
    return challenge


def _as_supervisor(public_id: str, actor: User) -> Challenge:
    with transaction.atomic():
        challenge = challenges.locked(public_id)
        allowed = require(policy.may_confirm_opening(actor, challenge))
        _confirm(challenge, Side.SUPERVISOR, actor, allowed)
    return challenge


def _hand_over(challenge: Challenge, unlocked: Unlocked, allowed: Allowed) -> None:
    _confirm(challenge, Side.OFFICER, unlocked.officer, allowed)
    sealing.hand_over(unlocked)


def _open(challenge: Challenge, unlocked: Unlocked, private: bytes, allowed: Allowed) -> None:
    if not openingrecord.supervisor_confirmed(challenge):
        raise Refusal(
            _(
                "One officer has handed over; the supervisor's confirmation is missing. Please come back after it: "
                "your phrase then opens the proposals at once."
            )
        )
    _confirm(challenge, Side.OFFICER, unlocked.officer, allowed)
    count = proposing.open_all(challenge, private)
    sealing.spend(challenge.public_id)
    revise(challenge, proposals_opened_at=clock.now())
    record(events.ProposalsOpened.of(challenge, count=count), by=SYSTEM)
    if count == 0:
        why = FailureReason.NO_PROPOSAL
        move(challenge, STEPS["fail_unanswered"], failure_reason=why)
        record(events.ChallengeFailed.of(challenge, why=why), by=SYSTEM)
    seats.recuse_conflicted(challenge)


def _confirm(challenge: Challenge, side: str, actor: User, allowed: Allowed) -> None:
    _row, first = OpeningConfirmation.objects.get_or_create(challenge=challenge, user=actor, defaults={"side": side})
    if not first:
        raise Stale(challenge, _("You have confirmed this already; another confirmation is still missing."))
    revise(challenge)
    record(events.OpeningConfirmed.of(challenge, side=side), by=allowed)
