"""The verbs of a lost second factor: ask, vouch, confirm, refuse, disown, withdraw, let lapse; and the operator's own.

Part of the services. Whoever asks is known by a password alone, so nothing happens for a day, a letter goes to every
address they have confirmed, and two administrators decide (docs/decisions/0008-second-factor.md).
"""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import send_mail
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from marketplace.accounts import second_factor
from marketplace.accounts import services as accounts
from marketplace.accounts.models import User
from marketplace.administration import events, policy, queries
from marketplace.administration.lifecycle import RESET_STEPS
from marketplace.administration.models import FactorReset
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.kernel.lifecycle import move
from marketplace.kernel.verdicts import SYSTEM, Allowed, require
from marketplace.outbox.record import record

SALT = "marketplace.administration.not_me"


def ask(*, actor: User, reason: str) -> FactorReset:
    """Ask that one's factors be forgotten because they are lost; a letter says so at once. Raises Refusal."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=actor.pk)  # of two browsers at once one is counted after the other
        allowed = require(policy.may_ask_for_reset(actor))
        if not reason.strip():
            raise Refusal(_("Please say what happened."), field="reason")
        for late in queries.overdue_resets():
            _lapse(late)
        now = clock.now()
        row = FactorReset.objects.create(
            user=actor,
            reason=reason.strip(),
            not_before=now + policy.RESET_WAITS,
            lapses_at=now + policy.RESET_LASTS,
        )
        record(events.FactorResetAsked.of(row), by=allowed)
        _write(row, "asked")
    return row


def vouch(*, public_id: str, actor: User, how: str, version: int | None = None) -> FactorReset:
    """Say as the first administrator how one found out that it is really them. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        row = _in_time(public_id, version)
        allowed = require(policy.may_vouch(actor, row))
        if not how.strip():
            raise Refusal(_("Please say how you found out who asks; it stays in the audit trail."), field="how")
        move(row, RESET_STEPS["vouch"], vouched_by=actor, vouched_how=how.strip())
        record(events.FactorResetVouched.of(row, row.vouched_how), by=allowed)
    return row


def confirm(*, public_id: str, actor: User, version: int | None = None) -> FactorReset:
    """Agree as the second administrator: every factor and recovery code is forgotten, every session ends (I18, I21).

    Everything is asked again: the first one must still be a security administrator, and nobody sooner than a day after
    it was asked for. Raises Refusal, Stale or NotFound.
    """
    with transaction.atomic():
        row = _in_time(public_id, version)
        allowed = require(policy.may_confirm_reset(actor, row))
        move(row, RESET_STEPS["confirm"], decided_by=actor)
        record(events.FactorResetConfirmed.of(row), by=allowed)
        _carry_out(row, allowed)
    return row


def refuse(*, public_id: str, actor: User, reason: str, version: int | None = None) -> FactorReset:
    """Decline, as the first administrator or the second; its person reads why. Raises Refusal, Stale or NotFound.

    The first can do so after they have vouched, too; then nobody has decided beside them.
    """
    with transaction.atomic():
        row = _in_time(public_id, version)
        allowed = require(policy.may_refuse_reset(actor, row))
        if not reason.strip():
            raise Refusal(_("Please give the reason; whoever asked reads it."), field="reason")
        second = None if actor.pk == row.vouched_by_id else actor
        move(row, RESET_STEPS["refuse"], decided_by=second, answer=reason.strip())
        record(events.FactorResetRefused.of(row, row.answer), by=allowed)
        _write(row, "refused")
    return row


def disown(*, public_id: str, actor: User) -> FactorReset:
    """Say that it was somebody else: their password is void and every session ends. Raises Refusal, Stale, NotFound.

    Whoever asked had typed the password, so the owner chooses another one by letter.
    """
    with transaction.atomic():
        row = queries.locked_reset(public_id)
        allowed = require(policy.may_say_of_reset(actor, row))
        move(row, RESET_STEPS["disown"])
        row.user.set_unusable_password()
        row.user.save(update_fields=["password"])
        accounts.end_all_sessions(row.user)
        record(events.FactorResetDisowned.of(row), by=allowed)
        _write(row, "disowned")
    return row


def withdraw(*, public_id: str, actor: User) -> FactorReset:
    """Take one's own request back: it is found again. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        row = queries.locked_reset(public_id)
        allowed = require(policy.may_say_of_reset(actor, row))
        move(row, RESET_STEPS["withdraw"])
        record(events.FactorResetWithdrawn.of(row), by=allowed)
    return row


def reset_by_operator(*, user: User) -> bool:
    """Forget somebody's factors from a terminal, at once; what they asked for is answered by it. False: they had none.

    For the last administrators, whom no two others can judge, and no way around: whoever holds the server can do more.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if not Authenticator.objects.filter(user=user).exists():
            return False
        row = queries.resets_under_way().filter(user=user).first()
        if row is not None:
            move(row, RESET_STEPS["by the operator"])
        second_factor.take_all_away(user, by=SYSTEM)
        _tell(user, "confirmed", {})
    return True


def lapse_due() -> int:
    """Let every request lapse that nobody decided in time; say how many. It cannot be confirmed since then anyway."""
    return sum(_lapse(public_id) for public_id in queries.overdue_resets())


def token_of(row: FactorReset) -> str:
    """What the letter's link carries: whoever has it reads the mail of the account."""
    return Signer(salt=SALT).sign(row.public_id)


def named_by(token: str) -> FactorReset:
    """The request a letter's link speaks of. Raises NotFound."""
    try:
        return queries.reset(Signer(salt=SALT).unsign(token))
    except BadSignature:
        raise NotFound from None


def _in_time(public_id: str, version: int | None) -> FactorReset:
    row = queries.locked_reset(public_id, version)
    if row.lapses_at <= clock.now():
        raise Refusal(_("Nobody decided in time, so this has lapsed. It can be asked for anew."))
    return row


def _carry_out(row: FactorReset, allowed: Allowed) -> None:
    if not row.user.is_active:
        raise Refusal(_("This account is closed."))
    second_factor.take_all_away(row.user, by=allowed)
    _write(row, "confirmed")


def _lapse(public_id: str) -> bool:
    """True when it lapsed here; somebody may have decided or another process let it lapse meanwhile."""
    try:
        with transaction.atomic():
            row = queries.locked_reset(public_id)
            if row.lapses_at > clock.now():
                return False
            move(row, RESET_STEPS["lapse"])
            record(events.FactorResetLapsed.of(row), by=SYSTEM)
    except Stale:
        return False
    return True


def _write(row: FactorReset, what: str) -> None:
    with override(row.user.language):
        page = reverse("lost:not_me", args=[token_of(row)])
    hours = policy.RESET_WAITS // timedelta(hours=1)
    _tell(row.user, what, {"row": row, "address": settings.SITE_URL.rstrip("/") + page, "hours": hours})


def _tell(user: User, what: str, said: dict[str, object]) -> None:
    """The same letter to each address the person has confirmed, in their language: one of them may be a stranger's."""
    with override(user.language):
        path = f"administration/mail/reset_{what}"
        subject = " ".join(render_to_string(f"{path}_subject.txt", said).split())
        body = render_to_string(f"{path}.txt", {**said, "person": user, "contact": settings.OPERATOR["contact"]})
    for address in queries.confirmed_addresses(user):
        send_mail(subject, body, None, [address])
