"""The figures as tables: the same ones for the page, its charts, CSV and xlsx. No database but for names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.kernel.moments import MONTHS as MONTH_NAMES
from marketplace.kernel.money import FEN_PER_YUAN, spoken
from marketplace.oversight import countings, solvers
from marketplace.oversight.countings import Counting
from marketplace.oversight.queries import MONTHS, Figures, Numbers
from marketplace.oversight.scope import Scope, after
from marketplace.registry import queries as registry
from marketplace.registry.models import Region

FULL = 1000
"""The length of the longest bar; the others are to scale."""

Value = int | float | str | None


@dataclass(frozen=True)
class Cell:
    """One figure: its value for machines, its words for people, and the list it opens.

    `counted` says that the list holds exactly so many; a sum or a number of proposals opens the list it comes from.
    """

    value: Value
    text: str
    url: str = ""
    counted: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a table. `bar` and `done` are lengths out of `FULL`, to be drawn beside it."""

    label: str
    cells: list[Cell]
    url: str = ""
    bar: int = 0
    done: int = 0


@dataclass(frozen=True)
class Table:
    """A table with what is above its columns; `heads` are the same for files, where units must be said."""

    name: str
    title: str
    columns: list[str]
    rows: list[Row]
    note: str = ""
    heads: list[str] = field(default_factory=list)
    charted: bool = False


def tables_of(figures: Figures, scope: Scope) -> list[Table]:
    """Every table of the scope, in the order of the page, in the reader's language."""
    listed = [
        _glance(figures, scope),
        _reasons(figures, scope),
        _paces(figures, scope),
        _solvers(figures),
        _winners(figures, scope),
        _shares(figures, scope),
        _regions(figures, scope),
        _months(figures, scope),
    ]
    if scope.field is None:
        listed.insert(-1, _fields(figures, scope))
    return [table for table in listed if table.rows]


def number(count: int, counting: Counting, scope: Scope) -> Cell:
    """A count that opens its list; a zero opens nothing."""
    return Cell(int(count), f"{count:,}", list_url(counting, scope) if count else "", counted=True)


def list_url(counting: Counting, scope: Scope) -> str:
    """Where the rows of a counting are shown."""
    return reverse("figures:list", args=[counting.name]) + scope.query


def page_url(scope: Scope) -> str:
    """Where the figures of a scope stand."""
    narrowed = Scope(field=scope.field).query
    if scope.region is None:
        return reverse("figures:overview") + narrowed
    return reverse("figures:region", args=[scope.region.code]) + narrowed


def money(fen: int, url: str = "") -> Cell:
    """An amount: yuan for machines, as people read it for people."""
    yuan, rest = divmod(int(fen), FEN_PER_YUAN)
    value = int(fen) / FEN_PER_YUAN if rest else yuan
    return Cell(value, spoken(int(fen), get_language() or "zh-hans"), url if fen else "")


def share(part: int, whole: int) -> Cell:
    """A share in percent, to a tenth; nothing where there is no whole."""
    percent = round(100 * part / whole, 1) if whole else None
    return Cell(percent, "" if percent is None else f"{percent:g} %")


def month_name(month: date) -> str:
    """2026年11月, or November 2026."""
    if (get_language() or "zh").startswith("zh"):
        return f"{month.year}年{month.month}月"
    return f"{MONTH_NAMES[month.month - 1]} {month.year}"


def _glance(figures: Figures, scope: Scope) -> Table:
    totals = figures.totals
    rows = [Row(str(one.label), [number(totals[one.column], one, scope)]) for one in countings.COURSE]
    rows.insert(1, Row(_("Money offered"), [money(totals["offered"], list_url(countings.COURSE[0], scope))]))
    rows.append(
        Row(_("Money awarded"), [money(totals["awarded_money"], list_url(countings.COUNTINGS["awarded"], scope))])
    )
    rows += [Row(str(one.label), [number(totals[one.column], one, scope)]) for one in countings.OPENINGS]
    proposals = figures.solvers.proposals
    answered = list_url(countings.COUNTINGS["answered"], scope)
    rows.append(Row(_("Proposals opened"), [Cell(proposals, f"{proposals:,}", answered if proposals else "")]))
    heads = [_("Figure"), _("Number; amounts in CNY")]
    return Table("glance", _("At a glance"), [_("Figure"), _("Number")], rows, heads=heads)


def _reasons(figures: Figures, scope: Scope) -> Table:
    counts = [(one, figures.totals[one.column]) for one in countings.REASONS]
    rows = [Row(str(one.label), [number(count, one, scope)]) for one, count in counts if figures.totals["failed"]]
    return Table("reasons", _("Why calls ended without an award"), [_("Reason"), _("Challenges")], _barred(rows))


def _paces(figures: Figures, scope: Scope) -> Table:
    rows = []
    for pace in figures.paces:
        counting = countings.COUNTINGS[pace.name]
        days = Cell(pace.days, "" if pace.days is None else f"{pace.days:g}")
        rows.append(Row(str(counting.label), [days, number(pace.count, counting, scope)]))
    columns = [_("Stage"), _("Median days"), _("Challenges")]
    return Table("stages", _("How long each stage takes"), columns, _barred(rows), note=latest_note())


def _solvers(figures: Figures) -> Table:
    bands = figures.solvers.kinds
    rows = [Row(str(solvers.KINDS[kind]), [Cell(str(band), str(band))]) for kind, band in bands.items()]
    note = _(
        "A person or an organisation counts once. Numbers are given in bands of five,"
        " so that nobody who did not win is given away."
    )
    return Table("solvers", _("Who answers"), [_("Solvers"), _("How many")], rows, note=note)


