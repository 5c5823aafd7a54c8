"""J08, J09: which days fit, and that leave never lasts longer than three years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.consents.terms import CONDITIONS, ConsentKind, Period, years_after
from marketplace.kernel.errors import Refusal

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def fits(kind: str, first: date, last: date) -> bool:
    try:
        Period(first, last).require_fit(kind, TODAY)
    except Refusal:
        return False
    return True


@pytest.mark.parametrize(
    ("first", "last", "fit"),
    [
        (date(2027, 1, 1), date(2029, 12, 31), True),
        (date(2027, 1, 1), date(2030, 1, 1), False),
        (date(2028, 2, 29), date(2031, 2, 28), True),
        (date(2028, 2, 29), date(2031, 3, 1), False),
        (date(2027, 1, 2), date(2027, 1, 1), False),
        (date(2027, 1, 1), date(2027, 1, 1), True),
        (date(2026, 1, 1), date(2026, 11, 22), False),
        (date(2026, 1, 1), TODAY, True),
    ],
)
def test_leave_lasts_three_years_at_most(first: date, last: date, *, fit: bool) -> None:
    assert fits(ConsentKind.LEAVE, first, last) is fit


@given(DAYS, DAYS)
def test_leave_that_fits_is_over_before_the_same_day_three_years_later(first: date, last: date) -> None:
    if fits(ConsentKind.LEAVE, first, last):
        assert first <= last < years_after(first, 3)
        assert last - first <= timedelta(days=3 * 366)
        assert fits(ConsentKind.IN_SERVICE, first, last)


@given(DAYS, DAYS, DAYS)
def test_a_period_holds_on_its_days_and_on_no_other(first: date, last: date, day: date) -> None:
    assert Period(first, last).holds_on(day) == (first <= day <= last)


def test_paid_work_has_its_three_conditions() -> None:
    assert len(CONDITIONS[ConsentKind.IN_SERVICE]) == 3
    assert set(CONDITIONS) == set(ConsentKind)
