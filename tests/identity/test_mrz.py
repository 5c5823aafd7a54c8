"""Passports by their machine-readable zone; the specimen is the one printed in ICAO Doc 9303 part 4, appendix B."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.identity import mrz

ABOVE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
BELOW = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
SPECIMEN = f"{ABOVE}\n{BELOW}"
THEN = date(2010, 1, 1)


def test_the_specimen_is_read() -> None:
    assert mrz.read(SPECIMEN, today=THEN) == mrz.Passport("L898902C3", "UTO", date(2012, 4, 15))


def test_blanks_and_small_letters_do_not_matter() -> None:
    spaced = f"\n  {ABOVE[:20]} {ABOVE[20:].lower()} \r\n\n{BELOW[:10]} {BELOW[10:].lower()}\n"
    assert mrz.read(spaced, today=THEN) == mrz.read(SPECIMEN, today=THEN)


GUARDED = [*range(10), *range(13, 20), *range(21, 44)]
"""Places of the second line that a check digit covers, and the digits themselves."""


@given(place=st.sampled_from(GUARDED), other=st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"))
def test_a_mistyped_character_is_noticed_unless_it_weighs_the_same(place: int, other: str) -> None:
    typed = BELOW[:place] + other + BELOW[place + 1 :]
    same = mrz._value(other) % 10 == mrz._value(BELOW[place]) % 10  # 7, 3 and 1 have no factor with 10
    if same:
        return
    with pytest.raises(mrz.InvalidZone):
        mrz.read(f"{ABOVE}\n{typed}", today=THEN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        ABOVE,
        f"{BELOW}\n{ABOVE}",
        f"{ABOVE}\n{BELOW[:-1]}",
        f"{ABOVE}\n{BELOW}\n{BELOW}",
        f"I{ABOVE[1:]}\n{BELOW}",
        "护照",
    ],
)
def test_what_is_no_passport_is_unreadable(text: str) -> None:
    with pytest.raises(mrz.InvalidZone):
        mrz.read(text, today=THEN)


@given(st.text(max_size=120))
def test_nothing_else_is_raised_whatever_is_typed(text: str) -> None:
    with suppress(mrz.InvalidZone):
        mrz.read(text, today=THEN)


@pytest.mark.parametrize(("year", "today", "expected"), [("31", 2026, 2031), ("05", 2099, 2105), ("99", 2026, 1999)])
def test_a_last_day_lies_within_fifty_years(year: str, today: int, expected: int) -> None:
    day = f"{year}0415"
    assert mrz._day(day, date(today, 1, 1)).year == expected
