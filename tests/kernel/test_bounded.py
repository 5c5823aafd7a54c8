"""A body longer than any upload is answered and read no further, whether it says its length or not."""

import asyncio
from typing import Any

from marketplace.kernel.bounded import bounded

MOST = 1000


def asked(headers: list[tuple[bytes, bytes]], pieces: int) -> tuple[list[dict[str, Any]], int]:
    """What is answered to so many pieces of 100 bytes, and how many of them were read."""
    read, said = 0, []

    async def application(_scope: Any, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    async def receive() -> dict[str, Any]:
        nonlocal read
        read += 1
        return {"type": "http.request", "body": bytes(100), "more_body": read < pieces}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    asyncio.run(bounded(application, MOST)({"type": "http", "headers": headers}, receive, send))
    return said, read


def test_within_the_limit_nothing_is_different() -> None:
    said, read = asked([(b"content-length", b"1000")], 10)
    assert (said[0]["status"], read) == (200, 10)


def test_a_claim_beyond_it_is_answered_before_anything_is_read() -> None:
    said, read = asked([(b"content-length", b"1001")], 11)
    assert (said[0]["status"], read) == (413, 0)


def test_an_endless_body_without_a_length_is_stopped() -> None:
    said, read = asked([], 10_000_000)
    assert (said[0]["status"], read) == (413, 11)


def test_a_wrong_length_helps_nobody() -> None:
    said, read = asked([(b"content-length", b"5")], 10_000_000)
    assert (said[0]["status"], read) == (413, 11)
