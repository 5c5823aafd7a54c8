"""The verbs of people and organisations."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import events, policy, queries
from marketplace.accounts.lifecycle import STEPS
from marketplace.accounts.models import Membership, Organisation, RoleGrant, User
from marketplace.accounts.roles import Role, Scope
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.lifecycle import move
from marketplace.kernel.verdicts import SYSTEM, Allowed, require
from marketplace.outbox.record import record
from marketplace.registry.models import Region


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What an organisation says of itself (S1)."""

    kind: str
    name: str
    region: Region
    name_en: str = ""
    uscc: str = ""


def register_organisation(*, actor: User, particulars: Particulars) -> Organisation:
    """Enter an organisation and make the person its owner; it waits for its region's administrator (S1, T36, N09).

    Raises Refusal when the person may not, or when the credit code is already registered.
    """
    with transaction.atomic():
        allowed = require(policy.may_register(actor))
        _refuse_known_code(particulars.uscc)
        with _one_per_code():
            organisation = Organisation.objects.create(is_sample=actor.is_sample, **_columns(particulars))
        Membership.objects.create(user=actor, organisation=organisation, place=Membership.Place.OWNER)
        record(events.OrganisationRegistered.of(organisation), by=allowed)
    return organisation


def verify_organisation(
    *, public_id: str, actor: User, sponsor_class: str = "", version: int | None = None
) -> Organisation:
    """Mark an organisation verified and set its class (S2, S4). Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        organisation = queries.locked_organisation(public_id, version)
        allowed = require(policy.may_verify(actor, organisation))
        move(organisation, STEPS["verify"], sponsor_class=sponsor_class)
        record(events.OrganisationVerified.of(organisation), by=allowed)
    return organisation


def return_organisation(*, public_id: str, actor: User, reason: str, version: int | None = None) -> Organisation:
    """Send an application back with a reason (S3). Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        organisation = queries.locked_organisation(public_id, version)
        allowed = require(policy.may_verify(actor, organisation))
        if not reason.strip():
            raise Refusal(_("Please say what has to be corrected."), field="reason")
        move(organisation, STEPS["return"])
        record(events.OrganisationReturned.of(organisation, reason=reason.strip()), by=allowed)
    return organisation


def resubmit_organisation(
    *, public_id: str, actor: User, particulars: Particulars, version: int | None = None
) -> Organisation:
    """Correct a returned application and hand it in again (S3). Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        organisation = queries.locked_organisation(public_id, version)
        allowed = require(policy.may_resubmit(actor, organisation))
        if particulars.uscc != organisation.uscc:
            _refuse_known_code(particulars.uscc)
        with _one_per_code():
            move(organisation, STEPS["resubmit"], **_columns(particulars))
        record(events.OrganisationResubmitted.of(organisation), by=allowed)
    return organisation


def add_member(*, organisation: Organisation, user: User, place: str, by: Allowed = SYSTEM) -> Membership:
    """Let a person belong to an organisation from now on; a change of place ends the old row and begins a new one."""
    with transaction.atomic():
        now = clock.now()
        Membership.objects.filter(user=user, organisation=organisation, valid_until=None).update(valid_until=now)
        membership = Membership.objects.create(user=user, organisation=organisation, place=place, valid_from=now)
        record(events.MemberAdded.of(organisation, user, place), by=by)
    return membership


def grant_role(
    *, user: User, role: Role, scope: Scope, scope_id: str = "", until: datetime | None = None, by: Allowed = SYSTEM
) -> RoleGrant:
    """Give a person a role for a scope, and end their sessions: who may do more or less signs in anew (I21).

    No page does this yet: the operator does, with `manage.py appoint`.
    """
    with transaction.atomic():
        grant = RoleGrant.objects.create(user=user, role=role, scope=scope, scope_id=scope_id, valid_until=until)
        _end_sessions(user)
        record(events.RoleGranted.of(grant), by=by)
    return grant


def revoke_role(*, grant: RoleGrant, by: Allowed = SYSTEM) -> None:
    """End a grant now, if it is in force, and its holder's sessions with it; the row stays as history."""
    with transaction.atomic():
        now = clock.now()
        if RoleGrant.objects.filter(queries.in_force(now), pk=grant.pk).update(valid_until=now):
            _end_sessions(grant.user)
            record(events.RoleRevoked.of(grant), by=by)


def end_sessions(*, actor: User) -> User:
    """End all sessions of this person, sockets and all, the one it is said in too. Raises Refusal."""
    with transaction.atomic():
        allowed = require(policy.signed_in(actor))
        _end_sessions(actor)
        record(events.PersonSignedOutEverywhere.of(actor), by=allowed)
    return actor


def change_profile(*, actor: User, display_name: str, language: str) -> User:
    """Change the name one shows and the language of one's letters. Raises Refusal."""
    with transaction.atomic():
        allowed = require(policy.signed_in(actor))
        if not display_name.strip():
            raise Refusal(_("Please give a name."), field="display_name")
        actor.display_name, actor.language = display_name.strip(), language
        actor.save(update_fields=["display_name", "language"])
        record(events.PersonChanged.of(actor), by=allowed)
    return actor


def _end_sessions(user: User) -> None:
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])


@contextmanager
def _one_per_code() -> Iterator[None]:
    """Of two who enter the same code at once the database lets one through; the other hears why."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as two_at_once:
        raise _known_code() from two_at_once


def _columns(particulars: Particulars) -> dict[str, object]:
    names = [one.name for one in fields(particulars)]
    return {name: getattr(particulars, name) for name in names}


def _refuse_known_code(uscc: str) -> None:
    if uscc and Organisation.objects.filter(uscc=uscc).exists():
        raise _known_code()


def _known_code() -> Refusal:
    return Refusal(_("An organisation with this credit code is already registered."), field="uscc")
