"""Arithmetic of the ranking: exact, order-free, and missing is never zero (I7)."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.adjudication.scoring import combined, ranking, weighted_total

WEIGHTS = {"a": 60, "b": 40}
totals = st.lists(st.fractions(0, 100, max_denominator=100), min_size=1, max_size=9)


def test_a_total_is_the_weighted_sum_of_points() -> None:
    assert weighted_total({"a": 90, "b": 70}, WEIGHTS) == Fraction(82)


@pytest.mark.parametrize("points", [{}, {"a": 90}, {"a": 90, "b": 70, "c": 1}])
def test_a_review_with_a_missing_or_foreign_criterion_does_not_count(points: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="missing is not zero"):
        weighted_total(points, WEIGHTS)


def test_weights_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="add up to 100"):
        weighted_total({"a": 1, "b": 1}, {"a": 60, "b": 30})


@given(st.integers(0, 100))
def test_equal_points_on_every_criterion_are_the_total(points: int) -> None:
    assert weighted_total({"a": points, "b": points}, WEIGHTS) == points


@given(totals)
def test_the_combined_number_lies_between_lowest_and_highest(given_totals: list[Fraction]) -> None:
    assert min(given_totals) <= combined(given_totals) <= max(given_totals)


@given(st.lists(st.fractions(0, 100, max_denominator=10), min_size=5, max_size=9))
def test_from_five_reviewers_up_one_extreme_moves_nothing(given_totals: list[Fraction]) -> None:
    calm = sorted(given_totals)
    assert combined(calm) == combined([Fraction(0), *calm[1:]]) == combined([*calm[:-1], Fraction(100)])


def test_below_five_nothing_is_trimmed() -> None:
    assert combined([Fraction(0), Fraction(50), Fraction(100), Fraction(50)]) == 50


def test_no_review_gives_no_number() -> None:
    with pytest.raises(ValueError, match="No locked review"):
        combined([])


def test_equals_share_a_rank_and_the_next_rank_is_skipped() -> None:
    lines = ranking({"P03": [Fraction(80)], "P01": [Fraction(80)], "P02": [Fraction(70)], "P04": [Fraction(90)]})
    assert [(line.code, line.rank) for line in lines] == [("P04", 1), ("P01", 2), ("P03", 2), ("P02", 4)]


@given(st.dictionaries(st.sampled_from(["P01", "P02", "P03", "P04"]), totals, min_size=1, max_size=4))
def test_the_ranking_does_not_depend_on_the_order_of_anything(given_totals: dict[str, list[Fraction]]) -> None:
    expected = ranking(given_totals)
    for codes in permutations(given_totals):
        assert ranking({code: list(reversed(given_totals[code])) for code in codes}) == expected


def test_what_is_shown_is_rounded_half_up() -> None:
    assert ranking({"P01": [Fraction(8, 3), Fraction(8, 3)]})[0].hundredths == 267
    assert ranking({"P01": [Fraction(1, 200)]})[0].hundredths == 1
