"""What a reader answers: references and texts, each of bounded length; or why there is nothing."""

import unicodedata
from dataclasses import dataclass, field

from marketplace.workbooks.lines import one_line

LARGEST = 5 * 1024 * 1024
MOST = 300
"""References read of one file; a profile holds no more."""
LONGEST_TITLE, LONGEST_PLACE, LONGEST_IDENTIFIER, LONGEST_LINK = 500, 300, 200, 500
LONGEST_TEXT = 5000
YEARS = range(1800, 2101)
PUBLICATION, PATENT = "PUBLICATION", "PATENT"
ALLOWED_CONTROLS = "\n\t"


class Unreadable(Exception):
    """The file as a whole says nothing that can be taken over; the code names the sentence in `importing.py`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class FoundReference:
    """A publication or patent as the file states it."""

    kind: str
    title: str
    year: int | None = None
    identifier: str = ""
    place: str = ""
    link: str = ""


@dataclass(kw_only=True)
class Found:
    """What a file says: whose record it is, where it says so, references, texts, and how many were left out."""

    orcid: str = ""
    references: list[FoundReference] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    left_out: int = 0


def line(value: object, most: int) -> str:
    """A text on one line, without what nobody sees in it, cut where it is longer than a reference's; else nothing."""
    if not isinstance(value, str):
        return ""
    seen = one_line(value[: most * 4])
    return seen if len(seen) <= most else f"{seen[: most - 1]}…"


def whole(value: object, most: int) -> str:
    """A line that is no use when it is cut: an identifier or an address; nothing where it is too long."""
    found = line(value, most + 1)
    return found if len(found) <= most else ""


def prose(value: object) -> str:
    """A text with its lines."""
    if not isinstance(value, str):
        return ""
    kept = (one for one in value[:LONGEST_TEXT] if one in ALLOWED_CONTROLS or unicodedata.category(one)[0] != "C")
    return "".join(kept).strip()


def year(value: object) -> int | None:
    """A year in four digits, where it is one."""
    text = value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) else ""
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() and int(text) in YEARS else None
