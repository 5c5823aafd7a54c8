"""Working days as offices in China count them: L16 (a notice runs n working days), L21 (its end)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.registry import queries
from marketplace.registry.calendar import ONE_DAY, SHANGHAI, WorkCalendar, WorkingSpan

WEEKENDS_ONLY = WorkCalendar(frozenset(), frozenset(), frozenset(range(2000, 2100)))
EARLIEST, LATEST = datetime(2025, 1, 1), datetime(2027, 12, 1)  # noqa: DTZ001  # the strategy adds the zone
moments = st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC))
lengths = st.integers(1, 40)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
calendars = st.builds(
    WorkCalendar,
    holidays=st.frozensets(days, max_size=60),
    makeup_days=st.frozensets(days, max_size=30),
    published_years=st.frozensets(st.integers(2025, 2028)),
)


def beijing(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)


def last_day(span: WorkingSpan) -> date:
    return (span.end - timedelta(microseconds=1)).astimezone(SHANGHAI).date()


@given(calendars, moments, lengths)
def test_exactly_n_working_days_lie_within_the_span(calendar: WorkCalendar, start: datetime, n: int) -> None:
    day, last = start.astimezone(SHANGHAI).date() + ONE_DAY, last_day(calendar.add_working_days(start, n))
    counted = [day + ONE_DAY * k for k in range((last - day).days + 1)]
    assert sum(map(calendar.is_working_day, counted)) == n


@given(calendars, moments, lengths)
def test_it_ends_at_the_midnight_that_closes_a_working_day(calendar: WorkCalendar, start: datetime, n: int) -> None:
    span = calendar.add_working_days(start, n)
    assert calendar.is_working_day(last_day(span))
    assert span.end.astimezone(SHANGHAI).time() == time.min


@given(calendars, moments, moments, lengths, lengths)
def test_a_later_start_or_a_longer_run_never_ends_earlier(
    calendar: WorkCalendar, one: datetime, other: datetime, n: int, more: int
) -> None:
    earlier, later = sorted((one, other))
    first = calendar.add_working_days(earlier, n)
    assert first.end <= calendar.add_working_days(later, n).end
    assert first.end < calendar.add_working_days(earlier, n + more).end


CASES = [
    ((2026, 11, 16, 9, 0), 5, (2026, 11, 24), "Monday: five weekdays and a weekend"),
    ((2026, 11, 20, 23, 59), 1, (2026, 11, 24), "Friday night: Monday is day 1"),
    ((2026, 11, 21, 0, 0), 1, (2026, 11, 24), "Saturday counts for nothing"),
    ((2026, 9, 30, 12, 0), 1, (2026, 10, 9), "National Day: eight days later"),
    ((2026, 9, 30, 12, 0), 2, (2026, 10, 10), "two days after it"),
    ((2026, 9, 30, 12, 0), 3, (2026, 10, 11), "Saturday 10 October is worked"),
    ((2026, 2, 13, 12, 0), 1, (2026, 2, 15), "Saturday 14 February is worked, then nine days off"),
    ((2026, 2, 13, 12, 0), 2, (2026, 2, 25), "day 2 is the 24th"),
    ((2025, 12, 31, 18, 0), 1, (2026, 1, 5), "Sunday 4 January is worked"),
    ((2025, 9, 30, 18, 0), 1, (2025, 10, 10), "National Day with Mid-Autumn: eight days off"),
]


def test_holidays_and_days_made_up_for(reference: None) -> None:
    calendar = queries.work_calendar()
    for start, n, end, why in CASES:
        span = calendar.add_working_days(beijing(*start), n)
        assert span == WorkingSpan(beijing(*end), provisional=False), why


def test_the_day_of_the_start_is_the_day_in_shanghai() -> None:
    late = datetime(2026, 11, 19, 16, 30, tzinfo=UTC)  # already Friday the 20th in Shanghai
    assert WEEKENDS_ONLY.add_working_days(late, 1).end == beijing(2026, 11, 24)


def test_a_leap_day_is_a_day() -> None:
    assert WEEKENDS_ONLY.add_working_days(beijing(2028, 2, 28, 9), 1).end == beijing(2028, 3, 1)
    assert WEEKENDS_ONLY.add_working_days(beijing(2028, 2, 28, 9), 2).end == beijing(2028, 3, 2)


def test_a_year_without_published_holidays_counts_weekends_and_says_so(reference: None) -> None:
    assert queries.add_working_days(beijing(2026, 12, 30, 9), 5) == WorkingSpan(beijing(2027, 1, 7), provisional=True)
    assert not queries.add_working_days(beijing(2026, 12, 17, 9), 5).provisional


def test_the_last_week_of_december_waits_for_the_next_year(reference: None) -> None:
    """New Year's days off have reached back into December, so its last week is not settled before."""
    calendar = queries.work_calendar()
    assert calendar.is_settled(date(2026, 12, 24))
    assert not calendar.is_settled(date(2026, 12, 25))
    assert calendar.is_settled(date(2025, 12, 31))


def test_the_first_day_ahead_that_is_not_settled(reference: None) -> None:
    assert queries.first_unsettled_day(since=date(2026, 11, 22), within=60) == date(2026, 12, 25)
    assert queries.first_unsettled_day(since=date(2026, 6, 1), within=60) is None


@pytest.mark.parametrize(("year", "holidays", "makeup_days"), [(2025, 28, 5), (2026, 33, 6)])
def test_the_published_years_are_complete(reference: None, year: int, holidays: int, makeup_days: int) -> None:
    """2025: 国办发明电〔2024〕12号; 2026: the notice of 4 November 2025. Days made up are weekend days."""
    calendar = queries.work_calendar()
    assert sum(day.year == year for day in calendar.holidays) == holidays
    made_up = [day for day in calendar.makeup_days if day.year == year]
    assert len(made_up) == makeup_days
    assert all(day.weekday() >= 5 for day in made_up)


def test_a_period_has_a_day_and_a_zone() -> None:
    with pytest.raises(ValueError, match="at least one"):
        WEEKENDS_ONLY.add_working_days(beijing(2026, 1, 1), 0)
    with pytest.raises(ValueError, match="aware"):
        WEEKENDS_ONLY.add_working_days(datetime(2026, 1, 1), 1)  # noqa: DTZ001  # the naive moment is the point
