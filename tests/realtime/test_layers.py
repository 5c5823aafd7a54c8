"""The embedded mode's layer: spoken to from other threads, heard at once, and only on the loop that reads."""

import asyncio
import threading
import time

import pytest
from asgiref.sync import async_to_sync

from realtime.layers import ThreadSafeInMemoryLayer

pytestmark = pytest.mark.embedded


def test_a_message_from_another_thread_wakes_a_sleeping_reader() -> None:
    layer = ThreadSafeInMemoryLayer()

    async def reads() -> float:
        channel = await layer.new_channel()
        await layer.group_add("live.x", channel)
        send = async_to_sync(layer.group_send)
        threading.Timer(0.2, send, ["live.x", {"type": "x", "at": time.monotonic() + 0.2}]).start()
        began = time.monotonic()
        await asyncio.wait_for(layer.receive(channel), timeout=3)
        return time.monotonic() - began

    assert asyncio.run(reads()) < 1


def test_many_threads_at_once_lose_nothing() -> None:
    layer = ThreadSafeInMemoryLayer(capacity=1000)

    async def reads() -> set[int]:
        channel = await layer.new_channel()
        await layer.group_add("live.x", channel)

        def speak(start: int) -> None:
            for number in range(start, start + 50):
                async_to_sync(layer.group_send)("live.x", {"type": "x", "n": number})

        for start in range(0, 200, 50):
            threading.Thread(target=speak, args=(start,)).start()
        return {(await asyncio.wait_for(layer.receive(channel), timeout=5))["n"] for _message in range(200)}

    assert asyncio.run(reads()) == set(range(200))


def test_without_a_reader_nothing_is_kept_and_nothing_fails() -> None:
    layer = ThreadSafeInMemoryLayer()
    async_to_sync(layer.group_send)("live.x", {"type": "x"})
    assert layer.channels == {}


def test_a_second_loop_takes_over_only_when_the_first_has_ended() -> None:
    layer = ThreadSafeInMemoryLayer()

    async def sits() -> None:
        await layer.group_add("live.x", await layer.new_channel())

    asyncio.run(sits())
    assert layer.groups
    asyncio.run(sits())
    assert len(layer.groups["live.x"]) == 1

    async def two_at_once() -> None:
        await layer.new_channel()
        failures: list[BaseException] = []

        def elsewhere() -> None:
            try:
                asyncio.run(sits())
            except RuntimeError as failure:
                failures.append(failure)

        await asyncio.to_thread(elsewhere)
        assert failures

    asyncio.run(two_at_once())
