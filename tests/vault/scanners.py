"""A scanner that says what a test wants: clamd's protocol, spoken by a process of its own."""

import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.vault import fake_clamd


class FakeClamd:
    """Use it with `with`; `answers(word)` decides what it says from now on."""

    def __enter__(self) -> Self:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.address = f"127.0.0.1:{port}"
        self.process = subprocess.Popen([sys.executable, fake_clamd.__file__ or "", str(port)], stdin=subprocess.PIPE)
        self._wait(port)
        return self

    def __exit__(self, *failure: object) -> None:
        self.process.kill()
        self.process.wait(timeout=5)
        if self.process.stdin:
            self.process.stdin.close()

    def answers(self, word: str) -> None:
        """One of fake_clamd.ANSWERS."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n".encode())
        self.process.stdin.flush()
        time.sleep(0.2)

    def _wait(self, port: int) -> None:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as talk:
                talk.sendall(b"zPING\0")
                if talk.recv(10) == b"PONG\0":
                    return
            time.sleep(0.05)
        raise AssertionError(f"{Path(__file__).name}: the fake scanner never answered")
