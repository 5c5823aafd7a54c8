"""What the operator decides for people: offices, accounts closed and opened again, entries of the expert database.

Said from a terminal (management/commands), so refusals are plain English there. The same words again change nothing.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from marketplace.accounts import queries, services
from marketplace.accounts.events import ExpertListed, PersonChanged, PersonClosed, PersonReopened
from marketplace.accounts.models import Expert, RoleGrant, User
from marketplace.accounts.roles import ADMINISTRATION, Role, Scope
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal
from marketplace.kernel.lifecycle import revise
from marketplace.kernel.verdicts import SYSTEM
from marketplace.outbox.record import record
from marketplace.registry.services import Outcome


def appoint(*, user: User, role: Role, scope: Scope, scope_id: str = "", until: datetime | None = None) -> Outcome:
    """Give a person an office until this moment, or for good; another end than before ends the old grant.

    Raises Refusal for a person who cannot sign in or whose address nobody has confirmed, for a moment that is
    past, for an administrator of anything but the platform, and for offices that exclude each other (I18).
    """
    with transaction.atomic():
        _locked(user)
        _refuse_unknown(user)
        if until is not None and until <= clock.now():
            raise Refusal("That day is over already.")
        if role in ADMINISTRATION and scope != Scope.PLATFORM:
            raise Refusal(f"{role.value} has the whole platform: leave region and organisation out.")
        held = list(_in_force(user, role).filter(scope=scope, scope_id=scope_id))
        if any(grant.valid_until == until for grant in held):
            return Outcome.UNCHANGED
        for grant in held:
            services.revoke_role(grant=grant)
        services.grant_role(user=user, role=role, scope=scope, scope_id=scope_id, until=until)
    return Outcome.CHANGED if held else Outcome.NEW


def dismiss(*, user: User, role: Role, region: str = "") -> list[RoleGrant]:
    """End the grants of this role that are in force, with a region's code those for that region alone; say which."""
    with transaction.atomic():
        _locked(user)
        grants = _in_force(user, role)
        ended = list(grants.filter(scope=Scope.REGION, scope_id=region) if region else grants)
        for grant in ended:
            services.revoke_role(grant=grant)
    return ended


def close_account(*, user: User, reason: str) -> Outcome:
    """Let a person sign in no more, from this moment on in every window; what they did stays. Raises Refusal."""
    if not reason.strip():
        raise Refusal("Say why: it stays with the account.")
    return _let_in(user, PersonClosed, is_active=False, closed_because=reason.strip())


def reopen_account(*, user: User) -> Outcome:
    """Let a person sign in again; no session of before comes back, and nothing is erased any more.

    Raises Refusal for an account that was erased: nobody knows whose it was.
    """
    return _let_in(user, PersonReopened, is_active=True, closed_because="", erasure_asked_at=None)


def _let_in(user: User, fact: type[PersonChanged], *, is_active: bool, **changes: Any) -> Outcome:
    with transaction.atomic():
        _locked(user)
        if User.objects.filter(pk=user.pk).exclude(erased_at=None).exists():
            raise Refusal("This account was erased.")
        other = User.objects.filter(pk=user.pk).exclude(is_active=is_active)
        if not other.update(is_active=is_active, **changes):
            return Outcome.UNCHANGED
        services.end_all_sessions(user)
        user.refresh_from_db(fields=["is_active", *changes])
        record(fact.of(user), by=SYSTEM)
    return Outcome.CHANGED


def tie_expert(*, source_id: str, user: User) -> Outcome:
    """Let an entry of the expert database belong to this person, who can be drawn for panels from then on (H07a, L11).

    States ExpertListed, because the entry's row is newer. Raises NotFound for an unknown entry, and Refusal when the
    entry is somebody else's, when the person has another one, and for people who cannot sign in or are unconfirmed.
    """
    with transaction.atomic():
        _locked(user)
        entry = Expert.objects.select_for_update().filter(source_id=source_id).first()
        if entry is None:
            raise NotFound(f"The expert database has no entry {source_id}.")
        if entry.user_id == user.pk:
            return Outcome.UNCHANGED
        _refuse_unknown(user)
        _refuse_taken(entry, user)
        _refuse_administrator(user)
        revise(entry, user=user)
        record(ExpertListed.of(entry), by=SYSTEM)
    return Outcome.CHANGED


def _locked(user: User) -> None:
    """Two terminals speak of one person one after the other."""
    User.objects.select_for_update().get(pk=user.pk)


def _in_force(user: User, role: Role) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(queries.in_force(clock.now()), user=user, role=role).order_by("pk")


def _refuse_unknown(user: User) -> None:
    if not user.is_active:
        raise Refusal(f"The account of {user.email} is closed.")
    if not queries.has_verified_mail(user):
        raise Refusal(f"{user.email} has not been confirmed: its owner has to follow the link in the letter first.")


def _refuse_administrator(user: User) -> None:
    if RoleGrant.objects.filter(user=user, role__in=ADMINISTRATION).filter(queries.now_or_later()).exists():
        raise Refusal(f"{user.email} is an administrator of the platform, who is on no panel.")


def _refuse_taken(entry: Expert, user: User) -> None:
    if entry.user is not None:
        raise Refusal(f"The entry {entry.source_id} belongs to {entry.user.email}.")
    other = queries.expert_entry_of(user)
    if other is not None:
        raise Refusal(f"{user.email} has the entry {other.source_id or other.public_id} already.")
