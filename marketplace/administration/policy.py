"""Who may do what in the back office, and why not. Nothing here reads a proposal, a score, an award or money (I18)."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts import second_factor
from marketplace.accounts.models import User
from marketplace.accounts.policy import signed_in
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import ADMINISTRATION, Role
from marketplace.administration import queries
from marketplace.administration.lifecycle import UNDER_WAY, RequestState, ResetState
from marketplace.administration.models import FactorReset, GrantRequest
from marketplace.kernel import clock
from marketplace.kernel.verdicts import Allowed, Denied, Verdict

RESET_WAITS = timedelta(hours=24)
"""No second factor is reset sooner after it was asked for: so long its owner can say that it was not them."""
RESET_LASTS = timedelta(days=14)
"""And so long the two administrators have."""
RESETS_A_DAY = 3
"""So often within a day one person may ask: a letter goes to each of their addresses each time."""
ONLY_THEY = _("Only administrators can see this.")
DECIDED = _("This has been decided already.")
ABOUT_YOU = _("It is about you, so somebody else must decide.")
AT_A_TERMINAL = _(
    "Nobody else holds this person's office, so two administrators cannot decide. Whoever runs the platform resets "
    "it from a terminal."
)


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
        return Denied(DECIDED)
    if person.pk == row.proposed_by_id:
        return Denied(_("You proposed it, so somebody else must decide."))
    if person.pk == row.user_id:
        return Denied(ABOUT_YOU)
    return _as_second_person(person, queries.confirmers(row))


def may_withdraw(person: Person, row: GrantRequest) -> Verdict:
    """Whoever proposed it, as long as nobody has decided."""
    verdict = may_propose(person)
    if verdict and isinstance(person, User) and person.pk != row.proposed_by_id:
        return Denied(_("Only whoever proposed it can withdraw it."))
    if verdict and row.state != RequestState.PROPOSED:
        return Denied(DECIDED)
    return verdict


def may_ask_for_reset(person: Person) -> Verdict:
    """Whoever has a second factor set up, known by their password alone: they say that they have lost it (I21)."""
    verdict = signed_in(person)
    if not verdict or not isinstance(person, User):
        return verdict
    if not second_factor.is_set_up(person):
        return Denied(_("You have not set up two-step sign-in, so there is nothing to reset."))
    if queries.resets_under_way().filter(user=person).exists():
        return Denied(_("You have asked already. Two administrators are looking into it."))
    lately = list(queries.resets_within_a_day(person))
    if any(row.state == ResetState.DISOWNED for row in lately):
        return Denied(_("The owner of this account has said that it was not them. Ask again in 24 hours."))
    if len(lately) >= RESETS_A_DAY:
        return Denied(_("You have asked several times within a day; please go on in 24 hours."))
    return verdict


def may_say_of_reset(person: Person, row: FactorReset) -> Verdict:
    """The account's owner alone says that it was somebody else, or that they have found it again."""
    verdict = signed_in(person)
    if not verdict or not isinstance(person, User):
        return verdict
    if person.pk != row.user_id:
        return Denied(_("Only the owner of the account can say this."))
    return verdict if row.state in UNDER_WAY and clock.now() < row.lapses_at else Denied(DECIDED)


def may_work_on(person: User, row: FactorReset) -> Verdict:
    """Whether it is their turn: to vouch, or to be the second."""
    return may_vouch(person, row) if row.state == ResetState.ASKED else may_confirm_reset(person, row)


def may_see_resets(person: Person) -> Verdict:
    """Those who may have to decide: security administrators, and system administrators for want of a second one."""
    return _as_one_of(person, Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN)


def may_vouch(person: Person, row: FactorReset) -> Verdict:
    """A security administrator whom it is not about, where nobody has yet."""
    verdict = _as_one_of(person, Role.SECURITY_ADMIN)
    if not verdict or not isinstance(person, User):
        return verdict
    if row.state != ResetState.ASKED:
        return Denied(DECIDED)
    if person.pk == row.user_id:
        return Denied(ABOUT_YOU)
    return Denied(AT_A_TERMINAL) if queries.is_last_of_office(row.user) else verdict


def may_confirm_reset(person: Person, row: FactorReset) -> Verdict:
    """A second person, and no sooner than its owner had time to say that it was not them."""
    verdict = may_refuse_reset(person, row)
    if verdict and isinstance(person, User) and person.pk == row.vouched_by_id:
        return Denied(_("You were the first administrator, so somebody else must decide."))
    if verdict and row.state == ResetState.ASKED:
        return Denied(_("A first administrator has to find out who asks."))
    if verdict and queries.is_last_of_office(row.user):
        return Denied(AT_A_TERMINAL)
    if verdict and not queries.voucher_is_in_office(row):
        return Denied(_("The first administrator no longer holds the office. Refuse it; it can be asked for anew."))
    if verdict and clock.now() < row.not_before:
        return Denied(_("It is too early: the owner still has time to say that it was not them."))
    return verdict


def may_refuse_reset(person: Person, row: FactorReset) -> Verdict:
    """Whose turn it is; and whoever vouched, who may have learned meanwhile that it was somebody else."""
    verdict = may_see_resets(person)
    if not verdict or not isinstance(person, User):
        return verdict
    if row.state not in UNDER_WAY:
        return Denied(DECIDED)
    if person.pk == row.user_id:
        return Denied(ABOUT_YOU)
    if row.state == ResetState.ASKED or person.pk == row.vouched_by_id:
        return _as_one_of(person, Role.SECURITY_ADMIN)
    return _as_second_person(person, queries.reset_deciders(row))


def _as_second_person(person: User, confirmers: list[User]) -> Verdict:
    if people.holds(person, Role.SECURITY_ADMIN):
        return Allowed(person.public_id, Role.SECURITY_ADMIN)
    if not people.holds(person, Role.SYSTEM_ADMIN):
        return Denied(_("Audit administrators read, and decide nothing."))
    if person not in confirmers:
        return Denied(_("Another security administrator decides this."))
    return Allowed(person.public_id, Role.SYSTEM_ADMIN)


def _as_one_of(person: Person, *roles: Role) -> Verdict:
    verdict = signed_in(person)
    if not verdict or not isinstance(person, User):
        return verdict
    held = next((Role(grant.role) for grant in people.grants_of(person) if grant.role in roles), None)
    return Allowed(person.public_id, held) if held else Denied(ONLY_THEY)
