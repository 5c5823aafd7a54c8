"""Beijing time is named wherever a moment is read."""

from datetime import UTC, date, datetime, timedelta, timezone

from marketplace.kernel.moments import machine_moment, spoken_day, spoken_moment

SIX_IN_BEIJING = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def test_a_moment_reads_as_beijing_time_and_says_so() -> None:
    assert spoken_moment(SIX_IN_BEIJING, "zh-hans") == "2026年11月22日 18:00（北京时间）"
    assert spoken_moment(SIX_IN_BEIJING, "en") == "22 November 2026, 18:00 (Beijing time)"


def test_the_zone_may_be_named_once_for_a_whole_list() -> None:
    assert spoken_moment(SIX_IN_BEIJING, "zh-hans", zone_named=False) == "2026年11月22日 18:00"
    assert spoken_moment(SIX_IN_BEIJING, "en", zone_named=False) == "22 November 2026, 18:00"


def test_the_day_of_a_moment_is_its_day_in_beijing() -> None:
    late = datetime(2026, 12, 31, 23, 0, tzinfo=UTC)
    assert spoken_day(late, "zh-hans") == "2027年1月1日"
    assert spoken_day(date(2026, 1, 2), "en") == "2 January 2026"


def test_machines_read_utc_whatever_the_zone_of_the_value() -> None:
    elsewhere = SIX_IN_BEIJING.astimezone(timezone(timedelta(hours=-5)))
    assert machine_moment(elsewhere) == "2026-11-22T10:00:00Z"
