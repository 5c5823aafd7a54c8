"""What a table of a stranger's file is made of, and what keeps texts of files from being formulas (F12)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MOST_COLUMNS = 60
BOM = "\ufeff"
"""Without it Excel reads UTF-8 as the office's old code page."""
GUARD = "'"
TRIGGERS = "=+\\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\ufe62\ufe63\ufe66\ufe6b\u2212"
"""What some spreadsheet program takes for the beginning of a formula, as a pattern's set: also wide and small signs."""
_ACTS = re.compile(rf"[\s'\"\u00a0\u3000\ufeff]*[{TRIGGERS}]|['\t\r\n]")
"""One of them, behind what programs pass over; or an apostrophe, tab or line break, which `harmless` tells apart."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_REPLACED = "\ufffd"
OLD = b"\xd0\xcf\x11\xe0"
"""How Excel's container from before 2007 begins ([MS-CFB] 2.2)."""
LOCKED = "EncryptedPackage".encode("utf-16-le")
"""How the directory of such a file names a workbook under a password ([MS-OFFCRYPTO] 2.3.4.4)."""


class Unreadable(Exception):
    """The file as a whole cannot be taken over; the code names a sentence of the room that reads it."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def refuse_old(content: bytes) -> None:
    """Raise Unreadable for Excel's old container: it holds an .xls, or a newer workbook under a password."""
    if content.startswith(OLD):
        raise Unreadable("locked" if LOCKED in content else "old_workbook")


@dataclass(frozen=True)
class Cell:
    """The text of a cell, or what it is instead of text."""

    text: str = ""
    fault: str = ""


Table = Iterable[tuple[int, list[Cell]]]


def harmless(text: str) -> str:
    """The text as no spreadsheet program can take for a formula: an apostrophe before it where it could.

    Also before one that begins with an apostrophe, a tab or a line break, so that taking one away gives the text back
    (`as_typed`). What cannot stand in a file of spreadsheets (control characters) becomes a replacement character, and
    line breaks are written one way.
    """
    clean = _CONTROL.sub(_REPLACED, re.sub("\r\n?", "\n", text))
    return GUARD + clean if _ACTS.match(clean) else clean


def as_typed(text: str) -> str:
    """The text without the apostrophe that kept it from being a formula."""
    return text[1:] if text.startswith(GUARD) and _ACTS.match(text[1:]) else text
