"""What the database answers by itself: rows by id after a search, and whole lists while there is no engine."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import F, Model, OrderBy, Q, QuerySet

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Expert
from marketplace.registry.codes import within
from search.analysis import normalise
from search.queries import STATES, Ask, Sort, Stage
from tasks.challenges import queries as tasks
from tasks.challenges.models import Challenge

MOST_WORDS = 8
LONGEST_WORD = 60
Row = TypeVar("Row", bound=Model)


def challenges(ask: Ask, *, now: datetime) -> QuerySet[Challenge]:
    """Public challenges by the filters, holding every word of the text as it stands."""
    rows = tasks.public_challenges().filter(state__in=STATES[ask.stage])
    columns = ("title", "title_en", "description", "description_en")
    rows = _holding(_placed(rows, ask), ask.text, columns, named=("sponsor__name", "sponsor__name_en"))
    if ask.sponsor:
        rows = rows.filter(tasks.NAMED, sponsor__public_id=ask.sponsor)
    exact = {"mode": ask.mode}
    rows = rows.filter(**{name: value for name, value in exact.items() if value}, **_ranges(ask, now))
    return rows.order_by(*_order(ask))


def experts(ask: Ask) -> QuerySet[Expert]:
    """Experts by the filters, holding every word of the text as it stands."""
    columns = ("label", "expertise", "achievements", "institution_type")
    return _holding(_placed(accounts.experts(), ask), ask.text, columns).order_by("public_id")


def experts_by_id(public_ids: Iterable[str]) -> dict[str, Expert]:
    """Those of these experts that exist."""
    return {row.public_id: row for row in accounts.experts().filter(public_id__in=list(public_ids))}


def _placed(rows: QuerySet[Row], ask: Ask) -> QuerySet[Row]:
    if ask.field:
        rows = rows.filter(fields__code=ask.field)
    if ask.region:
        rows = rows.filter(within("region__code", [ask.region]))
    return rows


def _holding(rows: QuerySet[Row], text: str, columns: Iterable[str], named: Iterable[str] = ()) -> QuerySet[Row]:
    """Rows that hold each word in one of the columns; those `named` count where a sponsor shows its name (名称保密)."""
    for word in normalise(text.replace("\x00", "")).split()[:MOST_WORDS]:
        anywhere = [Q(**{f"{column}__icontains": word[:LONGEST_WORD]}) for column in columns]
        anywhere += [Q(tasks.NAMED, **{f"{column}__icontains": word[:LONGEST_WORD]}) for column in named]
        rows = rows.filter(Q(*anywhere, _connector=Q.OR))
    return rows


def _ranges(ask: Ask, now: datetime) -> dict[str, Any]:
    ends: dict[str, Any] = {"bounty_amount__gte": ask.bounty_min, "bounty_amount__lte": ask.bounty_max}
    if ask.closing_within is not None:
        ends |= {"deadline__gte": now, "deadline__lte": now + timedelta(days=ask.closing_within)}
    return {name: value for name, value in ends.items() if value is not None}


def _order(ask: Ask) -> list[OrderBy]:
    newest = F("opened_at").desc(nulls_last=True)
    chosen = {
        Sort.DEADLINE: F("deadline").asc(nulls_last=True)
        if ask.stage == Stage.OPEN
        else F("deadline").desc(nulls_last=True),
        Sort.BOUNTY: F("bounty_amount").desc(nulls_last=True),
    }
    first = chosen.get(ask.sort)
    return [*([first] if first else []), newest, F("public_id").asc()]
