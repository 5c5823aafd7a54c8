"""Reads about employers' consents."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from marketplace.accounts.models import Organisation, OrganisationKind, User
from marketplace.accounts.queries import Person, holders, memberships_of, officers_of, organisations_of, regions_of
from marketplace.accounts.roles import Role
from marketplace.consents.lifecycle import ConsentState
from marketplace.consents.models import EmployerConsent
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound
from marketplace.kernel.lifecycle import expect
from marketplace.kernel.moments import BEIJING
from marketplace.registry.codes import within

PUBLIC_EMPLOYERS = (OrganisationKind.UNIVERSITY, OrganisationKind.INSTITUTE, OrganisationKind.GOVERNMENT)
"""Whose staff needs a consent to be paid themselves (4.2: university, institute, public body)."""


def today() -> date:
    """The day in Beijing."""
    return clock.now().astimezone(BEIJING).date()


def of(person: Person) -> QuerySet[EmployerConsent]:
    """What somebody has asked for, the latest first."""
    if not isinstance(person, User):
        return EmployerConsent.objects.none()
    return _rows().filter(person=person).order_by("-asked_at", "-pk")


def in_force(person: User, day: date | None = None) -> EmployerConsent | None:
    """A consent that holds on this day, today unless told otherwise; the one that holds longest.

    That of an organisation ends with belonging to it. For showing: whether somebody may be paid asks `is_lacking`.
    """
    on = day or today()
    employed = Q(organisation=None) | Q(organisation__in=memberships_of(person).values("organisation"))
    given = _rows().filter(employed, person=person, state=ConsentState.GIVEN, first_day__lte=on, last_day__gte=on)
    return given.order_by("-last_day", "-pk").first()


def employers_of(person: Person) -> QuerySet[Organisation]:
    """Universities, institutes and public bodies to which somebody belongs now (J08, N06).

    One that nobody has ever verified is none yet: anybody registers one, and it can consent to nothing.
    """
    known = memberships_of(person).filter(organisation__verified_until__isnull=False)
    belonging = known.filter(organisation__kind__in=PUBLIC_EMPLOYERS)
    return Organisation.objects.filter(pk__in=belonging.values("organisation"))


def is_lacking(person: Person, day: date | None = None) -> bool:
    """Whether one of these employers has not consented for this day; another one's consent does not count for it."""
    on = day or today()
    given = EmployerConsent.objects.filter(
        person=person if isinstance(person, User) else None,
        state=ConsentState.GIVEN,
        first_day__lte=on,
        last_day__gte=on,
    )
    return employers_of(person).exclude(pk__in=given.filter(organisation__isnull=False).values("organisation")).exists()


def asked_within_a_day(person: User) -> int:
    """How often somebody has asked within a day, withdrawn questions too: each is told to an office."""
    return EmployerConsent.objects.filter(person=person, asked_at__gt=clock.now() - timedelta(days=1)).count()


def leave_given(row: EmployerConsent) -> timedelta:
    """How long leave the same employer has granted the same person already, until it was taken back if it was."""
    same = EmployerConsent.objects.filter(
        person=row.person, organisation=row.organisation, employer=row.employer, kind=row.kind
    )
    given = same.filter(state__in=(ConsentState.GIVEN, ConsentState.REVOKED)).exclude(pk=row.pk)
    return sum((_held(one) for one in given), timedelta())


def _held(row: EmployerConsent) -> timedelta:
    """How long a consent holds in all, or held until it was taken back."""
    until = row.last_day
    if row.state == ConsentState.REVOKED:
        until = min(until, row.moved_at.astimezone(BEIJING).date())
    return max(until - row.first_day + timedelta(days=1), timedelta())


def is_registered(employer: str) -> bool:
    """Whether an employer of exactly this name can be asked itself."""
    return Organisation.objects.filter(name=employer.strip(), verified_until__isnull=False).exists()


def waiting_for(person: Person) -> QuerySet[EmployerConsent]:
    """What this person may answer: for an organisation they act for, or from a letter; longest waiting first."""
    asked = _rows().filter(_answered_by(person), state=ConsentState.ASKED)
    return asked.exclude(person=person if isinstance(person, User) else None).order_by("asked_at", "pk")


def seen_by(public_id: str, person: Person) -> EmployerConsent:
    """One's own, or one that this person may answer or has answered for. Raises NotFound alike for all others."""
    own = Q(person=person) if isinstance(person, User) else Q(pk__in=[])
    row = _rows().filter(own | _answered_by(person), public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def answerers(row: EmployerConsent) -> list[User]:
    """Who may answer it now, its own person left out."""
    if row.organisation is not None:
        found = officers_of(row.organisation)
    else:
        found = holders(Role.REGION_ADMIN, region=row.region) if row.region else []
    return [user for user in found if user.pk != row.person_id]


def locked(public_id: str, version: int | None = None) -> EmployerConsent:
    """The consent, locked until the end of the transaction. Raises NotFound or Stale."""
    rows = EmployerConsent.objects.select_for_update(of=("self",)).select_related("person", "organisation", "region")
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    expect(row, version)
    return row


def unanswered(person: User) -> int:
    """How many of somebody's questions wait for an answer."""
    return EmployerConsent.objects.filter(person=person, state=ConsentState.ASKED).count()


def ending(within_days: timedelta) -> list[str]:
    """Consents whose last day comes within this time and of which their person has not been told, by public id."""
    until = today() + within_days
    rows = EmployerConsent.objects.filter(state=ConsentState.GIVEN, end_told_at=None, last_day__lte=until)
    return list(rows.filter(last_day__gte=today()).order_by("pk").values_list("public_id", flat=True))


def _rows() -> QuerySet[EmployerConsent]:
    return EmployerConsent.objects.select_related("person", "organisation__region", "region")


def _answered_by(person: Person) -> Q:
    """Rows whose employer this person speaks for, or whose letter they may read."""
    acting = Q(organisation__in=organisations_of(person).values("pk"))
    codes = regions_of(person, Role.REGION_ADMIN)
    letters = Q(organisation=None) if codes is None else Q(organisation=None) & within("region__code", codes)
    return acting | letters


def facts_shown() -> Q:
    """Which facts of this room audit administrators may see: all; they hold ids and codes, and no employer's name."""
    return Q(stream__startswith="user:", kind__startswith="consent.")
