"""Pictures without what cameras and programs write beside the pixels: place, time, device, author, remarks."""

import io
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from PIL import Image

from marketplace.vault.blinding.report import PICTURES, Taken
from marketplace.vault.inspecting.findings import Unacceptable
from marketplace.vault.inspecting.images import PNG_SIGNATURE, chunks, segments

PNG_SHOWN = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"hIST",
    b"pHYs", b"cICP", b"mDCV", b"cLLI",
}  # fmt: skip
"""What a PNG needs to look as it does (PNG 3, 11); all other chunks only tell of it."""
COMMENT, FIRST_APP, LAST_APP = 0xFE, 0xE0, 0xEF
JFIF, EXIF, PROFILE, ADOBE = b"JFIF\x00", b"Exif\x00\x00", b"ICC_PROFILE\x00", b"Adobe"
JFIF_HEAD = 12
"""Bytes of what JFIF says before the size of the small picture that may follow (T.871, 10.1)."""
BOXES = b"\x00\x00\x00\x0cjP  "
BOXES_SHOWN = {b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jpch", b"jplh", b"jp2c"}
ORIENTATION = 0x0112
UPRIGHT = 1
GIF_LOOPS = {b"NETSCAPE2.0", b"ANIMEXTS1.0"}
EMF_SIGNATURE = b" EMF"


def png(content: bytes, taken: Taken) -> bytes:
    """A PNG of the same pixels. Raises Unacceptable."""
    turned = _turned(content)
    kept = [PNG_SIGNATURE]
    for name, chunk in chunks(content):
        if name in PNG_SHOWN:
            kept.append(_renamed(chunk) if name == b"iCCP" else chunk)
        if name == b"IHDR" and turned:
            kept.append(_chunk(b"eXIf", turned))
    return _told(content, b"".join(kept), taken)


def jpeg(content: bytes, taken: Taken) -> bytes:
    """A JPEG of the same pixels that is held the same way up. Raises Unacceptable."""
    turned = _turned(content)
    note = [_segment(0xE1, EXIF + turned)] if turned else []
    return _told(content, _jpeg(content, note), taken)


def jpeg_as_drawn(content: bytes, taken: Taken) -> bytes:
    """The same for a place where nobody turns it: a page of a PDF. Bytes behind its end go. Raises Unacceptable."""
    with _readable():
        return _told(content, _jpeg(content, []), taken)


def jpeg2000(content: bytes, taken: Taken) -> bytes:
    """A JPEG 2000 of those boxes alone that draw it (T.800, annex I); bare pixels have none. Raises Unacceptable."""
    if not content.startswith(BOXES):
        return content
    kept, place = [], 0
    with _readable():
        while place < len(content):
            length, name = struct.unpack_from(">I4s", content, place)
            length = struct.unpack_from(">Q", content, place + 8)[0] if length == 1 else length
            ended = place + length if length else len(content)
            if ended < place + 8:
                raise Unacceptable("damaged")
            if name in BOXES_SHOWN:
                kept.append(content[place:ended])
            place = ended
    return _told(content, b"".join(kept), taken)


def inside(ending: str, content: bytes, taken: Taken) -> bytes:
    """A picture that is part of an Office file. Raises Unacceptable for a kind that cannot be cleaned."""
    if ending not in INSIDE:
        raise Unacceptable("picture_uncleanable", ending=ending)
    if not content:
        return content
    with _readable():
        return INSIDE[ending](content, taken)


@contextmanager
def _readable() -> Iterator[None]:
    """Whatever is wrong with a picture inside of something: the sentence says that it is the picture."""
    try:
        yield
    except (Unacceptable, struct.error, IndexError):
        raise Unacceptable("picture_unreadable") from None


def _told(before: bytes, after: bytes, taken: Taken) -> bytes:
    taken[PICTURES] += before != after
    return after


def _turned(content: bytes) -> bytes:
    """EXIF that says which way up it is held and nothing else; empty where it is upright as it is."""
    held = UPRIGHT
    whatever = suppress(Exception)  # is wrong with its notes: they go
    with whatever, Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as image:
        held = int(image.getexif().get(ORIENTATION, UPRIGHT))
    if held not in range(UPRIGHT + 1, 9):
        return b""
    return b"MM\x00*\x00\x00\x00\x08" + struct.pack(">HHHIHHI", 1, ORIENTATION, 3, 1, held, 0, 0)


def _renamed(profile: bytes) -> bytes:
    """The profile of colours under no name: systems call it after the screen, which its owner has named (PNG 3, 11)."""
    _name, end, packed = profile[8:-4].partition(b"\x00")
    return _chunk(b"iCCP", b"ICC" + end + packed)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _jpeg(content: bytes, note: list[bytes]) -> bytes:
    """All that shows, the note behind JFIF's own head, for which all readers look first."""
    shown: list[bytes] = []
    for marker, segment, pixels in _until_behind(content):
        kept = _kept(marker, segment)
        if note and marker != FIRST_APP:
            shown.append(note.pop())
        shown += [kept, pixels]
    return b"\xff\xd8" + b"".join(shown)


def _until_behind(content: bytes) -> list[tuple[int, bytes, bytes]]:
    """The segments. What is behind the end was refused before, or is cut off here."""
    found: list[tuple[int, bytes, bytes]] = []
    try:
        for one in segments(content):
            found.append(one)  # noqa: PERF402  # kept where the last step fails
    except Unacceptable as failure:
        if failure.code != "something_behind":
            raise
    return found


def _kept(marker: int, segment: bytes) -> bytes:
    """The segment, or what shows of it."""
    said = segment[4:]
    if marker == FIRST_APP and said.startswith(JFIF):
        return _segment(marker, said[:JFIF_HEAD] + b"\x00\x00")
    if marker == 0xE2 and said.startswith(PROFILE):
        return segment
    if marker == 0xEE and said.startswith(ADOBE):
        return segment
    return b"" if marker in {0, COMMENT} or FIRST_APP <= marker <= LAST_APP else segment


def _gif(content: bytes, taken: Taken) -> bytes:
    """A GIF without remarks and what programs note (GIF89a, 24 and 26); how often it repeats stays."""
    place = 13 + _table(content[10])
    kept = [content[:place]]
    while content[place] != 0x3B:
        began = place
        place = _behind_blocks(content, _head_of(content, place))
        said = content[began + 1] if content[began] == 0x21 else 0
        repeats = content[began + 3 : began + 14] in GIF_LOOPS
        if said != 0xFE and (said != 0xFF or repeats):
            kept.append(content[began:place])
    return _told(content, b"".join([*kept, b"\x3b"]), taken)


def _table(flags: int) -> int:
    """Bytes of a table of colours."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _head_of(content: bytes, place: int) -> int:
    """Where the blocks of an image or of an extension begin."""
    return place + 2 if content[place] == 0x21 else place + 11 + _table(content[place + 9])


def _behind_blocks(content: bytes, place: int) -> int:
    while content[place]:
        place += content[place] + 1
    return place + 1


def _emf(content: bytes, taken: Taken) -> bytes:
    """A drawing of Windows without its description, which names program and title (MS-EMF 2.2.9)."""
    if content[40:44] != EMF_SIGNATURE:
        raise Unacceptable("picture_unreadable")
    length, place = struct.unpack_from("<II", content, 60)
    cleared = bytearray(content)
    if place + 2 * length <= len(content):
        cleared[place : place + 2 * length] = bytes(2 * length)
    struct.pack_into("<II", cleared, 60, 0, 0)
    return _told(content, bytes(cleared), taken)


def _plain(content: bytes, _taken: Taken) -> bytes:
    """Kinds that have no place for notes."""
    return content


INSIDE: Mapping[str, Callable[[bytes, Taken], bytes]] = {
    "png": png,
    "jpg": jpeg,
    "jpeg": jpeg,
    "gif": _gif,
    "emf": _emf,
    "wmf": _plain,
    "bmp": _plain,
}
"""What may be inside an Office file, by ending. TIFF, of which every part may be a note, is not among them."""
