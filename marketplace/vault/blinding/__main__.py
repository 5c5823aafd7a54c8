"""The blinding of one file as a program of its own: the file on standard input; on its output one line of JSON that
says what was taken out, or why it cannot be done, and behind it the blinded file."""

import json
import resource
import sys
from contextlib import suppress

from marketplace.vault.blinding.blinding import blind
from marketplace.vault.inspecting.findings import Unacceptable

MEMORY = 1536 * 1024 * 1024
"""Bytes of address space: a file of 100 MB is held as it came and as it goes, and what is read of it beside it."""
SECONDS = 20


def main(kind: str) -> None:
    """Blind within fixed limits of memory and processor time."""
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0)):
        with suppress(OSError, ValueError):  # a system without this limit still has the clock of the caller
            resource.setrlimit(limit, (most, most))
    blinded = b""
    try:
        blinded, taken = blind(kind, sys.stdin.buffer.read())
        answer: dict[str, object] = {"taken": dict(taken)}
    except Unacceptable as failure:
        answer = {"code": failure.code, "values": failure.values}
    except (MemoryError, RecursionError):
        answer = {"code": "too_costly", "values": {}}
    sys.stdout.buffer.write(json.dumps({**answer, "size": len(blinded)}).encode() + b"\n")
    sys.stdout.buffer.write(blinded)


if __name__ == "__main__":
    main(sys.argv[1])
