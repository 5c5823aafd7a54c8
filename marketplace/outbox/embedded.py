"""The relay and the job runner inside the server process: what the embedded mode has instead of services."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import structlog
from celery import current_app
from celery.schedules import maybe_schedule
from django.conf import settings
from django.db import connection

from marketplace.outbox import relay

log = structlog.get_logger(__name__)

_slow = ThreadPoolExecutor(max_workers=1, thread_name_prefix="slow-deliveries")
PAUSE = 0.15
"""Seconds between looks at an idle outbox: short enough that another window sees a change at once."""


def hand_over(delivery_id: int) -> None:
    """Carry a slow delivery on a thread of this process. If the process dies, its lease runs out: due again."""
    _slow.submit(_isolated, lambda: relay.deliver_slow(delivery_id))


def start(stopping: threading.Event) -> list[threading.Thread]:
    """Start the relay thread and the job thread; both end soon after `stopping` is set."""
    threads = [
        threading.Thread(target=_relay, args=(stopping,), name="relay", daemon=True),
        threading.Thread(target=_jobs, args=(stopping,), name="jobs", daemon=True),
    ]
    for thread in threads:
        thread.start()
    return threads


def _relay(stopping: threading.Event) -> None:
    while not stopping.is_set():
        if not _isolated(relay.deliver_due):
            stopping.wait(PAUSE)


def _jobs(stopping: threading.Event) -> None:
    """Run the functions of CELERY_BEAT_SCHEDULE, at once and then each at its own pace, one after the other."""
    current_app.loader.import_default_modules()  # a worker does this by itself; nobody else does
    due = dict.fromkeys(settings.CELERY_BEAT_SCHEDULE, 0.0)
    while not stopping.wait(0.2):
        for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
            if time.monotonic() >= due[name]:
                _isolated(partial(_run, str(entry["task"])))
                due[name] = time.monotonic() + maybe_schedule(entry["schedule"]).is_due(current_app.now()).next


def _run(job: str) -> None:
    current_app.tasks[job].run()


def _isolated(work: Callable[[], object]) -> object:
    """Run one piece of work so that its failure does not end the thread; after one the next work connects anew.

    Otherwise the thread keeps its connection: opening one costs more than looking into an idle outbox does.
    """
    try:
        return work()
    except Exception:
        log.exception("embedded work failed")
        connection.close()
        return None
