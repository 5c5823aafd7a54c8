"""What is a mobile number, and how it is written down (ITU-T E.164)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts.mobile_numbers import masked, normalised

ONE = "+8613800138000"


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "138 0013 8000",
        "+86 138-0013-8000",
        "0086 13800138000",
        "+86(138)00138000",
        "１３８００１３８０００ ",
    ],
)
def test_one_number_has_many_spellings(typed: str) -> None:
    assert normalised(typed) == ONE


@pytest.mark.parametrize(
    ("typed", "number"),
    [("+44 7911 123456", "+447911123456"), ("+1 (202) 555-0143", "+12025550143"), ("+4917612345678", "+4917612345678")],
)
def test_numbers_from_abroad_begin_with_a_prefix(typed: str, number: str) -> None:
    assert normalised(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        *("", "1380013800", "138001380001", "027-87654321", "400 800 8000", "+44 20 7946 0958", "110", "+", "1" * 31),
        *("13800138000@example.org", "13800138000 ext. 5", "13800138000;1", "1380013800O", "a13800138000"),
        "13800\x00138000",
    ],
)
def test_landlines_services_and_everything_else_are_none(typed: str) -> None:
    assert normalised(typed) == ""


@given(st.text(max_size=40) | st.text(alphabet="+0123456789 ()-.", max_size=20))
def test_what_comes_out_is_stable_and_fits_its_column(typed: str) -> None:
    number = normalised(typed)
    assert normalised(number) == number
    assert len(number) <= 16
    assert "@" not in number


def test_a_masked_number_calls_nobody() -> None:
    assert masked(ONE) == "+86138****8000"
    assert masked("+4790123456") == "+47****3456"
