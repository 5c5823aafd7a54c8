"""The desk of a process: what was handed in is sealed there, one after another (reliability 2.2).

A ticket is one small row, and it alone decides; sealing costs many times as much. So that a crowd at the deadline does
not stand in its own way, one submission at a time is sealed in each process, and while tickets are coming in the rest
waits. What waits is in memory alone: of a process that dies `tasks.settle_tickets` takes over.
"""

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import close_old_connections, connection
from django.utils.translation import override

from marketplace.kernel.errors import Expected
from tasks.proposals import intake
from tasks.proposals.models import IntakeTicket, Proposal

log = structlog.get_logger(__name__)

QUIET = 0.3
"""Seconds without another ticket after which sealing goes on."""
LONGEST = 8.0
"""Seconds after which it goes on, however many come."""
LEFT_BEHIND = timedelta(seconds=30)
"""So old a ticket waits for no living process: whoever finds it has it sealed."""
IDLE = 5.0
"""Seconds without work after which the desk gives its database connection back and closes."""


@dataclass(frozen=True)
class Waiting:
    """A ticket that waits, and the language its owner reads."""

    ticket: IntakeTicket
    language: str
    since: float


class Desk:
    """One submission at a time: at once where nobody waits, else in the order they came."""

    def __init__(self) -> None:
        self._free = threading.Lock()
        self._line: queue.SimpleQueue[Waiting] = queue.SimpleQueue()
        self._last = 0.0
        self._clerk: threading.Thread | None = None
        self._hiring = threading.Lock()

    @contextmanager
    def at_once(self) -> Iterator[bool]:
        """Whether the desk is free for one submission, which then keeps it for the length of the block."""
        self._last = time.monotonic()
        free = self._line.empty() and self._free.acquire(blocking=False)
        try:
            yield free
        finally:
            if free:
                self._free.release()

    def settle(self, ticket: IntakeTicket, *, language: str) -> Proposal | None:
        """Seal at once what a ticket was taken for, where the desk is free or it came too late; else None: it waits.

        Raises Refusal (late, incomplete, not allowed) or Stale where it was settled at once.
        """
        with self.at_once() as free:
            if free or intake.is_late(ticket):
                return intake.settle(ticket)
        self.leave(ticket, language)
        return None

    def leave(self, ticket: IntakeTicket, language: str) -> None:
        """Have it sealed as soon as there is time."""
        self._line.put(Waiting(ticket, language, time.monotonic()))
        with self._hiring:
            if self._clerk is None or not self._clerk.is_alive():
                self._clerk = threading.Thread(target=self._work, name="sealing", daemon=True)
                self._clerk.start()

    def _work(self) -> None:
        try:
            while (one := self._next()) is not None:
                self._wait_for_quiet(one)
                with self._free, override(one.language):
                    _seal(one.ticket)
        finally:
            connection.close()

    def _next(self) -> Waiting | None:
        """The next in line; None after a while without any, when nobody joins it any more."""
        try:
            return self._line.get(timeout=IDLE)
        except queue.Empty:
            with self._hiring:
                if not self._line.empty():
                    return self._line.get()
                self._clerk = None
                return None

    def _wait_for_quiet(self, one: Waiting) -> None:
        while time.monotonic() - self._last < QUIET and time.monotonic() - one.since < LONGEST:
            time.sleep(QUIET / 3)


def _seal(ticket: IntakeTicket) -> None:
    close_old_connections()
    try:
        intake.settle(ticket)
    except Expected as failure:
        log.info("not sealed", ticket=ticket.public_id, why=type(failure).__name__)
    except Exception:  # another try is made by the job, and the desk goes on with the next
        log.exception("sealing failed", ticket=ticket.public_id)


DESK = Desk()
