"""Who may do what in the back office, and why not. Nothing here reads a proposal, a score, an award or money (I18)."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import User
from marketplace.accounts.policy import signed_in
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import ADMINISTRATION, Role
from marketplace.administration import queries
from marketplace.administration.lifecycle import RequestState
from marketplace.administration.models import GrantRequest
from marketplace.kernel.verdicts import Allowed, Denied, Verdict

ONLY_THEY = _("Only administrators can see this.")


def may_enter(person: Person) -> Verdict:
    """The separated administrators and administrators of some region."""
    return may_see_grants(person) or may_compare(person)


def may_see_grants(person: Person) -> Verdict:
    """Each of the three: who holds which office is what they watch over."""
    return _as_one_of(person, *ADMINISTRATION)


def may_compare(person: Person) -> Verdict:
    """Who reads the names that wait for verification: administrators of some region, in their own (H32)."""
    return _as_one_of(person, Role.REGION_ADMIN)


def may_see_trail(person: Person) -> Verdict:
    """The audit administrator alone. They read, and change nothing; that they took a copy is itself a fact."""
    return _as_one_of(person, Role.AUDIT_ADMIN)


def may_propose(person: Person) -> Verdict:
    """Security administrators propose that a role be given or ended."""
    return _as_one_of(person, Role.SECURITY_ADMIN)


def may_propose_for(person: User, user: User) -> Verdict:
    """Nobody proposes anything for themselves."""
    if person.pk == user.pk:
        return Denied(_("Somebody else must propose this: it is about you."))
    return may_propose(person)


def may_decide(person: Person, row: GrantRequest) -> Verdict:
    """A second person, whom it is not about: another security administrator, or a system administrator for want of one.

    For want of one means that nobody else holds that office who could decide.
    """
    verdict = may_see_grants(person)
    if not verdict or not isinstance(person, User):
        return verdict
    if row.state != RequestState.PROPOSED:
        return Denied(_("This has been decided already."))
    if person.pk == row.proposed_by_id:
        return Denied(_("You proposed it, so somebody else must decide."))
    if person.pk == row.user_id:
        return Denied(_("It is about you, so somebody else must decide."))
    return _as_second_person(person, row)


def may_withdraw(person: Person, row: GrantRequest) -> Verdict:
    """Whoever proposed it, as long as nobody has decided."""
    verdict = may_propose(person)
    if verdict and isinstance(person, User) and person.pk != row.proposed_by_id:
        return Denied(_("Only whoever proposed it can withdraw it."))
    if verdict and row.state != RequestState.PROPOSED:
        return Denied(_("This has been decided already."))
    return verdict


def _as_second_person(person: User, row: GrantRequest) -> Verdict:
    if people.holds(person, Role.SECURITY_ADMIN):
        return Allowed(person.public_id, Role.SECURITY_ADMIN)
    if not people.holds(person, Role.SYSTEM_ADMIN):
        return Denied(_("Audit administrators read, and decide nothing."))
    if person not in queries.confirmers(row):
        return Denied(_("Another security administrator decides this."))
    return Allowed(person.public_id, Role.SYSTEM_ADMIN)


def _as_one_of(person: Person, *roles: Role) -> Verdict:
    verdict = signed_in(person)
    if not verdict or not isinstance(person, User):
        return verdict
    held = next((Role(grant.role) for grant in people.grants_of(person) if grant.role in roles), None)
    return Allowed(person.public_id, held) if held else Denied(ONLY_THEY)
