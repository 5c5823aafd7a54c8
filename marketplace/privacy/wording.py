"""How declarations and values read on a page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.kernel.moments import spoken_moment
from marketplace.kernel.personal import Datum, Part
from marketplace.privacy.queries import Said

LONGEST = 240
"""Characters of one value on the page; the whole of it is in the file."""

NAMED = frozenset({"accounts", "registry"})
"""Apps whose rows everybody concerned may know by their names."""


@dataclass(frozen=True)
class Line:
    """One line of the public table."""

    what: str
    why: str
    basis: str
    how_long: str
    at_erasure: str


@dataclass(frozen=True)
class Kept:
    """One line of one's own page: what it is, and the values of one row."""

    what: str
    values: list[str]


def how_long(datum: Datum) -> str:
    """For how long a datum is kept, with the days that this installation has set."""
    return str(datum.kept.label) % {"days": settings.SECURITY_LOG_DAYS}


def table_of(parts: Iterable[Part]) -> dict[str, list[Line]]:
    """The public table: under each heading its lines, in the order of the declarations."""
    found: dict[str, list[Line]] = {}
    for part in parts:
        found.setdefault(str(part.about), []).extend(_line(datum) for datum in part.data)
    return found


def rows_of(told: Iterable[tuple[Part, list[Said]]]) -> dict[str, list[list[Kept]]]:
    """One's own page: under each heading the rows, each with its lines."""
    found: dict[str, list[list[Kept]]] = {}
    for part, rows in told:
        if rows:
            found.setdefault(str(part.about), []).extend(list(_kept(said)) for said in rows)
    return found


def _line(datum: Datum) -> Line:
    why, erased = datum.why, datum.erased
    return Line(str(datum.what), str(why.label), str(why.basis.label), how_long(datum), str(erased.label))


def _kept(said: Said) -> Iterator[Kept]:
    for datum, columns in said.lines:
        if datum.spoken is not None:
            told = [_spoken(value) for value in datum.spoken(said.row)]
        else:
            told = [_spoken(_label(said.row, name, value)) for name, value in columns.items()]
        yield Kept(str(datum.what), list(dict.fromkeys(one for one in told if one)) or [_("nothing")])


def _label(row: Any, column: str, value: Any) -> Any:
    """A code by the name that people read, a house or a region by its own; other rows are in the file by their id."""
    spelled = getattr(row, f"get_{column}_display", None)
    related = row._meta.get_field(column).related_model
    if related is not None and value is not None:
        return getattr(row, column) if related._meta.app_label in NAMED else ""
    return spelled() if spelled else value


def _spoken(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return spoken_moment(value, get_language() or settings.LANGUAGE_CODE)
    if isinstance(value, list | dict):
        told = value.values() if isinstance(value, dict) else value
        return Truncator(" · ".join(str(one) for one in told if one)).chars(LONGEST)
    return Truncator(str(value)).chars(LONGEST)
