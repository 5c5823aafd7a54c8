"""The machine-readable zone of a passport: two lines of 44 characters at the foot of its data page. Pure.

Source: ICAO Doc 9303, part 3 section 4.9 (check digits) and part 4 section 4.2.2 (the lines of a TD3 document).
"""

import re
from dataclasses import dataclass
from datetime import date

LINE = 44
WEIGHTS = (7, 3, 1)
SHAPE = re.compile(rf"[A-Z0-9<]{{{LINE}}}")
ISSUER = re.compile(r"[A-Z]{1,3}<*")
SHORTEST_NUMBER = 5
CENTURY = 100


class InvalidZone(ValueError):
    """These are not the two lines of a passport, or a check digit does not fit: something was mistyped."""


@dataclass(frozen=True)
class Passport:
    """What the zone says: its number, the three-letter code of the state that issued it, and its last day."""

    number: str
    issuer: str
    expires: date


def read(text: str, *, today: date) -> Passport:
    """The passport of these two lines. Raises InvalidZone."""
    lines = ["".join(line.split()).upper() for line in text.strip().splitlines() if line.strip()]
    if len(lines) != 2 or not all(SHAPE.fullmatch(line) for line in lines) or lines[0][0] != "P":
        raise InvalidZone
    above, below = lines
    if not ISSUER.fullmatch(above[2:5]) or len(below[:9].rstrip("<")) < SHORTEST_NUMBER:
        raise InvalidZone
    parts = (below[:10], below[13:20], below[21:28])
    if not all(_fits(part) for part in parts) or not _fits_optional(below[28:43]):
        raise InvalidZone
    if not _fits("".join(parts) + below[28:43] + below[43]):
        raise InvalidZone
    return Passport(below[:9].rstrip("<"), above[2:5].rstrip("<"), _day(below[21:27], today))


def check_digit(text: str) -> str:
    """The digit that belongs behind this text: values times 7, 3, 1 in turn, modulo 10."""
    return str(sum(_value(one) * WEIGHTS[place % 3] for place, one in enumerate(text)) % 10)


def _fits(text: str) -> bool:
    return text[-1] == check_digit(text[:-1])


def _fits_optional(text: str) -> bool:
    """The optional part may have `<` for a check digit when it is empty."""
    return _fits(text) or (set(text) == {"<"})


def _value(character: str) -> int:
    if character == "<":
        return 0
    return int(character) if character.isdigit() else ord(character) - ord("A") + 10


def _day(written: str, today: date) -> date:
    """A last day lies within fifty years of today: passports are issued for ten."""
    try:
        this = int(written[:2]) + today.year // CENTURY * CENTURY
        year = min((this - CENTURY, this, this + CENTURY), key=lambda one: abs(one - today.year))
        return date(year, int(written[2:4]), int(written[4:6]))
    except ValueError:
        raise InvalidZone from None
