"""Who may say who they are, who may compare it, and why not."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import User
from marketplace.accounts.policy import as_role, signed_in
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import Role
from marketplace.identity import queries
from marketplace.identity.lifecycle import RealNameState
from marketplace.identity.models import RealNameVerification
from marketplace.kernel.verdicts import Allowed, Denied, Verdict

MOST_A_DAY = 5
"""How often somebody may say who they are within a day."""
MOST_TRIES = 5
"""Numbers an officer may read wrongly before an application can only be sent back."""


def may_apply(person: Person, before: RealNameVerification | None) -> Verdict:
    """H22, H29: anyone with a confirmed e-mail address; again until it is verified, a few times a day."""
    verdict = signed_in(person)
    if not verdict or not isinstance(person, User):
        return verdict
    if not people.has_verified_mail(person):
        return Denied(_("Please confirm your e-mail address first."))
    if before is not None and before.state == RealNameState.VERIFIED:
        return Denied(_("You are verified already."))
    if before is not None and queries.said_within_a_day(before) >= MOST_A_DAY:
        return Denied(_("You have handed it in several times; please try again in 24 hours."))
    return verdict


def may_compare(person: Person, row: RealNameVerification) -> Verdict:
    """H32: an administrator of the region where the person lives; nobody for themselves, no colleague for another."""
    verdict = signed_in(person)
    if not verdict or not isinstance(person, User):
        return verdict
    if person.pk == row.user_id:
        return Denied(_("Somebody else must compare your own document."))
    if people.were_lately_colleagues(person, row.user):
        return Denied(_("You work in the same organisation, or did, so somebody else must compare this document."))
    return as_role(
        person, Role.REGION_ADMIN, row.region, _("Only an administrator of the person's region can do this.")
    )


def may_try(row: RealNameVerification, allowed: Allowed) -> Verdict:
    """While it waits and few numbers have been read wrongly: else numbers could be tried out."""
    if queries.numbers_tried(row) >= MOST_TRIES:
        return Denied(_("Too often another number was read. Send it back."))
    return allowed


def may_see_waiting(person: Person) -> Verdict:
    """Administrators of some region."""
    if not isinstance(person, User) or people.regions_of(person, Role.REGION_ADMIN) == []:
        return Denied(_("Only region administrators can see who is waiting."))
    return Allowed(person.public_id, Role.REGION_ADMIN)
