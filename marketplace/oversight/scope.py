"""What is being counted: everything, a region with all below it, a technology field, a month. Pure but for names."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from marketplace.kernel.moments import BEIJING
from marketplace.registry.codes import within
from marketplace.registry.models import Region, TechnologyField

REGION = re.compile(r"[A-Z]{2}|[0-9]{6}")
FIELD = re.compile(r"[-a-z0-9_]{1,40}")
MONTH = re.compile(r"(2[0-9]{3})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """A part of the published challenges. `alone` leaves out what lies below the region."""

    region: Region | None = None
    alone: bool = False
    field: TechnologyField | None = None
    month: date | None = None

    def narrow(self, path: str = "") -> Q:
        """The condition on challenges; `path` leads to the challenge from another model ("challenge__")."""
        wanted = Q()
        if self.region is not None:
            wanted &= Q(**{f"{path}region": self.region}) if self.alone else Q(**{f"{path}region__in": self._reach()})
        if self.field is not None:
            wanted &= Q(**{f"{path}fields": self.field})
        if self.month is not None:
            first, behind = starts(self.month), starts(after(self.month))
            wanted &= Q(**{f"{path}opened_at__gte": first, f"{path}opened_at__lt": behind})
        return wanted

    def _reach(self) -> QuerySet[Region]:
        """The region and all below it, to be looked up once and not for each challenge."""
        codes = [self.region.code] if self.region else []
        return Region.objects.filter(within("code", codes)).order_by()

    def at(self, **changes: object) -> "Scope":
        """The same scope with something narrowed further."""
        return replace(self, **changes)  # type: ignore[arg-type]  # names and values are this class's own

    @property
    def key(self) -> str:
        """What tells this scope from every other, for the cache."""
        return self.query or "everything"

    @property
    def query(self) -> str:
        """The scope as a query string: `?region=420000&field=new-energy`; empty where everything is counted."""
        asked = {
            "region": self.region.code if self.region else "",
            "alone": "1" if self.alone else "",
            "field": self.field.code if self.field else "",
            "month": f"{self.month:%Y-%m}" if self.month else "",
        }
        given = urlencode({name: value for name, value in asked.items() if value})
        return f"?{given}" if given else ""


EVERYTHING = Scope()


def starts(month: date) -> datetime:
    """The first moment of a month in Beijing."""
    return datetime(month.year, month.month, 1, tzinfo=BEIJING)


def after(month: date, count: int = 1) -> date:
    """The first day of the month that lies `count` months later; earlier for a negative count."""
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def month_named(text: str) -> date | None:
    """The month written as 2026-11, or None."""
    read = MONTH.fullmatch(text)
    return date(int(read[1]), int(read[2]), 1) if read else None
