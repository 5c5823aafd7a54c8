"""From the bytes of a file that a stranger made to its rows. Pure, without Django: `__main__.py` runs it as a program
of its own, so that no file can take more time or memory than it is given.

Only the shape is judged here: which file, which columns, which cells are no plain text. What a cell means is judged
in `cells.py`.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from marketplace.workbooks.cells import MOST_COLUMNS, Cell, Table, Unreadable, refuse_old
from tasks.sheets import columns
from tasks.sheets.columns import UNIT

MOST_ROWS = 500
LARGEST_FILE = 5 * 1024 * 1024
HEAD_WITHIN = 10
"""The head of the table stands in one of the first ten rows: lists often begin with a title."""
EMPTY_IN_A_ROW = 2000
"""After so many empty rows a sheet is over, whatever size it claims."""
LONGEST_CELL = 20_000
MOST_TEXT = 3_000_000
"""Characters in all cells together: a list of 500 long postings has half of that. Small files unpack to far more."""
LONGEST_HEAD = 80
ALLOWED_CONTROLS = "\n\r\t"
SHOWN_OF_A_LONG_CELL = 200


@dataclass
class Row:
    """One row: texts by column, what else stood in it by its head, and what is wrong with single cells."""

    number: int
    cells: dict[str, str]
    others: dict[str, str] = field(default_factory=dict)
    faults: list[list[Any]] = field(default_factory=list)


@dataclass
class Reading:
    """What a file holds: its rows, and the heads nobody understood."""

    rows: list[Row]
    ignored: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Head:
    """What stands above a column, and which of ours it is, if any."""

    text: str
    column: str | None

    @classmethod
    def over(cls, cell: Cell) -> "Head":
        """The head that this cell is."""
        text = _plain(" ".join(cell.text.split())[:LONGEST_HEAD])[0]
        return cls("" if columns.is_beside(text) else text, columns.column_of(text))


def read(name: str, content: bytes) -> Reading:
    """Every row of the file that says something. Raises Unreadable."""
    if not content:
        raise Unreadable("empty")
    if len(content) > LARGEST_FILE:
        raise Unreadable("too_large")
    for table in _tables(name, content):
        reading = reading_of(table)
        if reading is not None:
            return reading
    raise Unreadable("no_head")


def _tables(name: str, content: bytes) -> Iterator[Table]:
    ending = name.lower().rpartition(".")[2]
    if content.startswith(b"PK"):
        if ending != "xlsx":
            raise Unreadable("workbook_by_another_name", ending=ending[:8])
        from marketplace.workbooks.opening import tables  # brings openpyxl along, which CSV does not need

        return tables(content)
    refuse_old(content)
    if ending == "xlsx":
        raise Unreadable("no_workbook")
    from tasks.sheets.delimited import table_of  # beside its sibling, and read no sooner than needed

    return iter([table_of(content)])


def reading_of(table: Table) -> Reading | None:
    """The rows below the head; None where no head is found. Raises Unreadable for too many rows, none, too much."""
    lines = _bounded(_filled(table))
    heads = _heads(lines)
    if heads is None:
        return None
    rows = []
    for number, cells in lines:
        row = _row(number, cells, heads)
        if row is not None:
            rows.append(row)
        if len(rows) > MOST_ROWS:
            raise Unreadable("too_many_rows", most=MOST_ROWS)
    if not rows:
        raise Unreadable("no_rows")
    return Reading(rows, [head.text for head in heads if head.text and head.column is None])


def _bounded(lines: Iterator[tuple[int, list[Cell]]]) -> Iterator[tuple[int, list[Cell]]]:
    """The same lines as long as they are no more than a list can hold."""
    left = MOST_TEXT
    for number, cells in lines:
        left -= sum(min(len(cell.text), LONGEST_CELL) for cell in cells)
        if left < 0:
            raise Unreadable("too_large_unpacked")
        yield number, cells


def _filled(table: Table) -> Iterator[tuple[int, list[Cell]]]:
    """Rows that hold anything, until so many empty ones follow each other that nothing more is expected."""
    empty = 0
    for number, cells in table:
        if any(cell.text.strip() or cell.fault for cell in cells):
            empty = 0
            yield number, cells[:MOST_COLUMNS]
        else:
            empty += 1
            if empty > EMPTY_IN_A_ROW:
                return


def _heads(lines: Iterator[tuple[int, list[Cell]]]) -> list[Head] | None:
    """The first row that names the title's column and another one; only the first rows are asked."""
    for place, (_number, cells) in enumerate(lines, start=1):
        heads = [Head.over(cell) for cell in cells]
        found = [head.column for head in heads if head.column]
        if "title" in found and len(found) > 1:
            _refuse_double(found)
            return heads
        if place >= HEAD_WITHIN:
            return None
    return None


def _refuse_double(found: list[str]) -> None:
    double = next((column for column in found if found.count(column) > 1), None)
    if double:
        raise Unreadable("column_twice", column=double)


def _row(number: int, cells: list[Cell], heads: list[Head]) -> Row | None:
    row = Row(number, {})
    for head, cell in zip(heads, cells, strict=False):
        text, fault = _judged(cell)
        if head.column and text:
            row.cells[head.column] = text
        elif head.text and text:
            row.others[head.text] = text
        if head.column == "bounty" and text:
            row.cells[UNIT] = columns.unit_of(head.text)
        if head.column and fault:
            row.faults.append([head.column, fault, {}])
    said = bool(row.cells or row.faults) and not columns.is_example(row.cells.get("title", ""))
    return row if said else None


def _judged(cell: Cell) -> tuple[str, str]:
    if len(cell.text) > LONGEST_CELL:
        return _plain(cell.text[:SHOWN_OF_A_LONG_CELL])[0], cell.fault or "cell_too_long"
    text, clean = _plain(cell.text)
    return text, cell.fault or ("" if clean else "control_characters")


def _plain(text: str) -> tuple[str, bool]:
    """The text with a mark for each character no database takes, and whether there was none."""
    plain = "".join("\ufffd" if _forbidden(one) else one for one in text)
    return plain.replace("\r\n", "\n").replace("\r", "\n").strip(), plain == text


def _forbidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} and character not in ALLOWED_CONTROLS
