"""The demo's movable clock: one row of seconds, so that every process agrees about the platform's time.

`offset` is what `settings.CLOCK` names. While stories are told (`at`), this thread alone lives at another moment:
pages, relay and jobs go on in the platform's time, and the stories' past needs no one else's clock.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.demo.events import ClockMoved
from marketplace.demo.models import MovableClock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.lifecycle import revise
from marketplace.kernel.verdicts import Allowed
from marketplace.outbox.record import record

KEPT = 0.15
"""Seconds for which a process may go on with what it read: longer, and two processes would disagree visibly."""

FARTHEST = timedelta(days=3 * 365)
"""How far ahead the clock goes at most. Real time catches up; memberships and calendars should still make sense."""

BLINK = timedelta(milliseconds=20)
"""Whoever asks has read the real clock a moment before: without it a story's 15:00 would be 14:59:59.999."""

_told: ContextVar[datetime | None] = ContextVar("told", default=None)
_read: tuple[float, int] | None = None
_exists = False


def offset() -> timedelta:
    """How far the platform's clock is ahead of real time; zero while the table does not exist yet."""
    told = _told.get()
    return told - timezone.now() + BLINK if told else timedelta(seconds=_ahead())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let this thread, and nobody else, live at `moment`: how the demo's stories come to have a past."""
    before = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(before)


def advance_to(moment: datetime, *, by: Allowed) -> timedelta:
    """Move the platform's clock forward to `moment` and say how far it is ahead now; a fact in stream demo:clock.

    Raises Refusal for a moment that has passed (a clock that goes back would make the trail lie) or is years away.
    """
    with transaction.atomic():
        row, _new = MovableClock.objects.select_for_update().get_or_create(pk=1)
        # whole seconds, and never a little before the moment that was asked for
        ahead = -((timezone.now() - moment) // timedelta(seconds=1))
        _refuse_unfit(ahead, row.ahead)
        revise(row, ahead=ahead)
        record(ClockMoved.to(ahead=ahead, version=row.version), by=by)
        forget()
        transaction.on_commit(forget)
    return timedelta(seconds=ahead)


def forget() -> None:
    """Read the row again at the next question."""
    global _read  # noqa: PLW0603  # what this process last read, and when
    _read = None


def _refuse_unfit(ahead: int, before: int) -> None:
    if ahead < before:
        raise Refusal(_("The demo's clock only goes forward."))
    if timedelta(seconds=ahead) > FARTHEST:
        raise Refusal(_("The demo's clock does not go further than three years ahead."))


def _ahead() -> int:
    global _read  # noqa: PLW0603  # see forget
    now = time.monotonic()
    if _read is not None and now - _read[0] < KEPT:
        return _read[1]
    if not _table_exists():
        return 0
    ahead = MovableClock.objects.filter(pk=1).values_list("ahead", flat=True).first() or 0
    _read = (now, ahead)
    return ahead


def _table_exists() -> bool:
    """Asked of the catalogue, since a failed SELECT would break PostgreSQL's transaction; once yes, always yes."""
    global _exists  # noqa: PLW0603  # a table that is there does not go away under a running process
    if not _exists:
        _exists = MovableClock._meta.db_table in connection.introspection.table_names()
    return _exists
