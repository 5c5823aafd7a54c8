"""One look at the database every two seconds for all sockets of this process, so that nothing rests on the layer.

It closes sockets whose session or right is gone, brings those up to date that the layer forgot (Redis may be away),
and knows which topics everybody may hear, so that a public message to a thousand sockets asks nothing.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import structlog
from channels.db import database_sync_to_async

from realtime import replay
from realtime.replay import Look
from realtime.topics import Topic
from realtime.visits import Visit

log = structlog.get_logger(__name__)

BEAT = 2.0
"""Seconds. With the time a look takes, a revoked right closes its socket well within five."""

SOCKETS_PER_PERSON = 20


class Socket(Protocol):
    """What the pulse knows of a consumer."""

    visit: Visit
    cursors: dict[Topic, int]

    def hear(self, look: Look) -> None:
        """Take in what the look says; must not wait."""


class Pulse:
    """The sockets of one event loop."""

    def __init__(self) -> None:
        self.sockets: set[Socket] = set()
        self.public: set[Topic] = set()
        self._errands: set[asyncio.Task[None]] = set()
        self._beating: asyncio.Task[None] | None = None

    def enter(self, socket: Socket) -> bool:
        """Count a socket in; False when this person already has as many as anybody needs."""
        person = socket.visit.user_id
        if person is not None and sum(one.visit.user_id == person for one in self.sockets) >= SOCKETS_PER_PERSON:
            return False
        self.sockets.add(socket)
        if self._beating is None:
            self._beating = asyncio.create_task(self._beat())
        return True

    def leave(self, socket: Socket) -> None:
        """Count it out; the last one stops the beat."""
        self.sockets.discard(socket)
        if not self.sockets and self._beating is not None:
            self._beating.cancel()
            self._beating = None

    def send_on_errand(self, work: Coroutine[Any, Any, None]) -> None:
        """Let something happen beside the beat: one slow reader must not delay the others."""
        task = asyncio.create_task(work)
        self._errands.add(task)
        task.add_done_callback(self._errand_done)

    async def look(self) -> None:
        """Look once and tell every socket."""
        listening = {(socket.visit, topic) for socket in self.sockets for topic in socket.cursors}
        everybody = {socket.visit for socket in self.sockets}
        seen = await off_loop(replay.look)(listening, everybody)
        self.public = set(seen.public)
        for socket in list(self.sockets):
            if socket.visit in everybody:
                socket.hear(seen)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            try:
                await self.look()
            except Exception as failure:  # noqa: BLE001  # the database may be away for a moment; the beat goes on
                log.warning("no look at the sockets' rights", why=repr(failure))

    def _errand_done(self, task: asyncio.Task[None]) -> None:
        self._errands.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.warning("a socket's errand failed", why=repr(task.exception()))


def off_loop(work: Any) -> Any:
    """Run database work in a thread of its own, never on the loop and never in the one thread pages share."""
    return database_sync_to_async(work, thread_sensitive=False)


_pulses: WeakKeyDictionary[asyncio.AbstractEventLoop, Pulse] = WeakKeyDictionary()


def pulse() -> Pulse:
    """The pulse of the running loop."""
    loop = asyncio.get_running_loop()
    return _pulses.setdefault(loop, Pulse())
