"""What the clock does to challenges. The scheduler only moves labels: rules hold with every scheduler stopped."""

import time
from collections.abc import Callable
from functools import partial

import structlog
from celery import shared_task

from marketplace.kernel import clock
from marketplace.kernel.errors import Expected
from marketplace.outbox import heartbeat
from tasks.adjudication import queries as adjudication
from tasks.adjudication.services import finish_notice
from tasks.challenges import queries as challenges
from tasks.challenges.services import close_challenge
from tasks.sheets import queries as sheets
from tasks.sheets.services import draft_rows, read_sheet

log = structlog.get_logger(__name__)

PORTION = 1.0
"""Seconds in which rows of lists are drafted before other jobs have their turn: embedded, one thread runs them all."""


@shared_task(name="tasks.advance")
def advance() -> int:
    """Close calls past their deadline (L09) and finish notices past their end (L21); returns how many moved.

    Of the jobs it runs most often, so it leaves the sign that jobs run.
    """
    now = clock.now()
    moved = sum(_did(close_challenge, one) for one in challenges.past_deadline(now))
    moved += sum(_did(finish_notice, one) for one in adjudication.notices_over(now))
    heartbeat.beat()
    return moved


@shared_task(name="tasks.take_over_sheets")
def take_over_sheets() -> int:
    """Read the list that waits longest, and draft rows of all that are read for a moment; returns how many moved."""
    moved = sum(_did(read_sheet, one) for one in sheets.to_read()[:1])
    until = time.monotonic() + PORTION
    return moved + sum(_did(partial(draft_rows, until=until), one) for one in sheets.to_draft())


def _did(service: Callable[..., object], public_id: str) -> bool:
    try:
        service(public_id=public_id)
    except Expected as failure:
        log.info("not advanced", subject=public_id, why=str(failure))
        return False
    return True
