"""A clock that stands: two worlds are looked at in one moment."""

from datetime import datetime, timedelta

from django.utils import timezone

from tests import clock

BLINK = timedelta(milliseconds=400)
"""Whoever asks has read the real clock a moment before; within the second nothing shows."""
_at: datetime | None = None


def offset() -> timedelta:
    """What settings.CLOCK names."""
    return _at - timezone.now() + BLINK if _at else clock.offset()


def stop(moment: datetime) -> None:
    """It is this second from now on."""
    global _at  # noqa: PLW0603  # one clock for the whole test process
    _at = moment.replace(microsecond=0)


def go_on() -> None:
    """Time passes again, as the tests' clock says."""
    global _at  # noqa: PLW0603  # see stop
    _at = None
