"""The one consumer: lets in, listens, tells. What may be heard is asked of topics.py, what is told of replay.py."""

import asyncio
import time
from collections.abc import Iterable
from enum import IntEnum
from typing import Any

import structlog
from channels.generic.websocket import AsyncWebsocketConsumer

from realtime import doors, messages, replay, topics, visits
from realtime.messages import Changed, Frame, Join, Pong, Refused
from realtime.pulse import off_loop, pulse
from realtime.replay import Answer, Look
from realtime.topics import Topic
from realtime.visits import Visit

log = structlog.get_logger(__name__)

LONGEST_FRAME = 16 * 1024
MOST_TOPICS = 64
BURST, FRAMES_PER_SECOND = 30, 5
SILENCE = 150.0
"""Seconds without a word from the client, which pings every 40: then nobody is there."""
PATIENCE = 10.0
"""Seconds a client may take to accept a frame."""


class Closed(IntEnum):
    """Why the server ended a socket. From 4409 on the client waits long before it comes back."""

    MALFORMED = 4400
    SESSION_OVER = 4401
    RIGHT_LOST = 4403
    SILENT = 4408
    TOO_MANY = 4409
    SLOW_READER = 4410
    TOO_LARGE = 4413
    TOO_FAST = 4429


class LiveConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # channels carries no types
    """One browser window. Its cursors say which topics it hears and up to which number it has heard them."""

    visit: Visit

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cursors: dict[Topic, int] = {}
        self._turn = asyncio.Lock()
        self._over = False
        self._heard_at = time.monotonic()
        self._allowance, self._counted_at = float(BURST), self._heard_at

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Hand over without Channels' look at the loop thread's connections: this thread never has one."""
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def connect(self) -> None:
        """Refuse before accepting: a foreign page, a session that is over."""
        ours = doors.from_our_page(self.scope)
        visit = await off_loop(visits.begin)(doors.session_key(self.scope)) if ours else None
        if visit is None:
            self._over = True
            await self.close()
            return
        self.visit, self._pulse = visit, pulse()
        await self.accept()
        if not self._pulse.enter(self):
            await self._end(Closed.TOO_MANY)

    async def disconnect(self, code: int) -> None:
        """The window is gone."""
        self._over = True
        if hasattr(self, "visit"):
            self._pulse.leave(self)
            await self._forget(list(self.cursors))

    async def websocket_receive(self, message: dict[str, Any]) -> None:
        """One frame of the client: small, not too often, and understood; else the socket is closed with a code."""
        if self._over:
            return
        text = message.get("text") or ""
        fault = self._fault(text)
        if fault:
            await self._end(fault)
            return
        try:
            asked = messages.understood(text)
        except messages.Malformed:
            await self._end(Closed.MALFORMED)
            return
        async with self._turn:
            await self._answer(asked)

    async def live_changed(self, event: dict[str, Any]) -> None:
        """The layer says that a topic has a new message."""
        topic = topics.parse(event["topic"])
        async with self._turn:
            if topic in self.cursors and event["seq"] > self.cursors[topic]:
                await self._tell(topic, event)

    def hear(self, look: Look) -> None:
        """What the pulse's look means for this socket."""
        if self.visit not in look.present:
            self._errand(self._end(Closed.SESSION_OVER))
        elif any((self.visit, topic) in look.lost for topic in self.cursors):
            self._errand(self._end(Closed.RIGHT_LOST))
        elif time.monotonic() - self._heard_at > SILENCE:
            self._errand(self._end(Closed.SILENT))
        else:
            behind = [topic for topic, cursor in self.cursors.items() if look.heads.get(topic, 0) > cursor]
            if behind:
                self._errand(self._catch_up(behind))

    def _errand(self, work: Any) -> None:
        self._pulse.send_on_errand(work)

    def _fault(self, text: str) -> int:
        """The code to close with for a frame that is not even read; 0 for none."""
        now = time.monotonic()
        self._heard_at = now
        self._allowance = min(BURST, self._allowance + (now - self._counted_at) * FRAMES_PER_SECOND) - 1
        self._counted_at = now
        if self._allowance < 0:
            return Closed.TOO_FAST
        return Closed.TOO_LARGE if len(text) > LONGEST_FRAME or len(text.encode()) > LONGEST_FRAME else 0

    async def _answer(self, asked: messages.Asked) -> None:
        if asked.leaves:
            await self._forget(asked.leaves)
        if asked.unknown:
            await self._send(Refused(name) for name in asked.unknown)
        if asked.joins:
            await self._join(asked.joins)
        if asked.ping:
            await self._send([Pong()])

    async def _join(self, joins: Iterable[Join]) -> None:
        """Listen first, then read what was missed: nothing falls between the two."""
        wanted = {join.topic: join for join in joins}
        room = MOST_TOPICS - len(self.cursors)
        fresh = [topic for topic in wanted if topic not in self.cursors]
        for topic in fresh[max(room, 0) :]:
            await self._send([Refused(wanted.pop(topic).topic.name)])
        for topic in wanted:
            await self._layer("group_add", topic)
        answers = await off_loop(replay.joined)(self.visit, list(wanted.values()))
        if answers is None:
            await self._end(Closed.SESSION_OVER)
            return
        for answer in answers:
            await self._take(answer)

    async def _take(self, answer: Answer) -> None:
        if answer.cursor is None:
            await self._forget([answer.topic])
        else:
            self.cursors[answer.topic] = answer.cursor
        if answer.public:
            self._pulse.public.add(answer.topic)
        await self._send(answer.frames)

    async def _tell(self, topic: Topic, event: dict[str, Any]) -> None:
        """Pass the event on, if everybody may hear it and nothing is missing before it; else ask the database."""
        if topic in self._pulse.public and event["seq"] == self.cursors[topic] + 1:
            self.cursors[topic] = event["seq"]
            fields = {name: event[name] for name in ("topic", "seq", "kind", "id", "version")}
            await self._send([Changed(**fields)])
        else:
            await self._news(topic)

    async def _news(self, topic: Topic) -> None:
        """Tell what is new, the right being asked again; without it the socket is silent at once and closed."""
        answer = await off_loop(replay.since)(self.visit, topic, self.cursors[topic])
        if answer is None:
            await self._end(Closed.RIGHT_LOST)
        else:
            await self._take(answer)

    async def _catch_up(self, behind: Iterable[Topic]) -> None:
        async with self._turn:
            for topic in behind:
                if topic in self.cursors and not self._over:
                    await self._news(topic)

    async def _forget(self, leaving: Iterable[Topic]) -> None:
        for topic in leaving:
            self.cursors.pop(topic, None)
            await self._layer("group_discard", topic)

    async def _layer(self, verb: str, topic: Topic) -> None:
        """Enter or leave the topic's group. Without the layer the pulse still brings everything, a little later."""
        try:
            async with asyncio.timeout(2):
                await getattr(self.channel_layer, verb)(topic.group(), self.channel_name)
        except Exception as failure:  # noqa: BLE001  # whatever the layer raises
            log.warning("channel layer away", verb=verb, why=repr(failure))

    async def _send(self, frames: Iterable[Frame]) -> None:
        for frame in frames:
            if self._over:
                return
            try:
                async with asyncio.timeout(PATIENCE):
                    await self.send(text_data=frame.text())
            except TimeoutError:
                await self._end(Closed.SLOW_READER)

    async def _end(self, code: int) -> None:
        """Silent from now on, and closed; the client may come back and ask for what it still may hear."""
        if self._over:
            return
        self._over = True
        await self._forget(list(self.cursors))
        self._pulse.leave(self)
        async with asyncio.timeout(PATIENCE):
            await self.close(code=code)
