"""How often something was done lately, kept in the cache: for limits on what is allowed but costs."""

import time

from django.core.cache import cache
from django.db import transaction

from marketplace.kernel.one_at_a_time import one_at_a_time


def counted(name: str, seconds: int, *, add: int = 1) -> int:
    """How many times this is within this span of the clock: of 3600 seconds, within this hour.

    The span is part of the name: counting up in the database's cache begins the time to live anew. A negative `add`
    takes back what turned out not to count. Of many at once each counts: the database's cache reads a number and writes
    another one, and would lose those in between.
    """
    now = f"{name}:{int(time.time()) // seconds}"
    with transaction.atomic():
        one_at_a_time(f"counted:{now}")
        if cache.add(now, add, 2 * seconds):
            return add
        try:
            return cache.incr(now, add)
        except ValueError:  # forgotten just now
            return add
