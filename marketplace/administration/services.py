"""The verbs of the back office: propose a grant or its end, confirm, refuse, withdraw, let lapse; note an export."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import policy as standing
from marketplace.accounts import services as accounts
from marketplace.accounts.models import RoleGrant, User
from marketplace.accounts.queries import has_verified_mail
from marketplace.accounts.roles import ADMINISTRATION, Role, Scope
from marketplace.administration import events, policy, queries
from marketplace.administration.lifecycle import STEPS
from marketplace.administration.models import Act, GrantRequest
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal, Stale
from marketplace.kernel.lifecycle import move
from marketplace.kernel.verdicts import SYSTEM, Allowed, Denied, require
from marketplace.outbox.events import Scalar
from marketplace.outbox.models import Fact
from marketplace.outbox.record import record


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is proposed: to give or to end which role, how far it reaches, until when, and why."""

    act: Act
    role: Role
    scope: Scope
    scope_id: str = ""
    until: datetime | None = None
    reason: str


def propose(*, actor: User, person: str, change: Change) -> GrantRequest:
    """Propose that somebody be given a role or lose it; nothing happens before a second person confirms (I18).

    `person` is a confirmed address or a public id. Unknown, unconfirmed and closed accounts are answered alike. Raises
    Refusal, or Stale when the same is waiting already.
    """
    try:
        with transaction.atomic():
            require(policy.may_propose(actor))
            user = queries.person_named(person)
            if user is None:
                raise Refusal(_("No open account with a confirmed address answers to this."), field="person")
            allowed = require(policy.may_propose_for(actor, user))
            if not change.reason.strip():
                raise Refusal(_("Please give the reason; it stays in the audit trail."), field="reason")
            _refuse_pointless(user, change)
            row = _written(actor, user, change)
            record(events.GrantProposed.of(row, row.reason), by=allowed)
    except IntegrityError as same_twice:
        raise Stale(None, _("The same is waiting for its second person already.")) from same_twice
    return row


def confirm(*, public_id: str, actor: User, version: int | None = None) -> GrantRequest:
    """Agree as the second person: the role is given or ended, and its holder signs in anew (I18, I21).

    Everything is asked again: whoever proposed it must still be a security administrator. Raises Refusal, Stale or
    NotFound.
    """
    with transaction.atomic():
        row, allowed = _to_decide(public_id, actor, version)
        require(policy.may_propose_for(row.proposed_by, row.user))
        move(row, STEPS["confirm"], decided_by=actor)
        record(events.GrantConfirmed.of(row), by=allowed)
        _carry_out(row, allowed)
    return row


def refuse(*, public_id: str, actor: User, reason: str, version: int | None = None) -> GrantRequest:
    """Decline as the second person, with the reason. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        row, allowed = _to_decide(public_id, actor, version)
        if not reason.strip():
            raise Refusal(_("Please give the reason; whoever proposed it reads it."), field="reason")
        move(row, STEPS["refuse"], decided_by=actor, answer=reason.strip())
        record(events.GrantRefused.of(row, row.answer), by=allowed)
    return row


def withdraw(*, public_id: str, actor: User, version: int | None = None) -> GrantRequest:
    """Take one's own proposal back. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        row = queries.locked(public_id, version)
        allowed = require(policy.may_withdraw(actor, row))
        move(row, STEPS["withdraw"])
        record(events.GrantWithdrawn.of(row), by=allowed)
    return row


def lapse_due() -> int:
    """Let every request lapse that nobody decided in time; say how many. It cannot be confirmed since then anyway."""
    return sum(_lapse(public_id) for public_id in queries.overdue())


def note_export(*, actor: User, count: int, form: str, asked: Mapping[str, Scalar]) -> Fact:
    """State that so many facts of the trail are taken away, before they are. Raises Refusal."""
    with transaction.atomic():
        allowed = require(policy.may_see_trail(actor))
        return record(events.TrailExported.of(actor, count=count, form=form, **asked), by=allowed)


def _written(actor: User, user: User, change: Change) -> GrantRequest:
    for late in queries.overdue():
        _lapse(late)
    columns = asdict(change) | {"reason": change.reason.strip()}
    lapses_at = clock.now() + timedelta(days=settings.GRANT_REQUEST_DAYS)
    return GrantRequest.objects.create(user=user, proposed_by=actor, lapses_at=lapses_at, **columns)


def _to_decide(public_id: str, actor: User, version: int | None) -> tuple[GrantRequest, Allowed]:
    row = queries.locked(public_id, version)
    allowed = require(policy.may_decide(actor, row))
    if row.lapses_at <= clock.now():
        raise Refusal(_("Nobody decided in time, so this has lapsed. It can be proposed anew."))
    return row, allowed


def _carry_out(row: GrantRequest, allowed: Allowed) -> None:
    """The grant as proposed; one for the same place with another end is replaced by it."""
    change = Change(
        act=Act(row.act), role=Role(row.role), scope=Scope(row.scope), scope_id=row.scope_id, until=row.until, reason=""
    )
    held = _refuse_pointless(row.user, change)
    for grant in held:
        accounts.revoke_role(grant=grant, by=allowed)
    if change.act == Act.GIVE:
        accounts.grant_role(
            user=row.user,
            role=change.role,
            scope=change.scope,
            scope_id=change.scope_id,
            until=change.until,
            two=accounts.TwoPersons(row.proposed_by, row.decided_by),
            by=allowed,
        )


def _refuse_pointless(user: User, change: Change) -> list[RoleGrant]:
    """What the person holds of it now. Raises Refusal for what could not be carried out."""
    held = queries.grants_held(user, change.role, change.scope, change.scope_id)
    if change.act == Act.END:
        if not held:
            raise Refusal(_("This person does not hold this office there."), field="role")
        return held
    _refuse_unfit(user, change)
    if any(grant.valid_until == change.until for grant in held):
        raise Refusal(_("This person holds this office already, until the same day."), field="role")
    return held


def _refuse_unfit(user: User, change: Change) -> None:
    if not user.is_active or not has_verified_mail(user):
        raise Refusal(_("No open account with a confirmed address answers to this."), field="person")
    if change.until is not None and change.until <= clock.now():
        raise Refusal(_("This day is over already."), field="until")
    if change.role in ADMINISTRATION and change.scope != Scope.PLATFORM:
        raise Refusal(_("The separated administrators are of the whole platform: choose no region."), field="region")
    verdict = standing.may_hold(user, change.role, change.until)
    if isinstance(verdict, Denied):
        raise Refusal(verdict.reason, field="role")


def _lapse(public_id: str) -> bool:
    """True when it lapsed here; somebody may have decided or another process let it lapse meanwhile."""
    try:
        with transaction.atomic():
            row = queries.locked(public_id)
            if row.lapses_at > clock.now():
                return False
            move(row, STEPS["lapse"])
            record(events.GrantLapsed.of(row), by=SYSTEM)
    except Stale:
        return False
    return True
