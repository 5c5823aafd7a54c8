"""When a job last ran: a sign left in the database, so that the pages can say whether anybody carries jobs out.

In the cache's table, which is in the database in both modes; in real time, which the demo's movable clock leaves alone.
"""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

KEY = "jobs.last_ran"
EVERY = timedelta(seconds=15)
"""Between two signs: a job that runs every two seconds must not write as often."""
LONGEST = timedelta(minutes=1)
"""Without a sign for longer than this, nobody carries jobs out."""


def beat() -> None:
    """Leave the sign. Called at the end of a frequent job, where everything it needs has answered."""
    last, now = last_beat(), timezone.now()
    if last is None or now - last >= EVERY:
        cache.set(KEY, now, timeout=None)


def last_beat() -> datetime | None:
    """When a job last ran, to within `EVERY`; None if none ever has."""
    found = cache.get(KEY)
    return found if isinstance(found, datetime) else None


def beats() -> bool:
    """Whether a job ran within the last minute."""
    last = last_beat()
    return last is not None and timezone.now() - last <= LONGEST
