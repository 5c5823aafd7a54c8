"""A browser window as far as live updates go: one socket to the real consumer, and what it has been told."""

import asyncio
import json
from typing import Any, Self

from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.conf import settings
from django.test import Client

from marketplace.accounts.models import User
from realtime.routing import sockets

HOST = "testserver"
ORIGIN = "http://testserver"
QUICK = 2.0


def in_thread(work: Any) -> Any:
    """Database work from an async test."""
    return database_sync_to_async(work)


def signed_in(user: User) -> str:
    """The session cookie of a fresh sign-in."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Browser:
    """Use it with `async with`; `hears()` waits for the next frame, `silent()` says that there is none."""

    def __init__(self, cookie: str = "", *, origin: str | None = ORIGIN, path: str = "/ws/") -> None:
        headers = [(b"host", HOST.encode())]
        if origin is not None:
            headers.append((b"origin", origin.encode()))
        if cookie:
            headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={cookie}".encode()))
        scope = {"type": "websocket", "path": path, "query_string": b"", "headers": headers, "subprotocols": []}
        self.socket = ApplicationCommunicator(sockets, scope)
        self.accepted = False

    async def __aenter__(self) -> Self:
        await self.socket.send_input({"type": "websocket.connect"})
        answer = await self.socket.receive_output(timeout=QUICK)
        self.accepted = answer["type"] == "websocket.accept"
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self.socket.send_input({"type": "websocket.disconnect", "code": 1001})
        await self.socket.wait(timeout=QUICK)

    async def asks(self, **request: Any) -> None:
        await self.says(json.dumps(request))

    async def says(self, text: str) -> None:
        """Send any text, a request or not."""
        await self.socket.send_input({"type": "websocket.receive", "text": text})

    async def joins(self, *topics: str, last: int | None = None) -> list[dict[str, Any]]:
        """Join and return the answers, one a topic."""
        await self.asks(join=[[topic, last] for topic in topics])
        return [await self.hears() for _topic in topics]

    async def hears(self) -> dict[str, Any]:
        frame = await self.socket.receive_output(timeout=QUICK)
        assert frame["type"] == "websocket.send", frame
        return json.loads(frame["text"])

    async def silent(self, seconds: float = 0.2) -> bool:
        return await self.socket.receive_nothing(timeout=seconds, interval=0.02)

    async def closed(self, seconds: float = 5.0) -> int:
        """The code the server closes with, nothing having been said before."""
        frame = await self.socket.receive_output(timeout=seconds)
        assert frame["type"] == "websocket.close", frame
        return frame["code"]


async def settled() -> None:
    """Let what is under way on this loop happen."""
    await asyncio.sleep(0.05)
