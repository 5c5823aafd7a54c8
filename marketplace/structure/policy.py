"""Who may change how an organisation is made up, and why not."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.policy import as_officer, as_party, may_change_members, may_see_members
from marketplace.accounts.queries import Person
from marketplace.kernel.verdicts import Denied, Verdict
from marketplace.structure import queries
from marketplace.structure.models import Affiliation

MOST_DEPARTMENTS = 60
MOST_DOMAINS = 10
MOST_A_DAY = 10
MOST_LETTERS = 3
"""Letters to the postmaster of one domain within a day, from all organisations together."""
MOST_SAID = 5
"""How often an organisation says within a day what it belongs to."""


def may_see(person: Person, organisation: Organisation) -> Verdict:
    """Its own people."""
    return may_see_members(person, organisation)


def may_arrange(person: Person, organisation: Organisation) -> Verdict:
    """Its officers: departments, and who sits where."""
    return as_officer(person, organisation)


def may_bind(person: Person, organisation: Organisation) -> Verdict:
    """Its owner, once it is verified: what it belongs to, and its domains."""
    verdict = may_change_members(person, organisation)
    if verdict and not people.stands_verified(organisation):
        return Denied(_("The organisation must be verified by its region's administrator first."))
    return verdict


def may_answer(person: Person, affiliation: Affiliation) -> Verdict:
    """The parent's owner, as long as the child is verified too."""
    verdict = may_bind(person, affiliation.parent)
    if verdict and not people.stands_verified(affiliation.child):
        return Denied(_("The verification of the other organisation does not hold at present."))
    return verdict


def may_end(person: Person, affiliation: Affiliation) -> Verdict:
    """The owner of either, whatever has become of its verification."""
    return may_change_members(person, affiliation.child) or may_change_members(person, affiliation.parent)


def may_claim(person: Person, organisation: Organisation) -> Verdict:
    """Its owner, a few times a day: letters go to strangers."""
    verdict = may_bind(person, organisation)
    if verdict and queries.claimed_within_a_day(organisation) >= MOST_A_DAY:
        return Denied(_("Your organisation has claimed several domains within a day; please go on in 24 hours."))
    if verdict and queries.domains_of(organisation).count() >= MOST_DOMAINS:
        return Denied(_("An organisation has ten mail domains at most."))
    return verdict


def may_join(person: Person, organisation: Organisation) -> Verdict:
    """Whoever has confirmed an address at a domain of this verified organisation and does not belong there yet."""
    verdict = as_party(person)
    if not verdict or not isinstance(person, User):
        return verdict
    if not people.stands_verified(organisation) or not queries.has_address_at(person, organisation):
        return Denied(_("You have confirmed no address at a mail domain of this organisation."))
    if people.belongs_to(person, organisation.pk):
        return Denied(_("You belong to this organisation already."))
    if people.were_removed(person, organisation):
        return Denied(_("You were removed from this organisation; only an invitation brings you back."))
    return verdict
