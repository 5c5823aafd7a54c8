"""One line of My work (我的待办)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tasks.challenges.models import Challenge

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

    @classmethod
    def about(cls, challenge: Challenge, **said: Any) -> "Item":
        """A line about a challenge, under its title in the language it has."""
        return cls(title=challenge.heading, language=challenge.heading_language, **said)
