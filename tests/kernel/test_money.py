"""Amounts are exact: what is spoken is what is stored."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.money import fen_from_wan, spoken, wan_from_fen

UNITS = {"亿元": 10**10, "万元": 10**6, "元": 10**2, "billion": 10**11, "million": 10**8}


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [
        (300_000_000, "300 万元", "CNY 3 million"),
        (1_234_560, "12,345.60 元", "CNY 12,345.60"),
        (1_250_000_00, "125 万元", "CNY 1.25 million"),
        (12_500_000, "12.5 万元", "CNY 125,000"),
        (1_200_000_000, "1,200 万元", "CNY 12 million"),
        (12_345_000_000_00, "123.45 亿元", "CNY 12,345 million"),
        (120_000_000_00, "1.2 亿元", "CNY 120 million"),
        (123_456_700_000, "123,456.7 万元", "CNY 1,234,567,000"),
        (1, "0.01 元", "CNY 0.01"),
        (50_000, "500 元", "CNY 500"),
        (0, "0 元", "CNY 0"),
        (-300_000_000, "-300 万元", "CNY -3 million"),
    ],
)
def test_an_amount_is_spoken_in_the_largest_unit_that_says_it_exactly(fen: int, chinese: str, english: str) -> None:
    assert spoken(fen, "zh-hans") == chinese
    assert spoken(fen, "en") == english


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from(["zh-hans", "en"]))
def test_no_amount_loses_a_fen_by_being_spoken(fen: int, language: str) -> None:
    words = spoken(fen, language).removeprefix("CNY ").split(" ")
    unit = UNITS[words[1]] if len(words) > 1 else UNITS["元"]
    assert Decimal(words[0].replace(",", "")) * unit == fen


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_form_shows_in_wan_what_it_reads_back(fen: int) -> None:
    assert fen_from_wan(wan_from_fen(fen)) == fen


@pytest.mark.parametrize("typed", ["0.0000001", "1.2345678", "NaN", "Infinity", "-Infinity"])
def test_nothing_is_rounded(typed: str) -> None:
    with pytest.raises(ValueError, match=r"分|amount"):
        fen_from_wan(Decimal(typed))
