"""The zip that an Office file is: every entry where it says, of the size it says, and no more than can be read."""

import io
import re
import stat
import struct
import zipfile
from collections.abc import Iterable

from marketplace.vault.inspecting.findings import Unacceptable

MOST_ENTRIES = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_GROWTH = 120
"""How many times its packed size an entry may have; a few pages of the same words are let pass."""
SMALL = 8 * 1024 * 1024
LOCAL, END, ZIP64 = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07"
LENGTH_OF_END = 22
LONGEST_DESCRIPTOR = 24
"""Bytes that may follow an entry whose sizes were not known when it was begun (APPNOTE 4.3.9)."""
ENCRYPTED = 0x1
OUTSIDE = re.compile(r"\A[/\\]|\A[A-Za-z]:|(?:\A|[/\\])\.\.(?:[/\\]|\Z)|\x00")
PORTION = 256 * 1024


def opened(content: bytes) -> zipfile.ZipFile:
    """The archive, its table of contents judged. Raises Unacceptable."""
    if not content.startswith(LOCAL):
        raise Unacceptable("not_what_it_says")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, RuntimeError):
        raise Unacceptable("damaged") from None
    _refuse_behind(content, archive)
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Unacceptable("too_costly")
    _refuse_names(entry.filename for entry in entries)
    for entry in entries:
        _refuse_entry(entry)
    _refuse_gaps(content, entries, archive.start_dir)
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unacceptable("too_large_unpacked")
    return archive


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One entry; it may not be longer than it says. Raises Unacceptable."""
    try:
        with archive.open(entry) as stream:
            content = stream.read(entry.file_size + 1)
    except (zipfile.BadZipFile, zipfile.zlib.error, EOFError, RuntimeError):  # type: ignore[attr-defined]  # the module it is compiled with
        raise Unacceptable("damaged") from None
    if len(content) != entry.file_size:
        raise Unacceptable("damaged")
    return content


def _refuse_behind(content: bytes, archive: zipfile.ZipFile) -> None:
    end = content.rfind(END)
    if end < 0 or end + LENGTH_OF_END != len(content) or archive.comment:
        raise Unacceptable("something_behind")
    size, offset = struct.unpack_from("<II", content, end + 12)
    if size + offset != end or ZIP64 in content[end - 20 : end] or archive.start_dir != offset:
        raise Unacceptable("damaged")  # two readers would find two tables of contents


def _refuse_names(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if OUTSIDE.search(name):
            raise Unacceptable("reaches_outside")
        if name.casefold() in seen:
            raise Unacceptable("damaged")
        seen.add(name.casefold())


def _refuse_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & ENCRYPTED:
        raise Unacceptable("locked_or_old")
    mode = entry.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise Unacceptable("reaches_outside")
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Unacceptable("damaged")
    if entry.file_size > SMALL and entry.file_size > MOST_GROWTH * max(1, entry.compress_size):
        raise Unacceptable("too_large_unpacked")


def _refuse_gaps(content: bytes, entries: list[zipfile.ZipInfo], table: int) -> None:
    """From the first byte to the table of contents entry follows entry: none over another, none hidden in between."""
    place = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        gap = entry.header_offset - place
        if gap < 0:
            raise Unacceptable("too_large_unpacked")
        if gap > LONGEST_DESCRIPTOR or (gap and LOCAL in content[place : entry.header_offset]):
            raise Unacceptable("damaged")
        place = _end_of(content, entry)
    if not 0 <= table - place <= LONGEST_DESCRIPTOR:
        raise Unacceptable("damaged")


def _end_of(content: bytes, entry: zipfile.ZipInfo) -> int:
    """Where the entry's packed bytes end, by its local header, which must name what the table of contents names."""
    start = entry.header_offset
    if content[start : start + 4] != LOCAL:
        raise Unacceptable("damaged")
    method, name_length, extra_length = struct.unpack_from("<8xH16xHH", content, start)
    name = content[start + 30 : start + 30 + name_length]
    known = {entry.orig_filename.encode(code, "replace") for code in ("utf-8", "cp437")}
    if method != entry.compress_type or name not in known:
        raise Unacceptable("damaged")
    return int(start + 30 + name_length + extra_length + entry.compress_size)
