"""The counting of the public figures: few queries, whatever the number of challenges (N23, H03, H27, 4.11).

The archive of calls published elsewhere is no `Challenge` and so is in none of these.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.cache import caches
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound
from marketplace.kernel.moments import BEIJING
from marketplace.oversight import countings
from marketplace.oversight.scope import FIELD, REGION, Scope, after, month_named, starts
from marketplace.oversight.solvers import Solvers, solvers
from marketplace.oversight.stages import STAGES, Pace, pace
from marketplace.registry import queries as registry
from marketplace.registry.codes import CHINA
from marketplace.registry.models import Region, TechnologyField
from tasks.adjudication.models import ChallengeAward
from tasks.challenges.models import Challenge

FRESH_FOR = 60
"""Seconds for which computed figures are shown again; the page says when they were counted."""

MONTHS = 24
Numbers = dict[str, int]
"""Values by column: a number for each counting, `offered` in 分."""


@dataclass(frozen=True)
class Figures:
    """Everything the page of a scope shows, in numbers."""

    counted_at: datetime
    totals: Numbers
    won: Numbers
    solvers: Solvers
    paces: list[Pace]
    regions: dict[str, Numbers]
    """By the code of the region just below the scope; the scope's own code for what is filed under it itself."""
    fields: dict[str, Numbers]
    months: dict[date, Numbers]


def figures(scope: Scope) -> Figures:
    """The figures of a scope, at most `FRESH_FOR` seconds old."""
    cache = caches["figures"]
    kept: Figures | None = cache.get(scope.key)
    if kept is None:
        kept = counted(scope)
        cache.set(scope.key, kept, FRESH_FOR)
    return kept


def counted(scope: Scope) -> Figures:
    """The figures of a scope, counted now."""
    now = clock.now()
    by_region = _by_region(scope)
    totals = summed(list(by_region.values()))
    return Figures(
        counted_at=now,
        totals={**totals, "awarded_money": _awarded_money(scope)},
        won=_won(scope),
        solvers=solvers(scope),
        paces=[pace(stage, scope) for stage in STAGES],
        regions=_rolled_up(by_region, scope.region),
        fields=_by_field(scope),
        months=_by_month(scope, now),
    )


def summed(rows: list[Numbers]) -> Numbers:
    """The rows added up, column by column; zeros where there is none."""
    return {name: sum(row[name] for row in rows) for name in _COLUMNS}


def scope_of(*, region: str = "", field: str = "", month: str = "", alone: bool = False) -> Scope:
    """The scope that an address names. Raises NotFound for what does not exist; empty means not narrowed."""
    first = month_named(month)
    if month and first is None:
        raise NotFound
    return Scope(
        region=_region(region) if region else None,
        field=_field(field) if field else None,
        month=first,
        alone=alone and bool(region),
    )


def offered(rows: QuerySet[Challenge]) -> int:
    """What these challenges offer together, in 分."""
    plain = rows.select_related(None).prefetch_related(None)
    return int(plain.aggregate(sum=Sum("bounty_amount", default=0))["sum"])


def _region(code: str) -> Region:
    found = registry.regions().filter(code=code).first() if REGION.fullmatch(code) else None
    if found is None:
        raise NotFound
    return found


def _field(code: str) -> TechnologyField:
    found = registry.technology_fields().filter(code=code).first() if FIELD.fullmatch(code) else None
    if found is None:
        raise NotFound
    return found


_COUNTED = (*countings.COURSE, *countings.REASONS, *countings.OPENINGS, countings.SAMPLES)
_COLUMNS = (*(one.column for one in _COUNTED), "offered")


def _numbers(counted: tuple[countings.Counting, ...]) -> dict[str, Count | Sum]:
    return {**{one.column: one.number for one in counted}, "offered": Sum("bounty_amount", default=0)}


def _by_region(scope: Scope) -> dict[int | None, Numbers]:
    rows = countings.published(scope).values("region").annotate(**_numbers(_COUNTED))
    return _keyed(rows, "region")


def _by_field(scope: Scope) -> dict[str, Numbers]:
    """By code, in the order of the fields; one that no challenge bears is left out."""
    rows = countings.published(scope).filter(fields__isnull=False).values("fields")
    found = _keyed(rows.annotate(**_numbers(countings.COURSE)), "fields")
    codes = registry.technology_fields().values_list("pk", "code")
    return {code: found[pk] for pk, code in codes if pk in found}


def _by_month(scope: Scope, now: datetime) -> dict[date, Numbers]:
    """The last `MONTHS` months in Beijing; those without a challenge are left out here."""
    first = after(now.astimezone(BEIJING).date(), 1 - MONTHS)
    rows = countings.published(scope).filter(opened_at__gte=starts(first))
    opened = rows.values(month=TruncMonth("opened_at", tzinfo=BEIJING)).annotate(**_numbers(countings.COURSE))
    return {month.date(): numbers for month, numbers in _keyed(opened, "month").items()}


def _keyed(rows: Iterable[Any], key: str) -> dict[Any, Numbers]:
    """The rows of a grouping by what they were grouped by."""
    return {row[key]: {name: int(value) for name, value in row.items() if name != key} for row in rows}


def _won(scope: Scope) -> Numbers:
    """Who won among the newest awarded."""
    looked_at = (countings.WON, *countings.WINNERS, *countings.SHARES)
    return countings.awards(scope).aggregate(**{one.column: one.number for one in looked_at})


def _awarded_money(scope: Scope) -> int:
    """All final awards together, in 分."""
    final = ChallengeAward.objects.filter(scope.narrow("challenge__"), final_at__isnull=False)
    return int(final.aggregate(sum=Sum("amount", default=0))["sum"])


def _rolled_up(by_region: dict[int | None, Numbers], scope: Region | None) -> dict[str, Numbers]:
    """What lies in each region directly below the scope, a challenge once."""
    known = list(registry.regions().values_list("pk", "code", "parent__code"))
    codes: dict[int | None, str] = {pk: code for pk, code, _above in known}
    parents: dict[str, str | None] = {code: above for _pk, code, above in known}
    groups: dict[str, list[Numbers]] = {}
    for pk, numbers in by_region.items():
        groups.setdefault(_step_below(codes.get(pk, ""), scope, parents), []).append(numbers)
    return {code: summed(rows) for code, rows in sorted(groups.items())}


def _step_below(code: str, scope: Region | None, parents: dict[str, str | None]) -> str:
    """The region on the way up from `code` that lies just below the scope; below everything: provinces, countries."""
    ends = {scope.code} if scope else {CHINA, None}
    while parents.get(code) not in ends and code not in ends and parents.get(code):
        code = parents[code] or ""
    return code
