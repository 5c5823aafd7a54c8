"""CSV as spreadsheet programs write it: commas, semicolons or tabs; UTF-8, UTF-16 or GB18030. Pure, without Django."""

import csv
import io
from collections.abc import Iterator

from marketplace.workbooks.cells import Cell, Unreadable, as_typed
from tasks.sheets.columns import column_of
from tasks.sheets.reading import HEAD_WITHIN

DELIMITERS = ",;\t"
SAMPLE = 4000


def table_of(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of the text, numbered as a spreadsheet program shows them. Raises Unreadable."""
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    try:
        for number, values in enumerate(reader, start=1):
            yield number, [Cell(as_typed(value)) for value in values]
    except csv.Error as error:
        raise Unreadable("broken_csv", row=number + 1) from error


def _decoded(content: bytes) -> str:
    marked = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("no_text")


def _delimiter(text: str) -> str:
    """The one by which the first lines name most columns; a comma where none does."""
    first = text[:SAMPLE].splitlines()[:HEAD_WITHIN]
    return max(DELIMITERS, key=lambda one: max((_named(line.split(one)) for line in first), default=0))


def _named(heads: list[str]) -> int:
    return sum(column_of(head.strip('" ')) is not None for head in heads)
