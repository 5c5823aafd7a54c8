"""The verification queue: whoever waits to be verified, and for how long. Names are read by region administrators."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.urls import reverse

from marketplace.accounts import queries as people
from marketplace.accounts.lifecycle import OrganisationState
from marketplace.accounts.models import Organisation, User
from marketplace.identity import queries as identity
from marketplace.identity.lifecycle import RealNameState
from marketplace.identity.models import RealNameVerification
from marketplace.kernel import clock
from marketplace.registry import queries as registry
from marketplace.registry.calendar import WorkCalendar
from marketplace.registry.models import Region


@dataclass(frozen=True)
class Waiting:
    """An organisation or a person that waits, since when, and whether that is longer than is aimed at."""

    what: Organisation | User
    region: Region
    since: datetime
    age: timedelta
    is_late: bool
    address: str

    @property
    def is_person(self) -> bool:
        """Whether a real name waits, and no organisation."""
        return isinstance(self.what, User)


@dataclass(frozen=True)
class Backlog:
    """How many wait in a region, and how long the first of them has."""

    region: Region
    organisations: int
    real_names: int
    oldest: timedelta


def of_own_regions(person: User) -> list[Waiting]:
    """What waits in the regions this person administers, the longest waiting first; never their own name (H32)."""
    moment, calendar = clock.now(), registry.work_calendar()
    found = [*_organisations(people.pending_organisations(person)), *_names(identity.waiting_for(person))]
    return sorted((_waiting(one, moment, calendar) for one in found), key=lambda row: row.since)


def backlogs() -> list[Backlog]:
    """How much waits in each region, the longest waiting first; no names: for those who administer no region."""
    organisations = _by_region(Organisation.objects.filter(state=OrganisationState.PENDING))
    names = _by_region(RealNameVerification.objects.filter(state=RealNameState.PENDING))
    regions = Region.objects.select_related("parent__parent").in_bulk({*organisations, *names})
    moment = clock.now()
    rows = (_backlog(regions[pk], organisations.get(pk), names.get(pk), moment) for pk in {*organisations, *names})
    return sorted(rows, key=lambda one: one.oldest, reverse=True)


Found = tuple[Organisation | User, Region, datetime, str]


def _organisations(rows: QuerySet[Organisation]) -> Iterator[Found]:
    for row in rows:
        yield row, row.region, row.moved_at, reverse("accounts:organisation", args=[row.public_id])


def _names(rows: QuerySet[RealNameVerification]) -> Iterator[Found]:
    for row in rows:
        yield row.user, row.region, row.moved_at, reverse("identity:compare", args=[row.public_id])


def _waiting(found: Found, moment: datetime, calendar: WorkCalendar) -> Waiting:
    what, region, since, address = found
    due = calendar.add_working_days(since, settings.REAL_NAME_WORKING_DAYS).end
    return Waiting(what, region, since, moment - since, due <= moment, address)


def _by_region(rows: QuerySet[Any]) -> dict[int, dict[str, Any]]:
    grouped = rows.order_by().values("region").annotate(count=Count("pk"), oldest=Min("moved_at"))
    return {row["region"]: row for row in grouped}


def _backlog(
    region: Region, organisations: dict[str, Any] | None, names: dict[str, Any] | None, moment: datetime
) -> Backlog:
    first, second = (row["count"] if row else 0 for row in (organisations, names))
    oldest = min(row["oldest"] for row in (organisations, names) if row)
    return Backlog(region, first, second, moment - oldest)
