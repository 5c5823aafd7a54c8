"""Who may do what with organisations and roles, and why not."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries
from marketplace.accounts.lifecycle import OrganisationState
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import ActingAs, Role
from marketplace.kernel.verdicts import Allowed, Denied, Verdict
from marketplace.registry.models import Region


def signed_in(person: Person) -> Verdict:
    """Anyone with an active account."""
    if not isinstance(person, User) or not person.is_active:
        return Denied(_("Please sign in first."))
    return Allowed(person.public_id, ActingAs.USER)


def as_role(person: Person, role: Role, region: Region, denial: object) -> Verdict:
    """Whoever holds this role for this region; `denial` is the sentence for everybody else."""
    if isinstance(person, User) and queries.holds(person, role, region=region):
        return Allowed(person.public_id, role)
    return Denied(denial)


def may_register(person: Person) -> Verdict:
    """S1: anyone signed in may enter an organisation; it can post once it is verified."""
    return signed_in(person)


def may_verify(person: Person, organisation: Organisation) -> Verdict:
    """S2–S4, H32: an administrator of the organisation's region, who is not one of its people."""
    if queries.belongs_to(person, organisation.pk):
        return Denied(_("You belong to this organisation, so somebody else must verify it."))
    return as_role(
        person,
        Role.REGION_ADMIN,
        organisation.region,
        _("Only an administrator of the organisation's region can do this."),
    )


def may_resubmit(person: Person, organisation: Organisation) -> Verdict:
    """S3: the organisation's own officers, after it was returned to them."""
    if not isinstance(person, User) or not queries.officer_of(person, organisation):
        return Denied(_("Only the organisation's officers can do this."))
    if organisation.state != OrganisationState.RETURNED:
        return Denied(_("Only a returned organisation can be corrected."))
    return Allowed(person.public_id, ActingAs.SPONSOR_OFFICER)


def may_see_members(person: Person, organisation: Organisation) -> Verdict:
    """The organisation's own people: who works where is nobody else's business (H29)."""
    if isinstance(person, User) and queries.belongs_to(person, organisation.pk):
        return Allowed(person.public_id, ActingAs.USER)
    return Denied(_("Only the organisation's own people can see who belongs to it."))
