"""Whether the channel layer carries messages: the page /status asks, which must neither wait long nor fail."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from realtime.layers import ThreadSafeInMemoryLayer

log = structlog.get_logger(__name__)

PATIENCE = 0.5
"""Seconds for a message to come back."""

_aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="layer-probe")


def layer_answers() -> bool:
    """Whether a message sent through the channel layer comes back in time.

    In memory it is asked on the loop that the sockets live on. Any other layer is asked on a thread of its own,
    which is not waited for: looking up the name of a host that is gone cannot be cancelled.
    """
    try:
        if isinstance(get_channel_layer(), ThreadSafeInMemoryLayer):
            return async_to_sync(_echo)()
        asked = _aside.submit(lambda: asyncio.run(_echo()))
        try:
            return asked.result(2 * PATIENCE)
        finally:
            asked.cancel()  # who asks again meanwhile need not wait for answers that nobody wants
    except Exception as failure:  # noqa: BLE001  # whatever the layer raises, it does not answer
        log.info("channel layer does not answer", why=repr(failure))
        return False


async def _echo() -> bool:
    layer: Any = get_channel_layer()
    said = {"type": "probe"}
    async with asyncio.timeout(PATIENCE):
        channel = await layer.new_channel("probe.")
        await layer.send(channel, said)
        return bool(await layer.receive(channel) == said)
