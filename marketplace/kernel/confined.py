"""Judge a stranger's file in a process of its own: it cannot take this one's memory or time with it.

It runs as the same user, so a flaw in a library that reads files would still reach what this user can read.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any

from django.conf import settings

PATIENCE = 15
"""Seconds of the wall clock; the program itself sets itself a limit of processor time."""


class TooCostly(Exception):
    """The program took more time or memory than any honest file would need."""


def run_confined(
    module: str, argument: str, content: Iterable[bytes], *, environment: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Any]:
    """What the module, run as a program with the content on its standard input, says as JSON.

    Raises TooCostly, or CalledProcessError where the program itself failed: a fault of ours, tried again later.
    """
    program = [sys.executable, "-m", module, argument]
    with subprocess.Popen(  # noqa: S603  # our own program; the argument is no command
        program,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        env={"PYTHONUTF8": "1", **environment},
    ) as running:
        late = threading.Timer(PATIENCE, running.kill)
        late.start()
        try:
            return _answer(running, content)
        finally:
            late.cancel()
            running.kill()


def _answer(running: "subprocess.Popen[bytes]", content: Iterable[bytes]) -> dict[str, Any]:
    if running.stdin is not None:
        with suppress(BrokenPipeError):  # it ended before it had read everything: what it says or not counts
            for some in content:
                running.stdin.write(some)
            running.stdin.close()
        running.stdin = None
    said, complained = running.communicate()
    if running.returncode < 0:  # ended by the system or the timer: beyond its limits
        raise TooCostly
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, running.args, said, complained)
    return dict(json.loads(said))
