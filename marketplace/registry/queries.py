"""What the rest of the house may ask the registry. Nothing here changes anything."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from marketplace.registry import codes
from marketplace.registry.calendar import ONE_DAY, WorkCalendar, WorkingSpan
from marketplace.registry.mapping import Mapping, mapping_from
from marketplace.registry.models import (
    CalendarDay,
    CalendarYear,
    NegativeListItem,
    PublishedChallenge,
    Region,
    TechnologyField,
)
from marketplace.registry.wording import speaks_of

DATA = Path(__file__).parent / "data"
SHIPPED_ARCHIVE = DATA / "published_challenges.jsonl"


def regions() -> QuerySet[Region]:
    """All regions by code, with those above them, so that `full_name` and `covers` ask nothing more."""
    return Region.objects.select_related("parent__parent__parent")


def countries() -> QuerySet[Region]:
    """Countries and regions (国家/地区): China first, then by English name."""
    china_first = Case(When(code="CN", then=Value(0)), default=Value(1))
    return Region.objects.filter(kind=Region.Kind.COUNTRY).order_by(china_first, "name_en")


def technology_fields() -> QuerySet[TechnologyField]:
    """All technology fields in the order in which pages list them."""
    return TechnologyField.objects.all()


def negative_list(*, on: date) -> QuerySet[NegativeListItem]:
    """The items in force on that day, its first and last day included (H22, W14)."""
    still = Q(valid_until=None) | Q(valid_until__gte=on)
    return NegativeListItem.objects.filter(still, valid_from__lte=on)


def hits(text: str, *, on: date) -> list[NegativeListItem]:
    """The items of the negative list, in force on that day, that the text speaks of (H22, W14).

    Empty means: nothing known against it. A word list knows plain cases only; a person still reads the text.
    """
    return [item for item in negative_list(on=on) if speaks_of(text, keywords=item.keywords, unless=item.unless)]


def work_calendar() -> WorkCalendar:
    """The working-day calendar as now known, in two queries."""
    kinds: dict[str, set[date]] = {kind: set() for kind in CalendarDay.Kind.values}
    for day, kind in CalendarDay.objects.values_list("date", "kind"):
        kinds[kind].add(day)
    published = CalendarYear.objects.filter(published=True).values_list("year", flat=True)
    return WorkCalendar(
        holidays=frozenset(kinds[CalendarDay.Kind.HOLIDAY]),
        makeup_days=frozenset(kinds[CalendarDay.Kind.MAKEUP]),
        published_years=frozenset(published),
    )


def add_working_days(start: datetime, days: int) -> WorkingSpan:
    """When a period of `days` working days that starts at `start` is over; see `WorkCalendar` (L16, L21)."""
    return work_calendar().add_working_days(start, days)


def first_unsettled_day(*, since: date, within: int) -> date | None:
    """The first of the next `within` days whose holiday arrangement is not published, if there is one."""
    calendar = work_calendar()
    ahead = (since + ONE_DAY * count for count in range(within))
    return next((day for day in ahead if not calendar.is_settled(day)), None)


def mapping() -> Mapping:
    """What industries and region texts of import files mean here, in one query."""
    stated: dict[str, Any] = json.loads((DATA / "mapping.json").read_text(encoding="utf-8"))
    return mapping_from(industries=stated["industries"], stated=stated["regions"], regions=regions())


def archive() -> QuerySet[PublishedChallenge]:
    """The reference archive (外部公开榜单), latest year first, with what a list shows: three queries in all."""
    return PublishedChallenge.objects.select_related("region__parent__parent").prefetch_related("fields")


def archive_matching(
    *,
    text: str = "",
    field: TechnologyField | None = None,
    region: Region | None = None,
    year: int | None = None,
) -> QuerySet[PublishedChallenge]:
    """Archive entries of this field, in this region or below it, of this year, holding this text as it stands."""
    entries = archive()
    if text:
        columns = ("title", "description", "indicators_text", "sponsor")
        entries = entries.filter(Q(*[Q(**{f"{name}__icontains": text}) for name in columns], _connector=Q.OR))
    if field is not None:
        entries = entries.filter(fields=field)
    if region is not None:
        entries = entries.filter(codes.within("region__code", [region.code]))
    if year is not None:
        entries = entries.filter(published_year=year)
    return entries


def archive_fields() -> QuerySet[TechnologyField]:
    """Fields in which the archive holds something."""
    return TechnologyField.objects.filter(pk__in=PublishedChallenge.fields.through.objects.values("technologyfield"))


def archive_regions() -> list[Region]:
    """Countries and provinces in which the archive holds something, countries first; one query."""
    direct = regions().filter(pk__in=PublishedChallenge.objects.values("region"))
    found: dict[str, Region] = {}
    for region in direct:
        at: Region | None = region
        while at is not None:
            found[at.code] = at
            at = at.parent
    wide = [one for one in found.values() if one.kind in {Region.Kind.COUNTRY, Region.Kind.PROVINCE}]
    return sorted(wide, key=lambda one: (one.kind != Region.Kind.COUNTRY, one.code))


def archive_years() -> list[int]:
    """Years of which the archive holds something, latest first."""
    years = PublishedChallenge.objects.order_by("-published_year").values_list("published_year", flat=True)
    return [year for year in years.distinct() if year is not None]


def facts_shown() -> Q:
    """Which facts of this room audit administrators may see: all."""
    return Q(stream__startswith="archive:")
