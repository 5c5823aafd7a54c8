"""The malware scanner: ClamAV's clamd over its socket (clamd(8), command INSTREAM). Silence is never "clean" (I27)."""

import socket
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings

PORTION = 128 * 1024
LONGEST_ANSWER = 4096
CLEAN = "stream: OK"
FOUND = " FOUND"


class NoVerdict(Exception):
    """The scanner was away, late, or said something that is no verdict."""


def is_set_up() -> bool:
    """Whether this installation has one."""
    return bool(settings.CLAMD)


def scan(content: Iterable[bytes]) -> str:
    """The name of what was found; empty where nothing was. Raises NoVerdict."""
    try:
        with _connection() as talk:
            talk.sendall(b"zINSTREAM\0")
            for portion in content:
                _send(talk, portion)
            talk.sendall(struct.pack(">I", 0))
            answer = _heard(talk)
    except OSError as failure:
        raise NoVerdict(type(failure).__name__) from failure
    return _verdict(answer)


def answers() -> bool:
    """Whether the scanner is there."""
    try:
        with _connection() as talk:
            talk.sendall(b"zPING\0")
            return _heard(talk) == "PONG"
    except OSError:
        return False


def _verdict(answer: str) -> str:
    if answer == CLEAN:
        return ""
    if answer.startswith("stream: ") and answer.endswith(FOUND):
        return answer.removeprefix("stream: ").removesuffix(FOUND)
    raise NoVerdict(answer[:200])


def _send(talk: socket.socket, content: bytes) -> None:
    for start in range(0, len(content), PORTION):
        portion = content[start : start + PORTION]
        talk.sendall(struct.pack(">I", len(portion)) + portion)


def _heard(talk: socket.socket) -> str:
    """Up to the zero byte that ends an answer."""
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        some = talk.recv(LONGEST_ANSWER)
        if not some:
            break
        said += some
    return said.rstrip(b"\0").decode("utf-8", "replace").strip() if said.endswith(b"\0") else "broken off"


@contextmanager
def _connection() -> Iterator[socket.socket]:
    """CLAMD is "host:port" or the path of a socket."""
    where = settings.CLAMD
    if where.startswith("/"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as talk:
            talk.settimeout(settings.CLAMD_PATIENCE)
            talk.connect(where)
            yield talk
    else:
        host, _colon, port = where.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=settings.CLAMD_PATIENCE) as talk:
            yield talk
