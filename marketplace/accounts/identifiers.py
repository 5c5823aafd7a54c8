"""Numbers by which organisations outside China are known: ROR, LEI, or a national register's own. Pure.

Sources: ROR's identifier pattern (a leading 0, six characters of Crockford's base 32, two check digits of ISO/IEC 7064
mod 97-10 over their value); ISO 17442-1 for the LEI. A register's number means something with its country only.
"""

import re
import unicodedata

from stdnum import lei as iso_17442
from stdnum.iso7064 import mod_97_10

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 by value: no i, l, o, u."""
ROR_SHAPE = re.compile(rf"0([{ALPHABET}]{{6}})([0-9]{{2}})")

LEI_SHAPE = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
"""The library proves the check digits, not the shape."""


def normalised_ror(typed: str) -> str:
    """The nine characters, also from the address they are mostly given as."""
    return typed.strip().lower().removeprefix("https://").removeprefix("ror.org/").rstrip("/")


def is_ror(code: str) -> bool:
    """Whether normalised characters have the shape of a ROR identifier and its check digits fit."""
    found = ROR_SHAPE.fullmatch(code)
    return found is not None and mod_97_10.is_valid(f"{_value(found[1])}{found[2]}")


def normalised_lei(typed: str) -> str:
    """The twenty characters, without the blanks people put between groups."""
    return str(iso_17442.compact(typed)).strip().upper()


def is_lei(code: str) -> bool:
    """Whether normalised characters are a legal entity identifier whose check digits fit."""
    return LEI_SHAPE.fullmatch(code) is not None and bool(iso_17442.is_valid(code))


def normalised_number(typed: str) -> str:
    """A register's own number in one form: wide characters and doubled blanks do not make another one."""
    return " ".join(unicodedata.normalize("NFKC", typed).split())


def _value(digits: str) -> int:
    total = 0
    for digit in digits:
        total = total * 32 + ALPHABET.index(digit)
    return total
