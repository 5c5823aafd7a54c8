"""Reads about how organisations are made up."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from marketplace.accounts.lifecycle import OrganisationState
from marketplace.accounts.models import Membership, Organisation, User
from marketplace.accounts.queries import Person, in_force
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound
from marketplace.structure import domains
from marketplace.structure.lifecycle import AffiliationState, DomainState
from marketplace.structure.models import Affiliation, Department, MailDomain, Placement

LIVE = (AffiliationState.PROPOSED, AffiliationState.CONFIRMED)
MOST_SHOWN = 50
DEEPEST = 10
"""So many organisations above one another are looked at."""
DAY = timedelta(days=1)


def departments_of(organisation: Organisation) -> QuerySet[Department]:
    """Departments that are open, by name."""
    return Department.objects.filter(organisation=organisation, closed_at=None).order_by("name", "pk")


def department(organisation: Organisation, public_id: str) -> Department:
    """One of them. Raises NotFound."""
    found = departments_of(organisation).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def placements_of(organisation: Organisation) -> list[Placement]:
    """Who of its people sits where now; of whoever left and came back only what was said since."""
    rows = Placement.objects.filter(in_force(clock.now()), organisation=organisation, department__closed_at=None)
    began = _belonging_since(organisation)
    seats = rows.select_related("department", "user").order_by("department__name", "pk")
    return [one for one in seats if one.user_id in began and one.valid_from >= began[one.user_id]]


def _belonging_since(organisation: Organisation) -> dict[int, datetime]:
    """Since when each of its people belongs without a break: a change of place ends one row and begins the next."""
    rows = Membership.objects.filter(organisation=organisation).order_by("valid_from", "pk")
    began: dict[int, datetime] = {}
    ended: dict[int, datetime | None] = {}
    for user, since, until in rows.values_list("user_id", "valid_from", "valid_until"):
        if ended.get(user, since) != since or user not in began:
            began[user] = since
        ended[user] = until
    return {user: since for user, since in began.items() if ended[user] is None}


def parent_of(organisation: Organisation) -> Organisation | None:
    """What it belongs to, said by both."""
    return Organisation.objects.filter(children__child=organisation, children__state=AffiliationState.CONFIRMED).first()


def children_of(organisation: Organisation) -> QuerySet[Organisation]:
    """What belongs to it, said by both, as far as the public may know of them."""
    belonging = Affiliation.objects.filter(parent=organisation, state=AffiliationState.CONFIRMED)
    rows = Organisation.objects.filter(pk__in=belonging.values("child"), verified_until__isnull=False)
    return rows.order_by("name", "pk")[:MOST_SHOWN]


def affiliations_of(organisation: Organisation) -> QuerySet[Affiliation]:
    """Proposed and confirmed ones, up and down."""
    rows = Affiliation.objects.filter(Q(child=organisation) | Q(parent=organisation), state__in=LIVE)
    return rows.select_related("child", "parent").order_by("proposed_at", "pk")


def affiliation(organisation: Organisation, public_id: str) -> Affiliation:
    """One of them. Raises NotFound."""
    found = affiliations_of(organisation).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def stands_above(upper: Organisation, lower: Organisation) -> bool:
    """Whether one organisation belongs to the other, over however many between them, proposed ones counted."""
    at: int | None = lower.pk
    for _step in range(DEEPEST):
        at = Affiliation.objects.filter(child=at, state__in=LIVE).values_list("parent", flat=True).first()
        if at is None or at == upper.pk:
            return at is not None
    return True  # a circle is looked for so far; beyond that it is refused


def both_locked(public_id: str, other: Organisation | None) -> Organisation:
    """The organisation, locked together with the other in one order: two that claim one another do not pass both.

    Raises NotFound.
    """
    known = [public_id, *([other.public_id] if other else [])]
    locked = Organisation.objects.select_for_update(of=("self",)).filter(public_id__in=known).order_by("pk")
    found = {row.public_id: row for row in locked}
    if public_id not in found:
        raise NotFound
    return found[public_id]


def organisation_named(said: str) -> Organisation | None:
    """A verified organisation by its credit code, or by its name as registered where only one has it."""
    rows = Organisation.objects.filter(state=OrganisationState.VERIFIED)
    found = list(rows.filter(Q(name=said.strip()) | Q(uscc=said.strip().upper(), uscc__gt=""))[:2])
    return found[0] if len(found) == 1 else None


def domains_of(organisation: Organisation) -> QuerySet[MailDomain]:
    """Claimed and proved ones."""
    rows = MailDomain.objects.filter(organisation=organisation).exclude(state=DomainState.ENDED)
    return rows.order_by("domain", "pk")


def domain(organisation: Organisation, public_id: str) -> MailDomain:
    """One of them. Raises NotFound."""
    found = domains_of(organisation).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def is_proved(name: str) -> bool:
    """Whether some organisation has proved this domain."""
    return MailDomain.objects.filter(domain=name, state=DomainState.PROVED).exists()


def claimed_within_a_day(organisation: Organisation) -> int:
    """How many domains it has claimed within a day: each writes to a stranger's postmaster."""
    return MailDomain.objects.filter(organisation=organisation, claimed_at__gt=clock.now() - DAY).count()


def written_to_within_a_day(name: str) -> int:
    """How many letters went to the postmaster of this domain within a day, whoever asked for them."""
    return MailDomain.objects.filter(domain=name, claimed_at__gt=clock.now() - DAY).count()


def proposed_within_a_day(child: Organisation) -> int:
    """How often it has said within a day what it belongs to: each is told to somebody's officers."""
    return Affiliation.objects.filter(child=child, proposed_at__gt=clock.now() - DAY).count()


def has_address_at(person: Person, organisation: Organisation) -> bool:
    """Whether the person has confirmed an address at one of its proved domains."""
    if not isinstance(person, User):
        return False
    proved = MailDomain.objects.filter(organisation=organisation, state=DomainState.PROVED)
    theirs = set(proved.values_list("domain", flat=True))
    if not theirs:
        return False
    confirmed = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return any(domains.of_address(address) in theirs for address in confirmed)
