"""The verbs of people and organisations."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import events, papers, policy, queries
from marketplace.accounts.lifecycle import STEPS, VERIFIED_FOR
from marketplace.accounts.models import Membership, Organisation, RoleGrant, User
from marketplace.accounts.official_register import UNASKED, Finding
from marketplace.accounts.particulars import Particulars, one_per_number
from marketplace.accounts.roles import Role, Scope
from marketplace.accounts.supervising import require_comparison
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.lifecycle import move
from marketplace.kernel.verdicts import SYSTEM, Allowed, require
from marketplace.outbox.record import record
from marketplace.vault.services import Examined, keep


def register_organisation(*, actor: User, particulars: Particulars, letter: Examined | None = None) -> Organisation:
    """Enter an organisation and make the person its owner; it waits for its region's administrator (S1, T36, N09).

    Without the authorising letter, here or brought later, it is not verified. Raises Refusal when the person may not,
    when one of its numbers is already registered, or when it has none.
    """
    with transaction.atomic(), clock.one_moment():  # who owns it from now on brings its letter now
        allowed = require(policy.may_register(actor))
        particulars.require_number()
        with one_per_number(particulars):
            organisation = Organisation.objects.create(is_sample=actor.is_sample, **particulars.columns)
        refuse_administrator(actor)
        Membership.objects.create(user=actor, organisation=organisation, place=Membership.Place.OWNER)
        record(events.OrganisationRegistered.of(organisation), by=allowed)
        if letter:
            keep(
                actor=actor,
                code=papers.CODE,
                holder=organisation.public_id,
                purpose=papers.Paper.AUTHORISING_LETTER,
                examined=letter,
            )
            organisation.refresh_from_db(fields=["version"])
    return organisation


def verify_organisation(
    *,
    public_id: str,
    actor: User,
    sponsor_class: str = "",
    finding: Finding = UNASKED,
    by_hand: bool = False,
    version: int | None = None,
) -> Organisation:
    """Mark an organisation verified for a year and set its class (S2, S4, S5); its letter must be there (S1, H29).

    Where the official register says otherwise, or nothing, the officer's own word (`by_hand`) is needed and recorded.
    Raises Refusal, Stale or NotFound.
    """
    with transaction.atomic():
        organisation = queries.locked_organisation(public_id, version)
        allowed = require(policy.may_verify(actor, organisation))
        require_comparison(organisation, finding, by_hand=by_hand)
        until = clock.now() + VERIFIED_FOR
        held = {"sponsor_class": sponsor_class, "verified_until": until, "end_told_at": None, "corrections": None}
        corrected = Particulars.of_kept(organisation.corrections) if organisation.corrections else None
        if corrected is None:
            move(organisation, STEPS["verify"], **held)
        else:
            with one_per_number(corrected, but=organisation):
                move(organisation, STEPS["verify"], **held, **corrected.columns)
        said = events.OrganisationVerified.found(organisation, finding.outcome, by_hand=by_hand)
        record(said, by=allowed)
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
    """Correct what was returned or has expired and hand it in again (S3, S5). Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        organisation = queries.locked_organisation(public_id, version)
        allowed = require(policy.may_resubmit(actor, organisation))
        particulars.require_number()
        with one_per_number(particulars, but=organisation):
            once = organisation.verified_until is not None  # then the public goes on reading what was verified
            said = {"corrections": particulars.as_kept} if once else particulars.columns
            move(organisation, STEPS["resubmit"], **said)
        record(events.OrganisationResubmitted.of(organisation), by=allowed)
    return organisation


def add_member(
    *,
    organisation: Organisation,
    user: User,
    place: str,
    by: Allowed = SYSTEM,
    fact: type[events.MemberAdded] = events.MemberAdded,
) -> Membership:
    """Let a person belong to an organisation from now on; a change of place ends the old row and begins a new one.

    `fact` says which of the two it is.
    """
    with transaction.atomic():
        refuse_administrator(user)
        now = clock.now()
        Membership.objects.filter(user=user, organisation=organisation, valid_until=None).update(valid_until=now)
        membership = Membership.objects.create(user=user, organisation=organisation, place=place, valid_from=now)
        record(fact.of(organisation, user, place), by=by)
    return membership


def refuse_administrator(user: User) -> None:
    """Under the lock that giving an office takes: of joining and being appointed at once one is refused (I18).

    Raises Refusal.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if queries.administers_now(user):
        raise Refusal(policy.TAKES_NO_PART)


@dataclass(frozen=True)
class TwoPersons:
    """Who proposed a grant and who confirmed it; both None where the operator gave it from a terminal."""

    granted_by: User | None = None
    confirmed_by: User | None = None


def grant_role(
    *,
    user: User,
    role: Role,
    scope: Scope,
    scope_id: str = "",
    until: datetime | None = None,
    two: TwoPersons = TwoPersons(),
    by: Allowed = SYSTEM,
) -> RoleGrant:
    """Give a person a role for a scope, and end their sessions: who may do more or less signs in anew (I21).

    The one writer of grants, whichever door it came through: `marketplace.administration` for two persons, `manage.py
    appoint` for the operator. Raises Refusal where another office of the same person excludes it (I18); their row is
    locked, so that of two that exclude each other one is refused.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        require(policy.may_hold(user, role, until))
        place = {"role": role, "scope": scope, "scope_id": scope_id}
        grant = RoleGrant.objects.create(user=user, valid_until=until, **place, **vars(two))
        end_all_sessions(user)
        record(events.RoleGranted.of(grant), by=by)
    return grant


def revoke_role(*, grant: RoleGrant, by: Allowed = SYSTEM) -> None:
    """End a grant now, if it is in force, and its holder's sessions with it; the row stays as history."""
    with transaction.atomic():
        now = clock.now()
        if RoleGrant.objects.filter(queries.in_force(now), pk=grant.pk).update(valid_until=now):
            end_all_sessions(grant.user)
            record(events.RoleRevoked.of(grant), by=by)


def end_sessions(*, actor: User) -> User:
    """End all sessions of this person, sockets and all, the one it is said in too. Raises Refusal."""
    with transaction.atomic():
        allowed = require(policy.signed_in(actor))
        end_all_sessions(actor)
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


def end_all_sessions(user: User) -> None:
    """No session or socket of this person holds any longer (I21). For the verbs that say why."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
