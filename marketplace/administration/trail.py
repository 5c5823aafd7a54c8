"""The audit trail as the audit administrator sees it: which facts, chosen how, and as what they are written out.

What may be seen is what some room has declared (`settings.TRAIL_SHOWS`); of a stream that nobody declared nothing
shows. A proposal's facts show once it was opened, and nothing here counts or numbers those that do not: pages are
followed by a mark that says nothing, and of a person's stream the places are left out, for it has quiet facts.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache, reduce
from operator import or_
from typing import Any, cast

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.kernel.concealing import CannotDecrypt, conceal, reveal
from marketplace.kernel.ids import is_public_id
from marketplace.kernel.moments import BEIJING
from marketplace.outbox.models import Fact
from marketplace.registry.calendar import ONE_DAY
from marketplace.workbooks.cells import harmless

MARK = "place in the trail"
FAMILIES = (
    *("user", "organisation", "expert", "challenge", "sheet", "proposal", "assignment", "archive"),
    *("grant", "trail"),
)
"""What a stream may be of."""
OFFICIAL = frozenset({*Role.values} - {Role.ADJUDICATOR, Role.SUPERVISOR})
"""Whose written reasons show: of official acts, and those about organisations whoever wrote them. What is written in
judging speaks of proposals, and stays there."""
PLAIN = ("role.", "grant.", "trail.", "organisation.", "consent.", "person.factor_reset")
"""Facts whose data shows; others may name reviewers."""
PORTION = 500


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody looks for: an id or a stream, a kind or a family of kinds, who acted, from which day to which."""

    about: str = ""
    kind: str = ""
    actor: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def said(self) -> dict[str, str]:
        """The same for the fact that tells of an export."""
        days = {"first": self.first, "last": self.last}
        texts = {"about": self.about, "kind": self.kind, "actor": self.actor}
        return {name: value for name, value in texts.items() if value} | {
            name: value.isoformat() for name, value in days.items() if value
        }


@dataclass(frozen=True)
class Line:
    """One fact as it is shown."""

    moment: datetime
    stream: str
    place: int | None
    kind: str
    subject: str
    actor: str
    name: str
    role: str
    reason: str
    data: str
    digest: str


COLUMNS = ("moment", "stream", "place", "kind", "subject", "actor", "role", "reason", "data", "digest")


def facts_shown() -> Q:
    """Which facts of this room audit administrators may see: all."""
    return Q(stream__startswith="grant:") | Q(stream__startswith="trail:")


def facts(asked: Asked) -> QuerySet[Fact]:
    """The facts that may be seen and were asked for, the latest first."""
    rows = Fact.objects.filter(reduce(or_, (shown() for shown in _declared()))).order_by("-pk")
    if asked.about:
        rows = rows.filter(_about(asked.about))
    if asked.kind:
        rows = rows.filter(kind__startswith=asked.kind)
    if asked.actor:
        rows = rows.filter(actor=asked.actor)
    if asked.first:
        rows = rows.filter(occurred_at__gte=_midnight(asked.first))
    if asked.last:
        rows = rows.filter(occurred_at__lt=_midnight(asked.last + ONE_DAY))
    return rows


def page(asked: Asked, *, mark: str, size: int) -> tuple[list[Line], str]:
    """So many of them below this mark, and the mark of the next page; "" where there is none. A false mark: the top."""
    rows = list(_below(facts(asked), _place(mark))[: size + 1])
    more = conceal(str(rows[size - 1].pk), purpose=MARK) if len(rows) > size else ""
    return lines(rows[:size]), more


def count(asked: Asked, *, most: int) -> int:
    """How many there are, counted no further than one more than `most`."""
    return facts(asked)[: most + 1].count()


def lines(rows: Sequence[Fact]) -> list[Line]:
    """As they are shown; who acted in an office is named, in one query, and nobody else."""
    officers = {row.actor for row in rows if row.role in Role.values}
    known = User.objects.filter(public_id__in=officers).values_list("public_id", "display_name")
    names = dict(known) if officers else {}
    return [line(row, names) for row in rows]


def written(asked: Asked, *, before: Fact, most: int) -> Iterator[Line]:
    """Those written before this one, without names, for a file: read in portions, the latest first."""
    found, below = facts(asked), before.pk
    while most > 0:
        rows = list(_below(found, below)[: min(PORTION, most)])
        yield from (line(row, {}) for row in rows)
        if len(rows) < PORTION:
            return
        below, most = rows[-1].pk, most - len(rows)


def as_json(line: Line) -> str:
    """One line of a file of JSON lines."""
    values = {name: getattr(line, name) for name in COLUMNS} | {"moment": line.moment.astimezone(UTC).isoformat()}
    return json.dumps(values, ensure_ascii=False) + "\n"


def as_cells(line: Line) -> list[str]:
    """One row of a CSV file; no cell can act as a formula (F12)."""
    values = [getattr(line, name) for name in COLUMNS[1:]]
    return [line.moment.astimezone(UTC).isoformat(), *("" if one is None else harmless(str(one)) for one in values)]


def line(fact: Fact, names: dict[str, str]) -> Line:
    """One fact as it is shown; `names` are of those who acted in an office."""
    return Line(
        moment=fact.occurred_at,
        stream=fact.stream,
        place=None if fact.stream.startswith("user:") else fact.sequence,
        kind=fact.kind,
        subject=fact.subject,
        actor=fact.actor,
        name=names.get(fact.actor, "") if fact.role in Role.values else "",
        role=fact.role,
        reason=fact.reason if fact.role in OFFICIAL or fact.kind.startswith("organisation.") else "",
        data=json.dumps(fact.data, sort_keys=True, ensure_ascii=False) if _says(fact) else "",
        digest=fact.digest,
    )


def _says(fact: Fact) -> bool:
    return bool(fact.data) and fact.kind.startswith(PLAIN)


def _about(typed: str) -> Q:
    """An id stands for whatever it names; anything else is a stream."""
    if not is_public_id(typed):
        return Q(stream=typed)
    return Q(subject=typed) | Q(actor=typed) | Q(stream__in=[f"{family}:{typed}" for family in FAMILIES])


def _below(rows: QuerySet[Fact], place: int | None) -> QuerySet[Fact]:
    return rows if place is None else rows.filter(pk__lt=place)


def _place(mark: str) -> int | None:
    """Encrypted, or the distance between two marks would count what does not show."""
    try:
        return int(reveal(mark, purpose=MARK)) if mark else None
    except CannotDecrypt:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, BEIJING)


@cache
def _declared() -> tuple[Any, ...]:
    return tuple(cast(Any, import_string(path)) for path in settings.TRAIL_SHOWS)
