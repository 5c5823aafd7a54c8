"""The verbs of departments and of what belongs to what."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, User
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal
from marketplace.kernel.ids import is_public_id
from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import require
from marketplace.outbox.record import record
from marketplace.structure import events, policy, queries
from marketplace.structure.lifecycle import AFFILIATION_STEPS
from marketplace.structure.models import Affiliation, Department, Placement


def open_department(*, organisation_id: str, actor: User, name: str) -> Department:
    """Add a department. Raises Refusal or NotFound."""
    with transaction.atomic():
        organisation = people.locked_organisation(organisation_id)
        allowed = require(policy.may_arrange(actor, organisation))
        if queries.departments_of(organisation).count() >= policy.MOST_DEPARTMENTS:
            raise Refusal(_("There are too many departments; close one first."))
        _refuse_known_name(organisation, name)
        made = Department.objects.create(organisation=organisation, name=_readable(name))
        record(events.DepartmentOpened.of(made), by=allowed)
    return made


def rename_department(*, organisation_id: str, public_id: str, actor: User, name: str) -> Department:
    """Call it otherwise. Raises Refusal or NotFound."""
    with transaction.atomic():
        organisation = people.locked_organisation(organisation_id)
        allowed = require(policy.may_arrange(actor, organisation))
        found = queries.department(organisation, public_id)
        if found.name != name.strip():
            _refuse_known_name(organisation, name)
            revise(found, name=_readable(name))
            record(events.DepartmentRenamed.of(found), by=allowed)
    return found


def close_department(*, organisation_id: str, public_id: str, actor: User) -> Department:
    """Let it be no more; whoever sits there sits nowhere from now on. Raises Refusal or NotFound."""
    with transaction.atomic():
        organisation = people.locked_organisation(organisation_id)
        allowed = require(policy.may_arrange(actor, organisation))
        found = queries.department(organisation, public_id)
        now = clock.now()
        Placement.objects.filter(department=found, valid_until=None).update(valid_until=now)
        revise(found, closed_at=now)
        record(events.DepartmentClosed.of(found), by=allowed)
    return found


def place_member(*, organisation_id: str, member_id: str, actor: User, department_id: str) -> Placement | None:
    """Seat one of the organisation's people in a department, or with no id in none. Raises Refusal or NotFound."""
    if department_id and not is_public_id(department_id):
        raise NotFound
    with transaction.atomic():
        organisation = people.locked_organisation(organisation_id)
        allowed = require(policy.may_arrange(actor, organisation))
        member = people.members_of(organisation).filter(user__public_id=member_id).first()
        if member is None:
            raise NotFound
        chosen = queries.department(organisation, department_id) if department_id else None
        now = clock.now()
        Placement.objects.filter(organisation=organisation, user=member.user, valid_until=None).update(valid_until=now)
        record(events.MemberPlaced.of(organisation.public_id, member.user, chosen), by=allowed)
        if chosen is None:
            return None
        return Placement.objects.create(organisation=organisation, department=chosen, user=member.user, valid_from=now)


def propose_parent(*, organisation_id: str, actor: User, parent: str) -> Affiliation:
    """Say to which verified organisation, by credit code or name, one's own belongs. Raises Refusal or NotFound."""
    upper = queries.organisation_named(parent)
    with transaction.atomic():
        child = queries.both_locked(organisation_id, upper)
        allowed = require(policy.may_bind(actor, child))
        if upper is None:
            raise Refusal(_("No verified organisation has this credit code or exactly this name."), field="parent")
        if queries.proposed_within_a_day(child) >= policy.MOST_SAID:
            raise Refusal(_("You have asked several times within a day; please go on in 24 hours."), field="parent")
        _refuse_circle(child, upper)
        made = _proposed(child, upper)
        record(events.AffiliationProposed.of(made), by=allowed)
    return made


def confirm_affiliation(*, organisation_id: str, public_id: str, actor: User) -> Affiliation:
    """Say as the parent's owner that it does. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        found = _held(organisation_id, public_id)
        allowed = require(policy.may_answer(actor, found))
        move(found, AFFILIATION_STEPS["confirm"])
        record(events.AffiliationConfirmed.of(found), by=allowed)
    return found


def decline_affiliation(*, organisation_id: str, public_id: str, actor: User) -> Affiliation:
    """Say as the parent's owner that it does not. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        found = _held(organisation_id, public_id)
        allowed = require(policy.may_answer(actor, found))
        move(found, AFFILIATION_STEPS["decline"])
        record(events.AffiliationDeclined.of(found), by=allowed)
    return found


def end_affiliation(*, organisation_id: str, public_id: str, actor: User) -> Affiliation:
    """Belong to it no longer, said by either owner. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        found = _held(organisation_id, public_id)
        allowed = require(policy.may_end(actor, found))
        move(found, AFFILIATION_STEPS["end"])
        record(events.AffiliationEnded.of(found), by=allowed)
    return found


def _held(organisation_id: str, public_id: str) -> Affiliation:
    """It, with the organisation at whose page it was answered locked. Raises NotFound."""
    return queries.affiliation(people.locked_organisation(organisation_id), public_id)


def _proposed(child: Organisation, parent: Organisation) -> Affiliation:
    try:
        with transaction.atomic():
            return Affiliation.objects.create(child=child, parent=parent)
    except IntegrityError as one_already:
        raise Refusal(_("End what it belongs to now first."), field="parent") from one_already


def _refuse_circle(child: Organisation, parent: Organisation) -> None:
    if child.pk == parent.pk or queries.stands_above(child, parent):
        raise Refusal(_("This organisation belongs to yours, or is the same."), field="parent")


def _refuse_known_name(organisation: Organisation, name: str) -> None:
    if queries.departments_of(organisation).filter(name=name.strip()).exists():
        raise Refusal(_("There is a department of this name already."), field="name")


def _readable(name: str) -> str:
    if not name.strip():
        raise Refusal(_("Please give a name."), field="name")
    return name.strip()
