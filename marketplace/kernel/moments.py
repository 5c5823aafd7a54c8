"""Days and moments as people read them. The platform's wall clock is Beijing time, and it says so."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def spoken_day(day: date, language: str) -> str:
    """2026年11月22日, or 22 November 2026. A moment is read as its day in Beijing."""
    if isinstance(day, datetime):
        day = day.astimezone(BEIJING)
    if language.startswith("zh"):
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spoken_moment(moment: datetime, language: str, *, zone_named: bool = True) -> str:
    """2026年11月22日 18:00（北京时间）, or 22 November 2026, 18:00 (Beijing time)."""
    local = moment.astimezone(BEIJING)
    day, hour = spoken_day(local, language), f"{local:%H:%M}"
    if language.startswith("zh"):
        return f"{day} {hour}（北京时间）" if zone_named else f"{day} {hour}"
    return f"{day}, {hour} (Beijing time)" if zone_named else f"{day}, {hour}"


def exact_moment(moment: datetime, language: str) -> str:
    """2026-11-22 18:00:00（北京时间）: a moment to the second, as deadlines and receipts are told."""
    local = moment.astimezone(BEIJING)
    zone = "（北京时间）" if language.startswith("zh") else " (Beijing time)"
    return f"{local:%Y-%m-%d %H:%M:%S}{zone}"


def machine_moment(moment: datetime) -> str:
    """For <time datetime>: the moment in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
