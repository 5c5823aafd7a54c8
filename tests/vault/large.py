"""A file of 100 MB, made as it is read: never in memory as a whole, the same bytes at every reading."""

import hashlib
import io
import random
from collections.abc import Iterator
from itertools import chain
from typing import Any

MEGABYTE = 1024 * 1024
BLOCK = 256 * 1024
BOUNDARY = "a-boundary"


def noise(size: int) -> Iterator[bytes]:
    """Bytes that nothing packs any smaller."""
    drawn = random.Random(size)
    for start in range(0, size, BLOCK):
        yield drawn.randbytes(min(BLOCK, size - start))


def pdf(size: int) -> Iterator[bytes]:
    """A document of one page, whose picture is noise, of exactly this size."""
    pixels = size - len(b"".join(_around(0)))  # its numbers are as wide whatever they are
    head, foot = _around(pixels)
    yield head
    yield from noise(pixels)
    yield foot


def _around(pixels: int) -> tuple[bytes, bytes]:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<</XObject<</I 4 0 R>>>>>>",
        b"<</Type/XObject/Subtype/Image/Width 6000/Height 5000/ColorSpace/DeviceRGB/BitsPerComponent 8/Length %09d>>"
        b"\nstream\n" % pixels,
    ]
    head, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(head))
        head += b"%d 0 obj\n%s" % (number, content) + (b"\nendobj\n" if number < len(objects) else b"")
    behind = b"\nendstream\nendobj\n"
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(head) + pixels + len(behind)
    return head, behind + table + b"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%010d\n%%%%EOF\n" % start


def text(size: int) -> Iterator[bytes]:
    """Letters by chance."""
    for some in noise(size // 2):
        yield some.hex().encode()


def digest(content: Iterator[bytes]) -> str:
    counting = hashlib.sha256()
    for some in content:
        counting.update(some)
    return counting.hexdigest()


class Body(io.RawIOBase):
    """A form with one file, as a server hands it to the pages: read piece by piece, its length known."""

    def __init__(self, name: str, content: Iterator[bytes], size: int, fields: dict[str, str]) -> None:
        said = "".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        )
        file = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        head = f"{said}{file}Content-Type: application/octet-stream\r\n\r\n".encode()
        foot = f"\r\n--{BOUNDARY}--\r\n".encode()
        self.length = len(head) + size + len(foot)
        self.taken = 0
        self._held = b""
        self._pieces = chain([head], content, [foot])

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        """As many bytes as there are at hand."""
        self._held = self._held or next(self._pieces, b"")
        given = self._held[: len(into)]
        into[: len(given)] = given
        self._held = self._held[len(given) :]
        self.taken += len(given)
        return len(given)
