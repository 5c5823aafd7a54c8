"""Workbooks (.xlsx) that strangers made: looked over before they are opened, then read row by row. Without Django.

Nothing is calculated and nothing followed: a formula is a fault, a link to another file is never opened, macros are
refused. Entities and other tricks of XML are refused by defusedxml, which openpyxl uses where it is installed.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.xml import DEFUSEDXML

from marketplace.workbooks.cells import MOST_COLUMNS, Cell, Table, Unreadable, as_typed

MOST_MEMBERS = 300
LARGEST_MEMBER = 20 * 1024 * 1024
LARGEST_WHOLE = 40 * 1024 * 1024
LARGEST_SMALL_PART = 2 * 1024 * 1024
"""Styles, names and relations are read as a whole; no honest list needs more."""
LARGE_PARTS = ("xl/worksheets/", "xl/sharedStrings", "xl/media/", "xl/drawings/", "docProps/")
MOST_SHEETS = 10
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
CHUNK = 256 * 1024
MOST_MERGES = 5000


class Merge(NamedTuple):
    """First and last row and column of cells that were made one."""

    top: int
    bottom: int
    left: int
    right: int


def tables(content: bytes) -> Iterator[Table]:
    """The sheets of the workbook, each as rows of cells. Raises Unreadable."""
    if not DEFUSEDXML:
        raise Unreadable("unsafe_reader")
    with _distrusted(), zipfile.ZipFile(io.BytesIO(content)) as archive:
        _look_over(archive)
        yield from _sheets(content, archive)


@contextmanager
def _distrusted() -> Iterator[None]:
    """Whatever a stranger's file makes the parser raise means the same: it cannot be read."""
    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        raise Unreadable("broken_workbook") from error


def _look_over(archive: zipfile.ZipFile) -> None:
    """Refuse what is too large when unpacked, locked, or holds programs; only the directory is read for it."""
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("locked")
    names = {member.filename for member in members}
    if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in names):
        raise Unreadable("macros")
    if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
        raise Unreadable("no_workbook")
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_WHOLE:
        raise Unreadable("too_large_unpacked")
    for member in members:
        most = LARGEST_MEMBER if member.filename.startswith(LARGE_PARTS) else LARGEST_SMALL_PART
        if member.file_size > most:
            raise Unreadable("too_large_unpacked")


def _sheets(content: bytes, archive: zipfile.ZipFile) -> Iterator[Table]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out: styles, charts, rules
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        for sheet in book.worksheets[:MOST_SHEETS]:
            yield _rows(sheet, _merged(archive, sheet))


def _rows(sheet: Any, merges: list[Merge]) -> Iterator[tuple[int, list[Cell]]]:
    sheet.reset_dimensions()  # what a sheet says of its own size is not believed
    with _distrusted():
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
            here = [merge for merge in merges if merge.top <= number <= merge.bottom]
            yield number, [_cell(cell, here, place) for place, cell in enumerate(cells, start=1)]


def _cell(cell: Any, merges: list[Merge], place: int) -> Cell:
    value = cell.value
    if any(merge.left <= place <= merge.right for merge in merges):
        return Cell("" if value is None else _text(value), "merged")
    if value is None:
        return Cell()
    if cell.data_type == "f":
        return Cell(str(getattr(value, "text", value)), "formula")
    return Cell(_text(value), "error_value" if cell.data_type == "e" else "")


def _text(value: Any) -> str:
    """What the cell says as a person would type it; a number keeps each of its digits and gets no exponent."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return as_typed(str(value))


def _merged(archive: zipfile.ZipFile, sheet: Any) -> list[Merge]:
    """Every merge that joins rows; the streaming reader itself does not tell of them."""
    path = sheet._worksheet_path  # noqa: SLF001  # the only place where openpyxl says which part a sheet is
    found: list[Merge] = []
    rest = b""
    with archive.open(path) as part:
        while chunk := part.read(CHUNK):
            text = rest + chunk
            cut = text.rfind(b">") + 1
            text, rest = text[:cut], text[cut:][-CHUNK:]
            found += [_merge(*corners) for corners in MERGED.findall(text)]
            if len(found) > MOST_MERGES:
                raise Unreadable("too_many_merges")
    return [merge for merge in found if merge.bottom > merge.top]


def _merge(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Merge:
    return Merge(
        int(top), int(bottom), column_index_from_string(left.decode()), column_index_from_string(right.decode())
    )
