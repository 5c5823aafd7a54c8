"""How long after a commit two hundred browsers know, beside a bare group_send to two hundred bare sockets."""

import asyncio
import json
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from websockets.asyncio.client import ClientConnection, connect

from bench.bare.asgi import GROUP
from bench.figure import Figure
from bench.stage import Stage
from marketplace.kernel import clock
from marketplace.outbox import relay
from marketplace.outbox.models import Delivery
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tests.journeys.platform import free_port

SOCKETS = 200
ACTS = 30
WARM = 3
"""Acts before those that count: what has just started answers late."""
PAUSE = 0.4
PATIENCE = 30.0
LONGEST_BACKLOG = 600.0
JOIN = json.dumps({"join": [["challenges", None]]})
UVICORN = str(Path(sys.executable).parent / "uvicorn")
REFERENCE = "bare group_send to as many bare sockets"
BARS = {"p50": 30.0, "p99": 100.0}
"""Milliseconds that may come on top of one and a half times the reference."""


class Audience:
    """Two hundred sockets in a loop of their own; `heard` holds when each of them heard which id."""

    def __init__(self, address: str, join: str) -> None:
        self.address, self.join = address, join
        self.heard: dict[str, list[float]] = {}
        self.lines: list[ClientConnection] = []
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def come(self) -> None:
        """Connect one after the other, each having joined before the next."""
        asyncio.run_coroutine_threadsafe(self._come(), self.loop).result(timeout=120)

    def go(self) -> None:
        """Leave."""
        asyncio.run_coroutine_threadsafe(self._go(), self.loop).result(timeout=60)
        self.loop.call_soon_threadsafe(self.loop.stop)

    def times(self, one: str) -> list[float]:
        """When they heard of this id, waiting until the last has."""
        until = time.monotonic() + PATIENCE
        while len(self.heard.get(one, [])) < SOCKETS:
            assert time.monotonic() < until, f"{len(self.heard.get(one, []))} of {SOCKETS} heard"  # noqa: S101  # a lost frame is no figure
            time.sleep(0.01)
        return self.heard[one]

    async def _come(self) -> None:
        for _number in range(SOCKETS):
            line = await connect(self.address, origin=self.address.replace("ws", "http")[: -len("/ws/")])  # type: ignore[arg-type]  # a str is an Origin
            if self.join:
                await line.send(self.join)
            await line.recv()
            self.lines.append(line)
            self.loop.create_task(self._listen(line))  # ends with its line

    async def _listen(self, line: ClientConnection) -> None:
        async for text in line:
            now = time.monotonic()
            frame: dict[str, Any] = json.loads(text)
            if "id" in frame:
                self.heard.setdefault(str(frame["id"]), []).append(now)

    async def _go(self) -> None:
        for line in self.lines:
            await line.close()


def measure(stage: Stage, say: Callable[[str], None]) -> Iterator[Figure]:
    """Median and 99th percentile over all sockets and acts."""
    say(f"{SOCKETS} sockets, {ACTS} acts")
    with _served(stage, "bare-live", "bench.bare.asgi:application") as address:
        bare = _delays(Audience(address, ""), _sends())
    with _relaying(stage), _served(stage, "live", "marketplace.asgi:application") as address:
        ours = _delays(Audience(address, JOIN), _closings())
    for name, part in (("p50", 0.5), ("p99", 0.99)):
        value, reference = _part(ours, part), _part(bare, part)
        yield Figure(
            figure=f"commit to frame at {SOCKETS} sockets, {name}",
            value=round(value, 1),
            unit="ms",
            reference=REFERENCE,
            reference_value=round(reference, 1),
            n=len(ours),
            seed=stage.seed,
            bar=round((1.5 * reference + BARS[name]) / reference, 2),
            bar_text=f"1.5 × + {BARS[name]:.0f} ms",
        )


def _delays(audience: Audience, acts: Iterator[Callable[[], str]]) -> list[float]:
    """Milliseconds from each act's end to each socket's frame."""
    audience.come()
    found: list[float] = []
    for number, act in enumerate(acts):
        told = act()
        done = time.monotonic()
        heard = audience.times(told)
        found += [(moment - done) * 1000 for moment in heard] if number >= WARM else []
        time.sleep(PAUSE)
    audience.go()
    return found


def _sends() -> Iterator[Callable[[], str]]:
    layer = get_channel_layer()
    for number in range(ACTS + WARM):

        def send(number: int = number) -> str:
            text = json.dumps({"id": f"bare{number}", "type": "changed", "kind": "challenge", "version": 1})
            async_to_sync(layer.group_send)(GROUP, {"type": "tell", "text": text})
            return f"bare{number}"

        yield send


def _closings() -> Iterator[Callable[[], str]]:
    """Challenges that are past their deadline, each closed by its service."""
    rows = Challenge.objects.filter(state="OPEN").order_by("-pk")[: ACTS + WARM]
    for public_id in list(rows.values_list("public_id", flat=True)):
        Challenge.objects.filter(public_id=public_id).update(deadline=clock.now() - timedelta(seconds=1))

        def close(public_id: str = public_id) -> str:
            return posting.close_challenge(public_id=public_id).public_id

        yield close


def _part(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return statistics.median(ordered) if part == 0.5 else ordered[int(len(ordered) * part)]


@contextmanager
def _served(stage: Stage, name: str, entry: str) -> Iterator[str]:
    port = free_port()
    stage.platform.start(name, UVICORN, entry, "--port", str(port), "--no-access-log", "--log-level", "warning")
    try:
        _wait_for(port)
        yield f"ws://127.0.0.1:{port}/ws/"
    finally:
        _end(stage, name)


@contextmanager
def _relaying(stage: Stage) -> Iterator[None]:
    stage.platform.start("relay", sys.executable, "manage.py", "relay")
    try:
        _caught_up()
        yield
    finally:
        _end(stage, "relay")


def _caught_up() -> None:
    """Until all that earlier measurements left is delivered; here no worker runs, so jobs' part is done on the spot.

    Else the relay would offer it again in the middle of the measurement.
    """
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING)
    until = time.monotonic() + LONGEST_BACKLOG
    while waiting.exists():
        assert time.monotonic() < until, f"{waiting.count()} deliveries still wait"  # noqa: S101  # a measurement of a backlog is none
        for pk in list(waiting.exclude(leased_until=None).values_list("pk", flat=True)):
            relay.deliver_slow(pk)
        time.sleep(0.5)


def _end(stage: Stage, name: str) -> None:
    process = stage.platform.processes.pop(name)
    process.terminate()
    process.wait(timeout=30)


def _wait_for(port: int) -> None:
    async def knock() -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                _reader, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                return
        raise TimeoutError(port)

    asyncio.run(knock())
