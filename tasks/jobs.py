"""What the clock does to challenges. The scheduler only moves labels: rules hold with every scheduler stopped."""

import time
from collections.abc import Callable
from functools import partial

import structlog
from celery import shared_task

from marketplace.kernel import clock
from marketplace.kernel.errors import Expected
from marketplace.outbox import heartbeat
from tasks.adjudication import openingrecord
from tasks.adjudication import queries as adjudication
from tasks.adjudication.opening import end_unopened
from tasks.adjudication.services import finish_notice
from tasks.challenges import intake
from tasks.challenges.keying import make_missing_key
from tasks.challenges.services import close_challenge
from tasks.proposals import queries as proposals
from tasks.proposals.desk import LEFT_BEHIND
from tasks.proposals.intake import forget_files, forget_keys, settle
from tasks.proposals.intake import seal_earlier as seal_one_earlier
from tasks.proposals.lifecycle import TicketState
from tasks.proposals.models import IntakeTicket
from tasks.proposals.stamping import stamp_due
from tasks.sheets import queries as sheets
from tasks.sheets.services import draft_rows, read_sheet

log = structlog.get_logger(__name__)

PORTION = 1.0
"""Seconds in which rows of lists are drafted before other jobs have their turn: embedded, one thread runs them all."""


MOST_AT_ONCE = 200
"""Tickets settled in one go."""


@shared_task(name="tasks.advance")
def advance() -> int:
    """Close calls past their deadline (L09), end unopened ones, finish notices past their end (L21); how many moved.

    Of the jobs it runs most often, so it leaves the sign that jobs run.
    """
    now = clock.now()
    moved = sum(_did(close_challenge, one) for one in intake.past_deadline(now))
    moved += sum(_did(end_unopened, one) for one in openingrecord.lapsed(now))
    moved += sum(_did(finish_notice, one) for one in adjudication.notices_over(now))
    heartbeat.beat()
    return moved


@shared_task(name="tasks.settle_tickets")
def settle_tickets() -> int:
    """Seal what was handed in and is not sealed yet; returns how many were settled.

    What comes one by one is sealed by the page it came through, a crowd by that page's process (`proposals.desk`); this
    does what a process has left behind that died.
    """
    left = proposals.to_settle(clock.now() - LEFT_BEHIND)[:MOST_AT_ONCE]
    return sum(_settled(ticket) for ticket in left)


@shared_task(name="tasks.stamp_receipts")
def stamp_receipts() -> int:
    """Have receipts stamped by the authority of time, where one is set up; returns how many were."""
    return stamp_due()


@shared_task(name="tasks.seal_earlier")
def seal_earlier() -> int:
    """Give calls of before there were keys theirs, seal what was handed in to them, and forget what none needs."""
    made = sum(_did(make_missing_key, one) for one in intake.without_key())
    unsealed = proposals.handed_in_unsealed().values_list("public_id", flat=True)
    return made + sum(_did(seal_one_earlier, one) for one in list(unsealed)) + forget_keys() + forget_files()


def _settled(ticket: IntakeTicket) -> bool:
    try:
        settle(ticket)
    except Expected as failure:
        log.info("not sealed", ticket=ticket.public_id, why=str(failure))
    except Exception:  # it stays in line and is tried again: what came in time is never given up, nor holds up others
        log.exception("not sealed", ticket=ticket.public_id, fault="unsealed_ticket")
    return ticket.state != TicketState.TAKEN


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
