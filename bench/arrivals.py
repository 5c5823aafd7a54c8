"""A crowd at the door: each request is sent at its own moment, whatever the others wait for.

Run as a program of its own (`python -m bench.arrivals < plan`), so that what it costs is not the platform's. A plan is
a list of `at` (seconds since 1970), `port`, `path`, `cookies` and `body`; the answer a list of `sent` (when the last
byte left), `status` (0 where none came) and `answered`, in the same order.
"""

import asyncio
import json
import sys
import time
from contextlib import suppress
from typing import Any

LONGEST = 120.0
"""Seconds one waits for an answer."""
AHEAD = 0.25
"""Seconds before its moment at which a connection is made: a browser has one when its button is pressed."""


async def send(one: dict[str, Any]) -> dict[str, Any]:
    """Connect a little before the moment, send at it, wait for the first line of the answer."""
    await asyncio.sleep(max(0.0, one["at"] - AHEAD - time.time()))
    told: dict[str, Any] = {"sent": 0.0, "status": 0, "answered": 0.0}
    with suppress(OSError, TimeoutError, ValueError, IndexError):
        async with asyncio.timeout(LONGEST):
            reader, writer = await asyncio.open_connection("127.0.0.1", one["port"])
            await asyncio.sleep(max(0.0, one["at"] - time.time()))
            writer.write(request(one))
            await writer.drain()
            told["sent"] = time.time()
            told["status"] = int((await reader.readline()).split()[1])
            told["answered"] = time.time()
            writer.close()
    return told


def request(one: dict[str, Any]) -> bytes:
    """The bytes of a POST as a browser sends it."""
    body: bytes = one["body"].encode()
    head: str = (
        f"POST {one['path']} HTTP/1.1\r\nHost: 127.0.0.1:{one['port']}\r\nConnection: close\r\n"
        f"Cookie: {one['cookies']}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"X-CSRFToken: {one['token']}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def all_of(plan: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Everybody."""
    return list(await asyncio.gather(*(send(one) for one in plan)))


if __name__ == "__main__":
    json.dump(asyncio.run(all_of(json.load(sys.stdin))), sys.stdout)
