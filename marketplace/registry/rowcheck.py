"""Taking typed values out of a JSON object, noting every complaint instead of stopping at the first.

The words of a complaint are for the person who made the file: the name as it stands there, and what is wrong.
"""

import unicodedata
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
ALLOWED_CONTROLS = "\n\r\t"


class Row:
    """One record of an import file. After all values were taken, `complaints` says what is wrong with it."""

    def __init__(self, values: dict[str, Any], *, prefix: str = "", complaints: list[str] | None = None) -> None:
        self.values = values
        self.prefix = prefix
        self.complaints: list[str] = [] if complaints is None else complaints

    def complain(self, key: str, what: str) -> None:
        """Note that the value under this name cannot be taken."""
        self.complaints.append(f"{self.prefix}{key} {what}")

    def text(self, key: str, *, longest: int, required: bool = False) -> str:
        """A text of at most `longest` characters without control characters; null and absent read as empty."""
        value = self._text(key, self.values.get(key), longest)
        if required and not value and not self._complained_of(key):
            self.complain(key, "is missing")
        return value

    def texts(self, key: str, *, most: int, longest: int) -> list[str]:
        """A list of at most `most` texts; empty ones are dropped."""
        items = enumerate(self._list(key, most), start=1)
        return [text for position, item in items if (text := self._text(f"{key} {position}", item, longest))]

    def _text(self, key: str, value: Any, longest: int) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self.complain(key, f"is {_kind(value)}, not a text")
        elif len(value) > longest:
            self.complain(key, f"has {len(value)} characters; at most {longest} are allowed")
        elif any(_forbidden(character) for character in value):
            self.complain(key, "holds a control character or a broken one")
        else:
            return value.strip()
        return ""

    def _complained_of(self, key: str) -> bool:
        return any(complaint.startswith(f"{self.prefix}{key} ") for complaint in self.complaints)

    def sections(self, key: str, *, most: int) -> list["Row"]:
        """A list of at most `most` objects; their complaints are noted here."""
        taken = []
        for position, item in enumerate(self._list(key, most), start=1):
            if isinstance(item, dict):
                taken.append(Row(item, prefix=f"{self.prefix}{key} {position}: ", complaints=self.complaints))
            else:
                self.complain(key, f"{position} is {_kind(item)}, not an object")
        return taken

    def section(self, key: str) -> "Row":
        """An object; absent and null read as an empty one."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, dict):
            self.complain(key, f"is {_kind(value)}, not an object")
        return Row(
            value if isinstance(value, dict) else {},
            prefix=f"{self.prefix}{key}.",
            complaints=self.complaints,
        )

    def _list(self, key: str, most: int) -> list[Any]:
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.complain(key, f"is {_kind(value)}, not a list")
            return []
        if len(value) > most:
            self.complain(key, f"has {len(value)} entries; at most {most} are allowed")
        return value[:most]

    def choice(self, key: str, choices: Collection[str]) -> str:
        """One of these texts."""
        value = self.values.get(key)
        if isinstance(value, str) and value in choices:
            return value
        self.complain(key, f"must be one of {', '.join(sorted(choices))}")
        return ""

    def whole(self, key: str, *, least: int, most: int) -> int | None:
        """A whole number between these two, or None where there is none."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.complain(key, f"is {_kind(value)}, not a whole number")
        elif not least <= value <= most:
            self.complain(key, f"must lie between {least} and {most}")
        else:
            return value
        return None

    def minor_units(self, key: str, *, most: int) -> int | None:
        """An amount of money above 0 and at most `most` units, as whole hundredths; None where there is none."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.complain(key, f"is {_kind(value)}, not an amount")
        elif not 0 < value <= most:
            self.complain(key, f"must lie above 0 and not above {most}")
        elif (hundredths := Decimal(value) * 100) != int(hundredths):
            self.complain(key, "has more than two decimal places")
        else:
            return int(hundredths)
        return None

    def day(self, key: str) -> date | None:
        """A date as YYYY-MM-DD, or None where there is none."""
        value = self.text(key, longest=40)
        if not value:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.complain(key, "is not a date like 2026-11-22")
            return None
        if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            self.complain(key, f"must lie between the years {EARLIEST_YEAR} and {LATEST_YEAR}")
        return day

    def address(self, key: str, *, longest: int) -> str:
        """A web address that begins with http:// or https:// and names a host; empty where there is none."""
        value = self.text(key, longest=longest)
        if not value:
            return ""
        try:
            parts = urlsplit(value)
            fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in value
        except ValueError:
            fits = False
        if not fits:
            self.complain(key, "is not a web address with http:// or https://")
        return value


def _forbidden(character: str) -> bool:
    """Control characters but line breaks and tabs, and halves of surrogate pairs: no database takes them all."""
    return unicodedata.category(character) in {"Cc", "Cs"} and character not in ALLOWED_CONTROLS


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | Decimal):
        return "a number"
    return {str: "a text", list: "a list", dict: "an object", type(None): "empty"}.get(type(value), "something else")
