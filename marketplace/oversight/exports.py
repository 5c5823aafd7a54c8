"""The tables as files: CSV for anything, xlsx for Excel. No cell of either can act as a formula (F12)."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from marketplace.oversight.tables import Table, Value
from marketplace.workbooks.cells import BOM, harmless

SHEET_NAME = 31
"""Excel allows no longer name for a sheet."""


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
