"""One line of My work (我的待办)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

LONGEST_SECTION = 50


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line: what it is about, what is next, whose turn, since when, and where to go."""

    title: str
    language: str
    what: Any
    since: datetime
    url: str
    act: str
    mine: bool = True
    whose: Any = ""
    deadline: datetime | None = None
