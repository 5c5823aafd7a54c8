"""No request's body is longer than the largest upload: Django under ASGI writes it all to a file before it looks."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

TOO_LARGE = 413


def bounded(application: Application, most: int) -> Application:
    """The same application for bodies of up to `most` bytes; others are answered 413 and read no further."""

    async def inner(scope: Message, receive: Receive, send: Send) -> None:
        if _claimed(scope) > most:
            await _refuse(send)
            return
        counting = _Counting(receive, send, most)
        await application(scope, counting.receive, counting.send)
        if counting.over and not counting.answered:
            await _refuse(send)

    return inner


class _Counting:
    """The way in and out of one request. Beyond the limit the application hears that the other side has gone."""

    def __init__(self, receive: Receive, send: Send, most: int) -> None:
        self._receive, self._send, self.left = receive, send, most
        self.over = self.answered = False

    async def receive(self) -> Message:
        if self.over:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self.left -= len(message.get("body", b""))
        self.over = self.left < 0
        return {"type": "http.disconnect"} if self.over else message

    async def send(self, message: Message) -> None:
        self.answered = True
        await self._send(message)


def _claimed(scope: Message) -> int:
    """What the request says of its length; nonsense is left to the server, which refuses it."""
    for name, value in scope.get("headers", []):
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": TOO_LARGE, "headers": headers})
    await send({"type": "http.response.body", "body": "文件太大。The file is too large.".encode()})
