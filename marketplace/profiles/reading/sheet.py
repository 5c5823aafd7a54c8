"""A workbook of publications and patents: one row each, below a row that names the columns in either language."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from marketplace.profiles.reading import found
from marketplace.profiles.reading.found import PATENT, PUBLICATION, Found, FoundReference, Unreadable
from marketplace.workbooks.cells import Cell, refuse_old
from marketplace.workbooks.cells import Unreadable as NoTable


class Column(NamedTuple):
    """A column by its name in code and its head in each language. A file format: it does not change with a page."""

    key: str
    zh: str
    en: str


COLUMNS = (
    Column("kind", "类型", "Kind"),
    Column("title", "标题", "Title"),
    Column("year", "年份", "Year"),
    Column("identifier", "DOI 或专利号", "DOI or patent number"),
    Column("place", "发表或授权单位", "Where it appeared"),
    Column("link", "链接", "Link"),
)
KEYS = {head.casefold(): column.key for column in COLUMNS for head in (column.zh, column.en)}
PATENTS = frozenset({"专利", "patent"})
SAID = {
    "too_large_unpacked": "too_large",
    "too_many_merges": "too_large",
    "macros": "macros",
    "locked": "locked",
    "old_workbook": "old_workbook",
    "broken_workbook": "broken_workbook",
}
"""What is said of a workbook that cannot be opened, by what was wrong with it."""
HEAD_WITHIN = 10
MOST_LINES = 2000
"""Lines looked at, filled or not: a sheet may claim a million."""


def read(content: bytes) -> Found:
    """The rows of the first sheet with a head. Raises Unreadable."""
    if len(content) > found.LARGEST:
        raise Unreadable("too_large")
    from marketplace.workbooks.opening import tables  # brings openpyxl along, which a record does not need

    try:
        refuse_old(content)
        if not content.startswith(b"PK"):
            raise Unreadable("no_workbook")
        for table in tables(content):
            answer = _found(cells for _number, cells in table)
            if answer is not None:
                return answer
    except NoTable as failure:
        raise Unreadable(SAID.get(failure.code, "no_workbook")) from failure
    raise Unreadable("no_head")


def _found(lines: Iterable[list[Cell]]) -> Found | None:
    """What stands below the head; None without one."""
    rows = _bounded(lines)
    heads = _heads(rows)
    if not heads:
        return None
    answer = Found()
    for cells in rows:
        texts = {key: cell for key, cell in zip(heads, cells, strict=False) if key}
        if not any(cell.text.strip() for cell in texts.values()):
            continue
        reference = _reference(texts)
        if reference is None or len(answer.references) >= found.MOST:
            answer.left_out += 1
        else:
            answer.references.append(reference)
    return answer


def _bounded(lines: Iterable[list[Cell]]) -> Iterator[list[Cell]]:
    for _line, cells in zip(range(MOST_LINES), lines, strict=False):
        yield cells


def _heads(rows: Iterator[list[Cell]]) -> list[str]:
    """The keys by column of the first row that names the title and another column."""
    for _row, cells in zip(range(HEAD_WITHIN), rows, strict=False):
        keys = [KEYS.get(" ".join(cell.text.split()).casefold(), "") for cell in cells]
        if "title" in keys and len(set(filter(None, keys))) > 1:
            return keys
    return []


def _reference(texts: dict[str, Cell]) -> FoundReference | None:
    """A row's reference; None where a cell is a formula or an error, or the title is missing."""
    if any(cell.fault for cell in texts.values()):
        return None
    said = {key: cell.text for key, cell in texts.items()}
    title = found.line(said.get("title"), found.LONGEST_TITLE)
    if not title:
        return None
    link = found.whole(said.get("link"), found.LONGEST_LINK)
    return FoundReference(
        kind=PATENT if said.get("kind", "").strip().casefold() in PATENTS else PUBLICATION,
        title=title,
        year=found.year(said.get("year")),
        identifier=found.whole(said.get("identifier"), found.LONGEST_IDENTIFIER),
        place=found.line(said.get("place"), found.LONGEST_PLACE),
        link=link if link.startswith("https://") else "",
    )
