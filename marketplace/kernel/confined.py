"""Judge or change a stranger's file in a process of its own: it cannot take this one's memory or time with it.

It runs as the same user, so a flaw in a library that reads files would still reach what this user can read.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import MappingProxyType
from typing import IO, Any

from django.conf import settings

PATIENCE = 15
"""Seconds of the wall clock; the program itself sets itself a limit of processor time."""
LONGEST_LINE = 64 * 1024
"""Bytes of the line of JSON before the content."""
PORTION = 256 * 1024
"""Bytes handed on at a time."""
Take = Callable[[bytes], object]


class TooCostly(Exception):
    """The program took more time or memory than any honest file would need."""


def run_confined(
    module: str,
    argument: str,
    content: Iterable[bytes],
    *,
    environment: Mapping[str, str] = MappingProxyType({}),
    patience: float = PATIENCE,
) -> dict[str, Any]:
    """What the module, run as a program with the content on its standard input, says as JSON.

    Raises TooCostly, or CalledProcessError where the program itself failed: a fault of ours, tried again later.
    """
    with _program(module, argument, environment, patience) as running:
        _tell(running, content)
        said, complained = running.communicate()
        _refuse_failed(running, complained)
        return dict(json.loads(said))


def change_confined(
    module: str, argument: str, content: Iterable[bytes], *, take: Take, most: int, patience: float = PATIENCE
) -> dict[str, Any]:
    """What the module says in its first line, as JSON; the changed file behind that line goes to `take` as it comes.

    The line names their number as `size`. Raises TooCostly for more than `most` of them too, and CalledProcessError
    for more or fewer than named; what was handed on before that is not to be used.
    """
    with _program(module, argument, {}, patience) as running:
        complaints: list[bytes] = []
        listening = threading.Thread(target=lambda: complaints.append(_all(running.stderr)), daemon=True)
        listening.start()
        _tell(running, content)
        line = running.stdout.readline(LONGEST_LINE) if running.stdout else b""
        handed_on = _hand_on(running, take, most)
        running.wait()
        listening.join()
        _refuse_failed(running, b"".join(complaints))
        said = dict(json.loads(line))
        if said["size"] != handed_on:
            raise subprocess.CalledProcessError(0, running.args, line)
        return said


@contextmanager
def _program(
    module: str, argument: str, environment: Mapping[str, str], patience: float
) -> Iterator["subprocess.Popen[bytes]"]:
    """The running program, ended when its time is over or nobody waits for it any more."""
    program = [sys.executable, "-m", module, argument]
    with subprocess.Popen(  # noqa: S603  # our own program; the argument is no command
        program,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        env={"PYTHONUTF8": "1", **environment},
    ) as running:
        late = threading.Timer(patience, running.kill)
        late.start()
        try:
            yield running
        finally:
            late.cancel()
            running.kill()


def _tell(running: "subprocess.Popen[bytes]", content: Iterable[bytes]) -> None:
    if running.stdin is not None:
        with suppress(BrokenPipeError):  # it ended before it had read everything: what it says or not counts
            for some in content:
                running.stdin.write(some)
            running.stdin.close()
        running.stdin = None


def _hand_on(running: "subprocess.Popen[bytes]", take: Take, most: int) -> int:
    """How many bytes came behind the line. Raises TooCostly."""
    handed_on = 0
    while some := running.stdout.read(PORTION) if running.stdout else b"":
        handed_on += len(some)
        if handed_on > most:
            raise TooCostly
        take(some)
    return handed_on


def _all(stream: IO[bytes] | None) -> bytes:
    return stream.read() if stream else b""


def _refuse_failed(running: "subprocess.Popen[bytes]", complained: bytes) -> None:
    if running.returncode < 0:  # ended by the system or the timer: beyond its limits
        raise TooCostly
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, running.args, stderr=complained)
