"""The judging of one file as a program of its own: the file on standard input, the answer as JSON on its output."""

import json
import resource
import sys
from contextlib import suppress

from marketplace.vault.inspecting.findings import Unacceptable
from marketplace.vault.inspecting.inspection import inspect

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space: a file of 100 MB is held once, and what is read of it beside it."""
SECONDS = 12


def main(kind: str) -> None:
    """Judge within fixed limits of memory and processor time."""
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0)):
        with suppress(OSError, ValueError):  # a system without this limit still has the clock of the caller
            resource.setrlimit(limit, (most, most))
    answer: dict[str, object] = {}
    try:
        inspect(kind, sys.stdin.buffer.read())
    except Unacceptable as failure:
        answer = {"code": failure.code, "values": failure.values}
    except (MemoryError, RecursionError):
        answer = {"code": "too_costly", "values": {}}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main(sys.argv[1])
