"""What time it is. Asked inside a service, after the lock; no service takes the time as an argument.

On PostgreSQL the answer is `clock_timestamp()`, the moment of asking: `now()` there is the start of the
transaction and would let a late proposal in. SQLite has no clock of its own; the process is the database.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Protocol, cast

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

from marketplace.kernel.reading import once


class Offset(Protocol):
    """How far the platform's clock is ahead of the real one: only the demo's movable clock has one."""

    def __call__(self) -> timedelta: ...


def now() -> datetime:
    """The platform's time, aware and in UTC: the database's clock plus the demo's offset, if one is set.

    For a page that is only looked at it is asked once (`reading`).
    """
    return once("now", lambda: _database_time() + _offset()())


def _database_time() -> datetime:
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cast(datetime, cursor.fetchone()[0])


def _offset() -> Offset:
    return _named(settings.CLOCK) if settings.CLOCK else timedelta


@cache
def _named(path: str) -> Offset:
    return cast(Offset, import_string(path))
