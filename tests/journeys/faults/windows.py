"""Open windows: sockets that were there before the fault and come back as live.js does."""

import json
import random
import threading
import time
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

LONGEST_WAIT = 30.0
PING_EVERY, PONG_WITHIN = 10.0, 10.0


class Window:
    """One window that listens to topics. `cursors` says up to which number it has heard each of them."""

    def __init__(self, address: str, cookie: str, topics: list[str]) -> None:
        self.address, self.cookie = address, cookie
        self.cursors: dict[str, int | None] = dict.fromkeys(topics)
        self.heard: list[tuple[str, int]] = []
        self.over = threading.Event()
        self._attempts = 0
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """The window is closed."""
        self.over.set()
        self._thread.join(timeout=10)

    def _live(self) -> None:
        while not self.over.is_set():
            with suppress(OSError, WebSocketException, TimeoutError), self._dialled() as line:
                self._listen(line)
            longest = min(LONGEST_WAIT, 0.5 * 2**self._attempts)
            self._attempts += 1
            self.over.wait(longest * random.uniform(0.5, 1))

    def _dialled(self) -> ClientConnection:
        host = urlsplit(self.address).netloc
        headers = {"Cookie": f"sessionid={self.cookie}"}
        return connect(
            f"ws://{host}/ws/",
            origin=self.address,  # type: ignore[arg-type]  # a plain string is what the header holds
            additional_headers=headers,
            open_timeout=10,
            ping_interval=PING_EVERY,
            ping_timeout=PONG_WITHIN,
            close_timeout=1,
        )

    def _listen(self, line: ClientConnection) -> None:
        self._join(line, list(self.cursors))
        since = time.monotonic()
        while not self.over.is_set():
            with suppress(TimeoutError):
                self._hear(line, json.loads(line.recv(timeout=0.5)))
            if time.monotonic() - since > 5:
                self._attempts = 0

    def _join(self, line: ClientConnection, names: list[str]) -> None:
        line.send(json.dumps({"join": [[name, self.cursors[name]] for name in names]}))

    def _hear(self, line: ClientConnection, message: dict[str, Any]) -> None:
        name = message.get("topic", "")
        if name not in self.cursors:
            return
        cursor = self.cursors[name]
        if message["type"] in {"joined", "resync"}:
            self.cursors[name] = message["seq"]
        elif message["type"] == "changed" and cursor is not None and message["seq"] > cursor:
            if message["seq"] > cursor + 1:
                self._join(line, [name])
                return
            self.cursors[name] = message["seq"]
            self.heard.append((name, message["seq"]))
