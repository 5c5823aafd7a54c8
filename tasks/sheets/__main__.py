"""The reading of one file as a program of its own: the file on standard input, its rows as JSON on standard output."""

import json
import resource
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from marketplace.workbooks.cells import Unreadable
from tasks.sheets.reading import read

MEMORY = 512 * 1024 * 1024
SECONDS = 6


def main(name: str) -> None:
    """Read within fixed limits of memory and processor time; say the rows, or why there are none."""
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        with suppress(OSError, ValueError):  # a system without this limit still has the clock of the caller
            resource.setrlimit(limit, (most, most))
    try:
        answer: dict[str, Any] = asdict(read(name, sys.stdin.buffer.read()))
    except Unreadable as failure:
        answer = {"unreadable": failure.code, "values": failure.values}
    except MemoryError:
        answer = {"unreadable": "too_costly", "values": {}}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main(sys.argv[1])