def _winners(figures: Figures, scope: Scope) -> Table:
    whole = figures.won[countings.WON.column]
    rows = [_part(one, figures, scope, whole) for one in countings.WINNERS if whole]
    columns = [_("Winners"), _("Number"), _("Of how many"), _("Share")]
    heads = [*columns[:3], _("Share in percent")]
    return Table("winners", _("Who wins"), columns, _barred(rows), note=latest_note(), heads=heads)


def _shares(figures: Figures, scope: Scope) -> Table:
    university, placed, across = countings.SHARES
    won = figures.won[countings.WON.column]
    rows = [
        _part(university, figures, scope, won),
        _part(across, figures, scope, figures.won[placed.column], placed),
    ]
    columns = [_("Awards"), _("Number"), _("Of how many"), _("Share")]
    heads = [*columns[:3], _("Share in percent")]
    note = _(
        "Of persons who won in their own name no place is known here;"
        " their awards are left out where places are compared."
    )
    title = _("Between enterprises and universities, between regions")
    return Table("shares", title, columns, rows if won else [], note=note, heads=heads)


def _part(one: Counting, figures: Figures, scope: Scope, whole: int, of: Counting = countings.WON) -> Row:
    count = figures.won[one.column]
    return Row(str(one.label), [number(count, one, scope), number(whole, of, scope), share(count, whole)])


def _regions(figures: Figures, scope: Scope) -> Table:
    """The regions just below the scope; no table where there is none, for then the scope's own figures say it all."""
    known = {one.code: one for one in registry.regions().filter(code__in=figures.regions)}
    found = [(known[code], numbers) for code, numbers in _by_posted(figures.regions) if code in known]
    rows = [_region_row(region, numbers, scope) for region, numbers in found]
    shown = rows if any(row.url for row in rows) else []
    note = _("A region counts itself and everything below it.")
    return _course_table("regions", _("By region"), _("Region"), shown, note)


def _region_row(region: Region, numbers: Numbers, scope: Scope) -> Row:
    if scope.region is not None and region.code == scope.region.code:
        label = _("%(region)s, no closer place given") % {"region": region.name}
        return Row(label, _course(numbers, scope.at(alone=True)))
    there = scope.at(region=region)
    return Row(region.name, _course(numbers, there), url=page_url(there))


def _fields(figures: Figures, scope: Scope) -> Table:
    known = {one.code: one for one in registry.technology_fields()}
    rows = [
        Row(known[code].name, _course(numbers, scope.at(field=known[code])), url=page_url(scope.at(field=known[code])))
        for code, numbers in _by_posted(figures.fields)
    ]
    note = _("A challenge of several fields counts in each of them, so the lines add up to more than the total.")
    return _course_table("fields", _("By technology field"), _("Technology field"), rows, note)


def _months(figures: Figures, scope: Scope) -> Table:
    rows = [
        Row(month_name(month), _course(figures.months.get(month, {}), scope.at(month=month)))
        for month in _without_gaps(figures.months)
    ]
    note = _("By the month of publication in Beijing time, for the last %(count)s months.") % {"count": MONTHS}
    return _course_table("months", _("By month"), _("Month"), rows, note)


def _course_table(name: str, title: str, first: str, rows: list[Row], note: str) -> Table:
    course = [str(one.label) for one in countings.COURSE]
    columns = [first, *course, _("Money offered")]
    heads = [first, *course, _("Money offered (CNY)")]
    return Table(name, title, columns, _drawn(rows), note=note, heads=heads, charted=True)


def _course(numbers: Numbers, scope: Scope) -> list[Cell]:
    cells = [number(numbers.get(one.column, 0), one, scope) for one in countings.COURSE]
    return [*cells, money(numbers.get("offered", 0))]


def _by_posted(found: dict[str, Numbers]) -> list[tuple[str, Numbers]]:
    return sorted(found.items(), key=lambda item: (-item[1]["posted"], item[0]))


def _without_gaps(months: Iterable[date]) -> Iterator[date]:
    known = sorted(months)
    month = known[-1] if known else None
    while month is not None and month >= known[0]:
        yield month
        month = after(month, -1)


def _barred(rows: list[Row]) -> list[Row]:
    """With a bar for the first figure of each line."""
    return _scaled(rows, lambda row: (row.cells[0].value, 0))


def _drawn(rows: list[Row]) -> list[Row]:
    """With a bar for what was posted, the awarded part of it set off."""
    return _scaled(rows, lambda row: (row.cells[0].value, row.cells[AWARDED_CELL].value))


AWARDED_CELL = [one.name for one in countings.COURSE].index("awarded")


def _scaled(rows: list[Row], lengths: Any) -> list[Row]:
    pairs = [lengths(row) for row in rows]
    longest = max((whole or 0 for whole, _part_of_it in pairs), default=0) or 1
    return [
        Row(row.label, row.cells, row.url, round(FULL * (whole or 0) / longest), round(FULL * (part or 0) / longest))
        for row, (whole, part) in zip(rows, pairs, strict=True)
    ]


def latest_note() -> str:
    """How far back the figures look that are told of the newest challenges only."""
    return _("Of the newest challenges concerned, %(count)s at most.") % {"count": f"{countings.LATEST:,}"}
