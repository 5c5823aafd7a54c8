"""What a table of a stranger's file is made of, and what keeps its texts from being formulas."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MOST_COLUMNS = 60
GUARD = "'"
TRIGGERS = frozenset("=+-@\t\r\n＝＋－＠|%")
"""What a spreadsheet program may take for a formula at the beginning of a cell (F12)."""


class Unreadable(Exception):
    """The file as a whole cannot be taken over; the code names a sentence of the room that reads it."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Cell:
    """The text of a cell, or what it is instead of text."""

    text: str = ""
    fault: str = ""


Table = Iterable[tuple[int, list[Cell]]]


def guarded(text: str) -> str:
    """The text so that no spreadsheet program takes it for a formula; `unguarded` gives it back."""
    bare = text.lstrip(f" {GUARD}\u3000\ufeff")
    return GUARD + text if bare[:1] in TRIGGERS and bare else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that kept it from being a formula."""
    return text[1:] if text.startswith(GUARD) and guarded(text[1:]) == text else text
