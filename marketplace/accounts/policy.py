"""Who may do what with organisations and roles, and why not."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries
from marketplace.accounts.lifecycle import RENEWED_BEFORE, STEPS, OrganisationState
from marketplace.accounts.models import Invitation, Membership, Organisation, User
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import ADMINISTRATION, ActingAs, Role
from marketplace.kernel import clock
from marketplace.kernel.verdicts import Allowed, Denied, Verdict
from marketplace.registry.models import Region

TAKES_NO_PART = _("Administrators of the platform take no part in its business. Use another account for that.")


def signed_in(person: Person) -> Verdict:
    """Anyone with an active account."""
    if not isinstance(person, User) or not person.is_active:
        return Denied(_("Please sign in first."))
    return Allowed(person.public_id, ActingAs.USER)


def as_party(person: Person) -> Verdict:
    """Anyone signed in but the separated administrators, who take no part in what they administer (I18)."""
    verdict = signed_in(person)
    if verdict and queries.administers(person):
        return Denied(TAKES_NO_PART)
    return verdict


def may_hold(user: User, role: Role, until: datetime | None = None) -> Verdict:
    """I18: whether this account may hold the role beside what it holds, and beside what its person does here."""
    held = queries.excluding(user, role, until)
    if held:
        said = _("This account is %(held)s. An administrator of the platform holds no other office.")
        return Denied(said % {"held": held[0].get_role_display()})
    if role in ADMINISTRATION and queries.is_party(user):
        return Denied(
            _("This account belongs to an organisation or to an expert. Administrators of the platform have their own.")
        )
    return Allowed(user.public_id, role)


def as_role(person: Person, role: Role, region: Region, denial: object) -> Verdict:
    """Whoever holds this role for this region; `denial` is the sentence for everybody else."""
    if isinstance(person, User) and queries.holds(person, role, region=region):
        return Allowed(person.public_id, role)
    return Denied(denial)


def as_officer(person: Person, organisation: Organisation) -> Verdict:
    """Whoever acts for this organisation: its owner and officers."""
    if isinstance(person, User) and queries.officer_of(person, organisation):
        return Allowed(person.public_id, ActingAs.SPONSOR_OFFICER)
    return Denied(_("Only the organisation's officers can do this."))


def may_register(person: Person) -> Verdict:
    """S1: anyone signed in may enter an organisation; it can post once it is verified."""
    return as_party(person)


def may_verify(person: Person, organisation: Organisation) -> Verdict:
    """S2–S4, H32: an administrator of the organisation's region, who is not one of its people."""
    if queries.belongs_to(person, organisation.pk):
        return Denied(_("You belong to this organisation, so somebody else must verify it."))
    sentence = _("Only an administrator of the organisation's region can do this.")
    return _no_late_member(person, organisation, as_role(person, Role.REGION_ADMIN, organisation.region, sentence))


def may_renew(person: Person, organisation: Organisation) -> Verdict:
    """S5: whoever may verify it, from two months before the verification ends; also after its end."""
    verdict = may_verify(person, organisation)
    if not verdict or organisation.state == OrganisationState.EXPIRED:
        return verdict
    end = organisation.verified_until
    if organisation.state != OrganisationState.VERIFIED or end is None:
        return Denied(_("Only a verified organisation can be renewed."))
    if end > clock.now() + RENEWED_BEFORE:
        return Denied(_("It can be renewed within two months of its end."))
    return verdict


def may_suspend(person: Person, organisation: Organisation) -> Verdict:
    """S6, H24: a supervisor of its region who is not one of its people, while it is verified."""
    if organisation.state != OrganisationState.VERIFIED:
        return Denied(_("Only a verified organisation can be suspended."))
    return _as_supervisor(person, organisation)


def may_restore(person: Person, organisation: Organisation) -> Verdict:
    """S6: the same, while it is suspended."""
    if organisation.state != OrganisationState.SUSPENDED:
        return Denied(_("This organisation is not suspended."))
    return _as_supervisor(person, organisation)


def may_read_reason(person: Person, organisation: Organisation) -> bool:
    """Why it was returned or suspended: for its own people and whoever decides about it."""
    decides = any(
        queries.holds(person, role, region=organisation.region) for role in (Role.REGION_ADMIN, Role.SUPERVISOR)
    )
    return decides or queries.belongs_to(person, organisation.pk)


def may_resubmit(person: Person, organisation: Organisation) -> Verdict:
    """S3, S5: the organisation's own officers, after it was returned to them or its verification has expired."""
    if not isinstance(person, User) or not queries.officer_of(person, organisation):
        return Denied(_("Only the organisation's officers can do this."))
    if organisation.state not in STEPS["resubmit"].sources:
        return Denied(_("Only a returned organisation can be corrected."))
    return Allowed(person.public_id, ActingAs.SPONSOR_OFFICER)


