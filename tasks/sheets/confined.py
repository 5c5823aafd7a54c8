"""Read a stranger's file in a process of its own: it cannot take this one's memory, time or secrets with it."""

import json
import subprocess
import sys
from typing import Any

from django.conf import settings

from tasks.sheets.reading import Reading, Row, Unreadable

PATIENCE = 15
"""Seconds of the wall clock; the program itself has six of the processor's."""


def read_confined(name: str, content: bytes) -> Reading:
    """The rows of the file. Raises Unreadable, also when reading it costs more than any honest list would.

    Raises CalledProcessError where the program itself failed: a fault of ours, tried again later.
    """
    program = [sys.executable, "-m", "tasks.sheets", name[-60:]]
    try:
        done = subprocess.run(  # noqa: S603  # our own program; the name is an argument, never a command
            program,
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            cwd=settings.BASE_DIR,
            env={"PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired as failure:
        raise Unreadable("too_costly") from failure
    if done.returncode < 0:  # ended by the system: beyond its limits
        raise Unreadable("too_costly")
    done.check_returncode()
    return _reading(json.loads(done.stdout))


def _reading(answer: dict[str, Any]) -> Reading:
    if "unreadable" in answer:
        raise Unreadable(answer["unreadable"], **answer["values"])
    return Reading([Row(**row) for row in answer["rows"]], answer["ignored"])
