"""Who may ask for a consent, who may give, refuse and take it back, and why not."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.policy import as_party, as_role
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import ActingAs, Role
from marketplace.consents import queries
from marketplace.consents.lifecycle import ConsentState
from marketplace.consents.models import EmployerConsent
from marketplace.kernel.verdicts import Allowed, Denied, Verdict

MOST_A_DAY = 10
MOST_UNANSWERED = 5
"""Questions somebody may have open at a time."""


def may_ask(person: Person, organisation: Organisation | None) -> Verdict:
    """J08: anyone signed in asks an employer without an account; one that is here only its own people ask."""
    verdict = as_party(person)
    if not verdict or not isinstance(person, User):
        return verdict
    if organisation is not None and not people.belongs_to(person, organisation.pk):
        return Denied(_("You can only ask an organisation to which you belong."))
    if queries.unanswered(person) >= MOST_UNANSWERED:
        return Denied(_("Several of your questions wait for an answer. Withdraw one first."))
    if queries.asked_within_a_day(person) >= MOST_A_DAY:
        return Denied(_("You have asked several times within a day; please go on in 24 hours."))
    return verdict


def may_answer(person: Person, row: EmployerConsent) -> Verdict:
    """J08: another officer of the employer; where a letter answers, an administrator of its region who reads it."""
    if row.state != ConsentState.ASKED:
        return Denied(_("This has been answered already."))
    verdict = _speaks(person, row)
    if verdict and row.organisation is not None and not people.stands_verified(row.organisation):
        return Denied(_("The organisation must be verified by its region's administrator first."))
    return verdict


def may_revoke(person: Person, row: EmployerConsent) -> Verdict:
    """The same, as long as it is given."""
    if row.state != ConsentState.GIVEN:
        return Denied(_("Only a consent that was given can be taken back."))
    return _speaks(person, row)


def may_read_letter(person: Person, row: EmployerConsent) -> Verdict:
    """Whoever may judge by it, also after it was answered."""
    return _speaks(person, row)


def may_withdraw(person: Person, row: EmployerConsent) -> Verdict:
    """Whoever asked, until it is answered."""
    if not isinstance(person, User) or row.person_id != person.pk:
        return Denied(_("Only whoever asked can do this."))
    if row.state != ConsentState.ASKED:
        return Denied(_("This has been answered already."))
    return Allowed(person.public_id, ActingAs.USER)


def _speaks(person: Person, row: EmployerConsent) -> Verdict:
    if not isinstance(person, User):
        return Denied(_("Please sign in first."))
    if person.pk == row.person_id:
        return Denied(_("Nobody consents to their own work; ask another officer."))
    if row.organisation is None:
        return _reads_letter(person, row)
    if not people.officer_of(person, row.organisation):
        return Denied(_("Only the employer's officers can do this."))
    return Allowed(person.public_id, ActingAs.SPONSOR_OFFICER)


def _reads_letter(person: User, row: EmployerConsent) -> Verdict:
    if people.were_lately_colleagues(person, row.person):
        return Denied(_("You work in the same organisation, or did, so somebody else must read this letter."))
    if row.region is None:
        return Denied(_("Only an administrator of the employer's region can do this."))
    sentence = _("Only an administrator of the employer's region can do this.")
    return as_role(person, Role.REGION_ADMIN, row.region, sentence)
