"""An amendment is only ever in the solvers' favour, whatever is asked for (L06)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.registry.calendar import WorkCalendar
from tasks.amendments import rules
from tasks.amendments.rules import Call, Change

NOW = datetime(2026, 9, 24, 3, 0, tzinfo=UTC)
"""A Thursday before a long holiday."""
HOLIDAYS = frozenset(date(2026, 10, day) for day in range(1, 8))
CALENDAR = WorkCalendar(HOLIDAYS, frozenset({date(2026, 9, 27), date(2026, 10, 10)}), frozenset({2026}))
EARLIEST = CALENDAR.add_working_days(NOW, 5).end
moments = st.integers(-400 * 1440, 400 * 1440).map(lambda minutes: NOW + timedelta(minutes=minutes))
amounts = st.integers(0, 2 * 10**12)
changes = st.builds(
    Change,
    deadline=st.none() | moments,
    bounty=st.none() | amounts,
    clarification=st.sampled_from(["", "  ", "界面阻抗在 25 ℃ 下测量。"]),
    clarification_en=st.sampled_from(["", "Measured at 25 °C."]),
)
calls = st.builds(
    Call,
    deadline=st.integers(1, 300 * 1440).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    bounty=st.none() | amounts,
    now=st.just(NOW),
)


def faults(change: Change, call: Call, earliest: datetime = EARLIEST) -> list[str]:
    return [problem.field for problem in rules.problems(change, call, earliest=earliest, language="en")]


@given(change=changes, call=calls)
def test_what_is_published_never_lowers_shortens_or_leaves_too_few_working_days(change: Change, call: Call) -> None:
    if faults(change, call):
        return
    after = change.deadline or call.deadline
    assert after >= call.deadline
    assert after <= max(call.deadline, NOW + rules.FURTHEST)
    assert (change.bounty or call.bounty or 0) >= (call.bounty or 0)
    assert not change.is_empty
    if change.clarifies:
        assert CALENDAR.add_working_days(NOW, 5).end <= after


@given(call=calls)
def test_the_deadline_that_the_form_proposes_is_taken(call: Call) -> None:
    change = Change(deadline=rules.proposed(call, earliest=EARLIEST), clarification="说明")
    assert faults(change, call) == []


@given(call=calls, more=st.integers(1, 10**6))
def test_a_higher_reward_alone_needs_no_later_deadline(call: Call, more: int) -> None:
    change = Change(bounty=(call.bounty or 0) + more)
    assert set(faults(change, call)) <= ({"bounty"} if (call.bounty or 0) + more > 10**12 else set())


def test_five_full_working_days_are_counted_across_the_holidays() -> None:
    """25, 27 (made up), 28, 29, 30 September: the holiday week has none, and the day of publication does not count."""
    assert datetime(2026, 9, 30, 16, 0, tzinfo=UTC) == EARLIEST


@pytest.mark.parametrize(("minutes", "expected"), [(-1, ["deadline"]), (0, []), (1, [])])
def test_the_boundary_is_the_midnight_that_closes_the_fifth_day(minutes: int, expected: list[str]) -> None:
    call = Call(deadline=EARLIEST + timedelta(minutes=minutes), bounty=None, now=NOW)
    assert faults(Change(clarification="说明"), call) == expected


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (Change(), "clarification"),
        (Change(clarification="   "), "clarification"),
        (Change(clarification_en="only in English"), "clarification"),
        (Change(clarification="长" * 4001), "clarification"),
        (Change(deadline=NOW + timedelta(days=30)), "deadline"),
        (Change(deadline=NOW + timedelta(days=367)), "deadline"),
        (Change(bounty=100), "bounty"),
        (Change(bounty=99), "bounty"),
        (Change(bounty=10**12 + 1), "bounty"),
    ],
)
def test_what_is_refused_says_beside_which_field(change: Change, field: str) -> None:
    call = Call(deadline=NOW + timedelta(days=30), bounty=100, now=NOW)
    assert field in faults(change, call)
