"""What a receipt on paper (PDF) carries, read by a program of its own: the sheet on standard input, JSON on its output.

It may be a stranger's file that only calls itself one, so nothing but the two attachments is looked at.
"""

import io
import json
import resource
import sys
from base64 import b64encode
from contextlib import suppress

import pikepdf

from tasks.proposals.enclosed import LONGEST, RECEIPT, STAMP

MEMORY = 512 * 1024 * 1024
SECONDS = 4


def carried(content: bytes) -> dict[str, str]:
    """The attachments by their names, base64; nothing for what is no sheet of ours."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            found = {name: _read(document, name) for name in (RECEIPT, STAMP) if name in document.attachments}
    except (pikepdf.PdfError, ValueError, RuntimeError, KeyError, TypeError, AttributeError):
        return {}
    return {name: b64encode(one).decode() for name, one in found.items() if 0 < len(one) <= LONGEST}


def _read(document: pikepdf.Pdf, name: str) -> bytes:
    return bytes(document.attachments[name].get_file().read_bytes())


def main() -> None:
    """Read within fixed limits of memory and processor time."""
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0)):
        with suppress(OSError, ValueError):  # a system without this limit still has the clock of the caller
            resource.setrlimit(limit, (most, most))
    answer: dict[str, str] = {}
    with suppress(MemoryError, RecursionError):
        answer = carried(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
