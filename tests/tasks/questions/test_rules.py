"""Until when questions are taken, and how long one waits (L06)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.registry.calendar import WorkCalendar
from tasks.questions import rules

MONDAY = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)
days = st.dates(MONDAY.date(), MONDAY.date() + timedelta(days=60))
calendars = st.builds(
    WorkCalendar, st.frozensets(days, max_size=20), st.frozensets(days, max_size=20), st.just(frozenset())
)
asked = st.integers(0, 30 * 86400).map(lambda seconds: MONDAY + timedelta(seconds=seconds))
PLAIN = WorkCalendar(frozenset(), frozenset(), frozenset())


@given(asked_at=asked, later=st.integers(0, 30 * 86400), calendar=calendars)
def test_a_question_is_overdue_from_the_very_moment_its_working_days_end(
    asked_at: datetime, later: int, calendar: WorkCalendar
) -> None:
    now = asked_at + timedelta(seconds=later)
    due = calendar.add_working_days(asked_at, rules.WORKING_DAYS).end
    assert rules.is_overdue(rules.days_waited(asked_at, now, calendar)) == (now >= due)


@given(asked_at=asked, calendar=calendars)
def test_three_working_days_take_three_days_at_least(asked_at: datetime, calendar: WorkCalendar) -> None:
    """What a query may leave out before it looks at the calendar."""
    assert calendar.add_working_days(asked_at, rules.WORKING_DAYS).end > asked_at + timedelta(days=rules.WORKING_DAYS)


@given(asked_at=asked, more=st.integers(0, 10 * 86400), calendar=calendars)
def test_the_days_waited_never_become_fewer(asked_at: datetime, more: int, calendar: WorkCalendar) -> None:
    now = asked_at + timedelta(days=5)
    later = now + timedelta(seconds=more)
    assert rules.days_waited(asked_at, now, calendar) <= rules.days_waited(asked_at, later, calendar)


def test_a_weekend_between_does_not_count() -> None:
    friday = MONDAY - timedelta(days=3)
    assert [rules.days_waited(friday, friday + timedelta(days=more), PLAIN) for more in range(7)] == [
        0, 0, 0, 0, 1, 2, 3,
    ]  # fmt: skip


@given(before=st.integers(1, 10**7))
def test_questions_end_48_hours_before_the_deadline_wherever_it_lies(before: int) -> None:
    deadline = MONDAY + timedelta(seconds=before)
    assert deadline - rules.until(deadline) == timedelta(hours=48)


@pytest.mark.parametrize(("length", "faults"), [(0, 1), (9, 1), (10, 0), (1000, 0), (1001, 1)])
def test_a_question_has_a_length(length: int, faults: int) -> None:
    assert len(list(rules.question_problems("问" * length))) == faults
