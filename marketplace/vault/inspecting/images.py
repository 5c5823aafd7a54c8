"""Pictures: one still image, of a size a screen can show, that ends where it says."""

import io
import re
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping

from PIL import Image

from marketplace.vault.inspecting import markup
from marketplace.vault.inspecting.findings import Unacceptable

MOST_PIXELS = 60_000_000
"""A page scanned at 600 dots an inch has 35 million; a small file can claim a thousand times as many."""
FORMATS = {"png": "PNG", "jpg": "JPEG"}
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
JPEG_MARKERS_ALONE = {0x01, *range(0xD0, 0xD9)}
"""JPEG markers without a length behind them (ITU-T T.81, table B.1)."""
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def judge(kind: str, content: bytes) -> None:
    """Raises Unacceptable unless it is one picture of this kind and nothing more."""
    for piece in PARTS[kind](content):  # not in packed data, where any four bytes stand somewhere
        markup.refuse(piece)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Unacceptable("too_many_pixels")
            if getattr(image, "n_frames", 1) > 1:
                raise Unacceptable("moving_picture")
            image.verify()
    except Image.DecompressionBombError:
        raise Unacceptable("too_many_pixels") from None
    except (OSError, SyntaxError, ValueError, struct.error):
        raise Unacceptable("not_what_it_says") from None


def chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG, each by its name and whole (PNG 3, 5.3). Raises Unacceptable where any follows IEND."""
    place, name = len(PNG_SIGNATURE), b""
    if not content.startswith(PNG_SIGNATURE):
        raise Unacceptable("not_what_it_says")
    while name != b"IEND":
        if place + 12 > len(content):
            raise Unacceptable("damaged")
        length, name = struct.unpack_from(">I4s", content, place)
        yield name, content[place : place + length + 12]
        place += length + 12
    if place != len(content):
        raise Unacceptable("something_behind")


def segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The segments of a JPEG: marker, all of it, and the packed pixels behind it. Raises Unacceptable.

    It is raised where anything stands after the end of the image, once all segments have been given.
    """
    if not content.startswith(b"\xff\xd8\xff"):
        raise Unacceptable("not_what_it_says")
    place, marker = 2, 0
    while marker != END_OF_IMAGE:
        began = place
        marker, place = _segment(content, place)
        ended = _behind_scan(content, place) if marker == START_OF_SCAN else place
        yield marker, content[began:place], content[place:ended]
        place = ended
    if content[place:].strip(b"\x00"):
        raise Unacceptable("something_behind")


def beside_pixels(ending: str, content: bytes) -> list[bytes]:
    """What of a picture inside something else is not packed pixels, in which any four bytes stand somewhere."""
    kind = {"jpeg": "jpg"}.get(ending, ending)
    try:
        return list(PARTS[kind](content)) if kind in PARTS else [content]
    except (Unacceptable, struct.error):
        return [content]


def _of_png(content: bytes) -> Iterator[bytes]:
    """Every chunk but the packed pixels."""
    return (chunk for name, chunk in chunks(content) if name != b"IDAT")


def _of_jpeg(content: bytes) -> Iterator[bytes]:
    """Every segment but the packed pixels."""
    return (segment for _marker, segment, _pixels in segments(content))


def _behind_scan(content: bytes, place: int) -> int:
    """Where the next marker stands; within a scan FF is followed by 00 or a restart's number (T.81, B.1.1.5)."""
    found = MARKER.search(content, place)
    if found is None:
        raise Unacceptable("damaged")
    return found.start()


def _segment(content: bytes, place: int) -> tuple[int, int]:
    """The marker here and where it ends. Raises Unacceptable where there is none."""
    if place + 2 > len(content) or content[place] != 0xFF:
        raise Unacceptable("damaged")
    marker = content[place + 1]
    if marker == 0xFF:  # filling
        return 0, place + 1
    if marker == END_OF_IMAGE or marker in JPEG_MARKERS_ALONE:
        return marker, place + 2
    if place + 4 > len(content):
        raise Unacceptable("damaged")
    return marker, place + 2 + int(struct.unpack_from(">H", content, place + 2)[0])


PARTS: Mapping[str, Callable[[bytes], Iterable[bytes]]] = {"png": _of_png, "jpg": _of_jpeg}
