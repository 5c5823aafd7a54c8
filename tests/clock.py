"""The movable clock of the tests: `tests.clock.shift(days=3)` moves the platform's time, `reset()` brings it back."""

from datetime import timedelta

_ahead = timedelta()


def offset() -> timedelta:
    """What settings.CLOCK names."""
    return _ahead


def shift(**by: float) -> None:
    """Move the platform's clock by a timedelta's arguments."""
    global _ahead  # noqa: PLW0603  # one clock for the whole test process, reset by a fixture
    _ahead += timedelta(**by)


def reset() -> None:
    """Back to real time."""
    global _ahead  # noqa: PLW0603  # see shift
    _ahead = timedelta()
