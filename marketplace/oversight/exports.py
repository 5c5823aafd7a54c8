"""The tables as files: CSV for anything, xlsx for Excel. No cell of either can act as a formula (F12)."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from marketplace.oversight.tables import Table, Value

BOM = "\ufeff"
"""Without it Excel reads UTF-8 as the office's old code page."""

_TRIGGER = re.compile(
    r"[\s'\"\u00a0\u3000\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\ufe62\ufe63\ufe66\ufe6b\u2212]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_REPLACED = "\ufffd"
SHEET_NAME = 31
"""Excel allows no longer name for a sheet."""


def harmless(text: str) -> str:
    """The text as no spreadsheet program can take for a formula: an apostrophe before it where it could.

    Also before one that begins with an apostrophe, a tab or a line break, so that taking one away gives the text back.
    What cannot stand in a file of spreadsheets (control characters) becomes a replacement character, and line breaks
    are written one way.
    """
    clean = _CONTROL.sub(_REPLACED, re.sub("\r\n?", "\n", text))
    return f"'{clean}" if _TRIGGER.match(clean) or clean[:1] in {"'", "\t", "\r", "\n"} else clean


def lines(tables: list[Table], about: list[str]) -> Iterator[Sequence[Value]]:
    """Every line of a CSV file: what it is about, then table after table with its title and heads."""
    yield from ([line] for line in about)
    for table in tables:
        yield []
        yield from _table_lines(table)


def as_csv(tables: list[Table], about: list[str]) -> bytes:
    """UTF-8 with a mark at the beginning, CRLF as RFC 4180 asks."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([_safe(value) for value in line] for line in lines(tables, about))
    return (BOM + written.getvalue()).encode()


def as_xlsx(tables: list[Table], about: list[str], cover: str) -> bytes:
    """A sheet a table, after one that says what the file is about."""
    from openpyxl import Workbook  # here, because the processes that serve pages must stay small

    book = Workbook(write_only=True)
    _write(book, cover, [[line] for line in about])
    for table in tables:
        _write(book, table.title, _table_lines(table))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _table_lines(table: Table) -> Iterator[Sequence[Value]]:
    yield [table.title]
    if table.note:
        yield [table.note]
    yield [*(table.heads or table.columns)]
    for row in table.rows:
        yield [row.label, *(cell.value for cell in row.cells)]


def _write(book: Any, name: str, rows: Iterable[Sequence[Value]]) -> None:
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", harmless(name))[:SHEET_NAME])
    sheet.column_dimensions["A"].width = 42
    for row in rows:
        sheet.append([_safe(value) for value in row])


def _safe(value: Value) -> Value:
    return harmless(value) if isinstance(value, str) else value