def may_see_members(person: Person, organisation: Organisation) -> Verdict:
    """The organisation's own people: who works where is nobody else's business (H29)."""
    if isinstance(person, User) and queries.belongs_to(person, organisation.pk):
        return Allowed(person.public_id, ActingAs.USER)
    return Denied(_("Only the organisation's own people can see who belongs to it."))


def may_invite(person: Person, organisation: Organisation, place: str) -> Verdict:
    """Officers of a verified organisation invite members, its owner also officers: letters go to strangers."""
    verdict = may_withdraw(person, organisation, place)
    if verdict and not queries.stands_verified(organisation):
        return Denied(_("Colleagues can be invited once the organisation is verified."))
    return verdict


def may_withdraw(person: Person, organisation: Organisation, place: str) -> Verdict:
    """Whoever gives this place takes its invitation back: an officer a member's, the owner also an officer's."""
    verdict = as_officer(person, organisation)
    if verdict and place not in places_given_by(person, organisation):
        return Denied(_("Only the owner decides about officers, and an owner is made by handing over."))
    return verdict


def places_given_by(person: Person, organisation: Organisation) -> list[Membership.Place]:
    """The places this person may give others; nobody is made an owner but by handing over."""
    if not as_officer(person, organisation):
        return []
    officer = [Membership.Place.OFFICER] if _owns(person, organisation) else []
    return [Membership.Place.MEMBER, *officer]


def may_answer(person: Person, invitation: Invitation) -> Verdict:
    """Whoever has confirmed the address, unless they belong there already."""
    if not isinstance(person, User) or not queries.invitations_to(person).filter(pk=invitation.pk).exists():
        return Denied(_("This invitation is for somebody else."))
    if not queries.stands_verified(invitation.organisation):
        return Denied(_("This organisation takes nobody at present: its verification does not hold."))
    if queries.belongs_to(person, invitation.organisation_id):
        return Denied(_("You belong to this organisation already."))
    return as_party(person)


def may_leave(person: Person, organisation: Organisation) -> Verdict:
    """Everybody but the owner, who hands over first: an organisation never stands without one."""
    if not isinstance(person, User) or not queries.belongs_to(person, organisation.pk):
        return Denied(_("You do not belong to this organisation."))
    if _owns(person, organisation):
        return Denied(_("Hand the organisation over to somebody else before you leave it."))
    return Allowed(person.public_id, ActingAs.USER)


def may_change_members(person: Person, organisation: Organisation) -> Verdict:
    """The owner."""
    if not isinstance(person, User) or not _owns(person, organisation):
        return Denied(_("Only the owner can do this."))
    return Allowed(person.public_id, ActingAs.SPONSOR_OFFICER)


def may_change_member(person: Person, organisation: Organisation, member: User) -> Verdict:
    """The owner, of everybody but themselves."""
    verdict = may_change_members(person, organisation)
    if verdict and isinstance(person, User) and person.pk == member.pk:
        return Denied(_("Hand the organisation over instead."))
    return verdict


def may_hand_over(person: Person, organisation: Organisation, member: User) -> Verdict:
    """The owner, to another of its people who can sign in."""
    verdict = may_change_member(person, organisation, member)
    if verdict and not member.is_active:
        return Denied(_("This account is closed."))
    return verdict


def offices_bind(person: User) -> Iterator[Promise]:
    """Why an account cannot be erased yet (I29): an office held now or later."""
    if queries.has_office(person):
        yield _("You hold an office. Ask the operator to end it first.")


def houses_bind(person: User) -> Iterator[Promise]:
    """Why an account cannot be erased yet (I29): others belong to an organisation that would have no owner."""
    if queries.owns_with_others(person).exists():
        yield _("You own an organisation to which others belong. Hand it over to one of them first.")


def _as_supervisor(person: Person, organisation: Organisation) -> Verdict:
    if queries.belongs_to(person, organisation.pk):
        return Denied(_("You belong to this organisation, so somebody else must decide."))
    sentence = _("Only a supervisor of the organisation's region can do this.")
    return _no_late_member(person, organisation, as_role(person, Role.SUPERVISOR, organisation.region, sentence))


def _no_late_member(person: Person, organisation: Organisation, verdict: Verdict) -> Verdict:
    if verdict and queries.belonged_lately(person, organisation.pk):
        return Denied(_("You belonged to this organisation within three years, so somebody else must decide."))
    return verdict


def _owns(person: Person, organisation: Organisation) -> bool:
    return queries.place_of(person, organisation) == Membership.Place.OWNER
