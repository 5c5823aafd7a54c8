"""The verbs of employers' consents: ask, give, refuse, take back, withdraw."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organisation, User
from marketplace.consents import events, letters, policy, queries
from marketplace.consents.lifecycle import STEPS, ConsentState
from marketplace.consents.models import EmployerConsent
from marketplace.consents.terms import CONDITIONS, ConsentKind, Period
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import SYSTEM, require
from marketplace.outbox.record import record
from marketplace.registry.models import Region

TOLD_BEFORE = timedelta(days=30)
"""How long before the last day its person hears of it (J09)."""

MOST_LEAVE = timedelta(days=3 * 365 + 1)
"""All leave of one person from one employer together (J09: ≤ 3 years)."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked of whom: an organisation that is here, or an employer by name and region who answers by letter."""

    kind: str
    period: Period
    organisation: Organisation | None = None
    employer: str = ""
    region: Region | None = None

    def require_whole(self) -> None:
        """It names one employer, whose letter somebody can read, and days that fit. Raises Refusal."""
        self.period.require_fit(self.kind, queries.today())
        if self.organisation is None and not self.employer.strip():
            raise Refusal(_("Please name your employer."), field="employer")
        if self.organisation is None and queries.is_registered(self.employer):
            raise Refusal(_("This organisation is registered here; join it and ask it itself."), field="employer")
        if self.organisation is None and self.region is None:
            raise Refusal(_("Please say where your employer sits."), field="region")


def ask_for_consent(*, actor: User, wish: Wish) -> EmployerConsent:
    """Ask one's employer for a general consent (J08, J09). Raises Refusal."""
    wish.require_whole()
    here = wish.organisation is not None
    with transaction.atomic():
        User.objects.select_for_update().get(pk=actor.pk)  # counts what is unanswered one after another
        allowed = require(policy.may_ask(actor, wish.organisation))
        row = EmployerConsent.objects.create(
            person=actor,
            organisation=wish.organisation,
            employer="" if here else wish.employer.strip(),
            region=None if here else wish.region,
            kind=wish.kind,
            first_day=wish.period.first,
            last_day=wish.period.last,
        )
        record(events.ConsentAskedFor.of(row), by=allowed)
    return row


def give_consent(
    *, public_id: str, actor: User, conditions: Collection[str], version: int | None = None
) -> EmployerConsent:
    """Consent, with every condition of its kind said (J08, J09). Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        row = queries.locked(public_id, version)
        allowed = require(policy.may_answer(actor, row))
        needed = CONDITIONS[ConsentKind(row.kind)]
        if set(conditions) != set(needed):
            raise Refusal(_("Without every one of these there is no consent."), field="conditions")
        if row.by_letter and not letters.has_letter(row):
            raise Refusal(_("There is no letter yet, or it is still being scanned."))
        row.period.require_fit(row.kind, queries.today())
        if row.kind == ConsentKind.LEAVE and queries.leave_given(row) + row.period.length > MOST_LEAVE:
            raise Refusal(_("With the leave that was granted before it would be more than three years."))
        move(row, STEPS["give"])
        record(events.ConsentGiven.on(row, frozenset(str(one) for one in needed)), by=allowed)
    return row


def refuse_consent(*, public_id: str, actor: User, reason: str, version: int | None = None) -> EmployerConsent:
    """Refuse, with a reason the person reads. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        row = queries.locked(public_id, version)
        allowed = require(policy.may_answer(actor, row))
        move(row, STEPS["refuse"], reason=_said(reason))
        record(events.ConsentRefused.of(row), by=allowed)
    return row


def revoke_consent(*, public_id: str, actor: User, reason: str, version: int | None = None) -> EmployerConsent:
    """Take a consent back from now on, with a reason the person reads. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        row = queries.locked(public_id, version)
        allowed = require(policy.may_revoke(actor, row))
        move(row, STEPS["revoke"], reason=_said(reason))
        record(events.ConsentRevoked.of(row), by=allowed)
    return row


def withdraw_question(*, public_id: str, actor: User) -> EmployerConsent:
    """Need no answer any more. Raises Refusal or NotFound."""
    with transaction.atomic():
        row = queries.locked(public_id)
        allowed = require(policy.may_withdraw(actor, row))
        move(row, STEPS["withdraw"])
        record(events.ConsentWithdrawn.of(row), by=allowed)
    return row


def tell_of_ends() -> int:
    """Tell people of consents that end within the month, each once; how many were told (J09)."""
    return sum(_told(public_id) for public_id in queries.ending(TOLD_BEFORE))


def _told(public_id: str) -> bool:
    with transaction.atomic():
        row = queries.locked(public_id)
        due = row.state == ConsentState.GIVEN and row.end_told_at is None
        if due:
            revise(row, end_told_at=clock.now())
            record(events.ConsentEndsSoon.of(row), by=SYSTEM)
    return due


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refusal(_("Please say why; the person will read it."), field="reason")
    return reason.strip()
