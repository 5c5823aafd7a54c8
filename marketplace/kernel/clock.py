"""What time it is. Asked inside a service, after the lock; no service takes the time as an argument.

On PostgreSQL the answer is `clock_timestamp()`, the moment of asking: `now()` there is the start of the
transaction and would let a late proposal in. SQLite has no clock of its own; the process is the database.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import cache
from typing import Protocol, cast

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

from marketplace.kernel.reading import once

LASTS = 30.0
"""Seconds for which a page reckons with what the database's clock last said."""


class Offset(Protocol):
    """How far the platform's clock is ahead of the real one: only the demo's movable clock has one."""

    def __call__(self) -> timedelta: ...


def now() -> datetime:
    """The platform's time, aware and in UTC: the database's clock plus the demo's offset, if one is set.

    Whoever acts asks the database each time, or once for `one_moment`. A page that is only looked at (`reading`)
    reckons once, from what the database's clock said at most half a minute ago and the seconds counted since.
    """
    standing = _standing.get()
    if standing is not None:
        return standing
    return once("now", lambda: _reckoned() + _offset()(), otherwise=lambda: _database_time() + _offset()())


@contextmanager
def one_moment() -> Iterator[None]:
    """Decide, write and record an act at one moment: time stands still until the end of the block.

    Begun after the act's last lock, for the moment must not lie before a wait (L07): what was decided to be in time
    is then written with that very time.
    """
    token = _standing.set(now())
    try:
        yield
    finally:
        _standing.reset(token)


_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)

_heard: tuple[float, datetime] | None = None
"""What this process's steady counter and the database's clock showed when they were last compared."""


def _reckoned() -> datetime:
    global _heard  # noqa: PLW0603  # one comparison serves every page of the process
    heard = _heard  # looked at once: another thread may compare anew at any moment
    if heard is None or time.monotonic() - heard[0] >= LASTS:
        said = _database_time()
        heard = _heard = (time.monotonic(), said)
    return heard[1] + timedelta(seconds=time.monotonic() - heard[0])


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
