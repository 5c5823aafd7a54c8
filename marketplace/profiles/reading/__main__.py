"""The reading of one file as a program of its own: the file on standard input, what it says as JSON on the output."""

import json
import resource
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from marketplace.profiles.reading import orcid, sheet
from marketplace.profiles.reading.found import LARGEST, Unreadable

MEMORY = 512 * 1024 * 1024
SECONDS = 6
READERS = {"orcid": orcid.read, "xlsx": sheet.read}


def main(kind: str) -> None:
    """Read within fixed limits of memory and processor time; say what was found, or why nothing was."""
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        with suppress(OSError, ValueError):  # a system without this limit still has the clock of the caller
            resource.setrlimit(limit, (most, most))
    content = sys.stdin.buffer.read(LARGEST + 1)
    try:
        answer: dict[str, Any] = asdict(READERS[kind](content))
    except Unreadable as failure:
        answer = {"unreadable": failure.code}
    except MemoryError:
        answer = {"unreadable": "too_costly"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main(sys.argv[1])
