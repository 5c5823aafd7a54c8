"""Where sockets come in: one address, one consumer."""

from collections.abc import Awaitable, Callable
from typing import Any

from realtime.consumers import LiveConsumer

PATH = "/ws/"
_consumer = LiveConsumer.as_asgi()


async def sockets(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """The ASGI application for WebSockets. Any other address is refused like a foreign page."""
    if scope["path"] != PATH:
        await send({"type": "websocket.close"})
        return
    await _consumer(scope, receive, send)
