"""The verbs of the partner board (H07c): post a notice, withdraw it, take it down, write to its author.

Part of the services (docs/architecture.md). What is said here says nothing of whether anybody proposes.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal, Stale
from marketplace.kernel.lifecycle import move
from marketplace.kernel.verdicts import require
from marketplace.outbox.record import record
from marketplace.registry import queries as registry
from tasks import events
from tasks.challenges import intake as incoming
from tasks.challenges import queries as challenges
from tasks.teams import policy, queries
from tasks.teams.lifecycle import CALL_STEPS
from tasks.teams.models import PartnerCall, PartnerReply

SHORTEST, LONGEST, LONGEST_REPLY = 10, 600, 1000
MOST_REPLIES_A_DAY = 20


def post_call(
    *, challenge_id: str, actor: User, offers: str, seeks: str, organisation: Organisation | None = None
) -> PartnerCall:
    """Say on the board what one offers and whom one looks for. Raises Refusal, Stale or NotFound."""
    challenges.visible(challenge_id, actor)
    with transaction.atomic():
        challenge = incoming.taking_in(challenge_id)
        allowed = require(policy.may_post(actor, challenge))
        if organisation is not None and not people.officer_of(actor, organisation):
            raise Refusal(_("You can only look for partners for an organisation you act for."), field="organisation")
        said = {"offers": _said(offers, "offers"), "seeks": _said(seeks, "seeks")}
        try:
            with transaction.atomic():
                call = PartnerCall.objects.create(challenge=challenge, author=actor, organisation=organisation, **said)
        except IntegrityError as two_at_once:
            raise Stale(None) from two_at_once
        record(events.PartnerCallPosted.of(call), by=allowed)
    return call


def withdraw_call(*, public_id: str, actor: User) -> PartnerCall:
    """Show it no longer. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        call = queries.call(public_id, actor)
        allowed = require(policy.may_withdraw_call(actor, call))
        move(call, CALL_STEPS["withdraw"])
        record(events.PartnerCallWithdrawn.of(call), by=allowed)
    return call


def take_down_call(*, public_id: str, actor: User, reason: str) -> PartnerCall:
    """Show somebody else's notice no longer, with a reason for its author. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        call = queries.call(public_id, actor)
        allowed = require(policy.may_take_down(actor, call))
        if not reason.strip():
            raise Refusal(_("Please say why; its author will read it."), field="reason")
        move(call, CALL_STEPS["take_down"], reason=reason.strip())
        record(events.PartnerCallTakenDown.of(call, reason=reason.strip()), by=allowed)
    return call


def reply_to_call(*, public_id: str, actor: User, text: str) -> PartnerReply:
    """Write to the author of a notice, who alone reads it; once. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        call = queries.call(public_id, actor)
        call.challenge = incoming.taking_in(call.challenge.public_id)
        allowed = require(policy.may_reply(actor, call))
        if queries.replied_within_a_day(actor) >= MOST_REPLIES_A_DAY:
            raise Refusal(_("You have written to many people within a day; please go on in 24 hours."))
        said = _said(text, "text", LONGEST_REPLY)
        try:
            with transaction.atomic():
                reply = PartnerReply.objects.create(call=call, author=actor, text=said)
        except IntegrityError as twice:
            raise Refusal(_("You have written to them already.")) from twice
        record(events.PartnerAnswered.by(reply), by=allowed)
    return reply


def _said(text: str, field: str, longest: int = LONGEST) -> str:
    """What was typed, if it may be read by others: long enough, short enough, nothing of the negative list."""
    said = text.strip()
    if len(said) < SHORTEST:
        raise Refusal(_("Please write a sentence: 10 characters at least."), field=field)
    if len(said) > longest:
        raise Refusal(_("Too long: %(most)d characters at most.") % {"most": longest}, field=field)
    if registry.hits(said, on=clock.now().date()):
        raise Refusal(_("This reads like the negative list of what is not called for here."), field=field)
    return said
