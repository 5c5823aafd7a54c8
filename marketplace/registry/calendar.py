"""Working days in China: weekends, public holidays and the weekend days worked to make up for them (调休).

Pure arithmetic over a table; `queries.work_calendar()` fills the table from the database. The State Council
publishes each year's arrangement in the November before it. Until then only weekends are known, so a date
counted through such days is provisional (暂定).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)
YEAR_END = (12, 25)
"""From this day on a December is settled by the arrangement of the year after: New Year's days off and their
make-up days have reached back into it (29 December 2018, 31 December 2022)."""


@dataclass(frozen=True)
class WorkingSpan:
    """Where a count of working days ends, and whether a later holiday arrangement may still move it."""

    end: datetime
    provisional: bool


@dataclass(frozen=True)
class WorkCalendar:
    """The days that are not what their weekday says, and the years whose arrangement is published."""

    holidays: frozenset[date]
    makeup_days: frozenset[date]
    published_years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """Whether public offices in China work on that day."""
        if day in self.makeup_days:
            return True
        return day.weekday() < 5 and day not in self.holidays

    def is_settled(self, day: date) -> bool:
        """Whether the arrangement that decides about this day has been published."""
        years = {day.year} | ({day.year + 1} if (day.month, day.day) >= YEAR_END else set())
        return years <= self.published_years

    def add_working_days(self, start: datetime, days: int) -> WorkingSpan:
        """When a notice that starts at the aware moment `start` has run `days` full working days (L16, L21).

        The day of `start` in Asia/Shanghai never counts; the first working day after it is day 1. The end is the
        midnight that closes day `days`, half-open: at that very moment the notice is over. Raises ValueError for
        fewer than one day or a start without zone.
        """
        if days < 1:
            raise ValueError("A period has at least one working day.")
        if start.tzinfo is None:
            raise ValueError("A period starts at an aware moment.")
        day, left, settled = start.astimezone(SHANGHAI).date(), days, True
        while left:
            day += ONE_DAY
            left -= self.is_working_day(day)
            settled = settled and self.is_settled(day)
        return WorkingSpan(end=datetime.combine(day + ONE_DAY, time.min, SHANGHAI), provisional=not settled)
