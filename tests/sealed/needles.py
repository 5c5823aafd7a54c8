"""A canary in every dress: how text looks in dumps, logs, queues and files, and in what is packed inside them."""

import base64
import binascii
import json
import re
import secrets
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from quopri import encodestring
from urllib.parse import quote

LETTERS = "bcdfghjkmnpqrstvwz"
"""Small consonants: no word has twelve of them, and an index that lower-cases changes none."""
FIRST_CHARACTER, CHARACTERS = 0x4E00, 0x5000
KINDS = ("title", "body", "filename", "filetext", "author", "zipped")
"""Where the canaries of one proposal sit: in its texts, in a file's name and content, in a document and its author."""
DEEPEST = 4
LARGEST = 8 * 1024 * 1024
"""Bytes of one packed piece that are looked at."""
DEFLATED = 8
RAW = -zlib.MAX_WBITS
ANY = zlib.MAX_WBITS | 32
"""zlib's word for: gzip or zlib, as its head says."""
HEADS = re.compile(rb"\x1f\x8b\x08|x[\x01\x5e\x9c\xda]|PK\x03\x04")
LEAST, MOST = 24, 400_000
IN_BASE64 = re.compile(rb"(?<![A-Za-z0-9+/_-])(?:H4sI|UEsD|e[AFJN])[A-Za-z0-9+/_-]{%d,%d}" % (LEAST, MOST))
IN_HEX = re.compile(rb"(?<![0-9a-f])(?:1f8b08|504b0304|78(?:01|5e|9c|da))[0-9a-f]{%d,%d}" % (LEAST, MOST))


@dataclass(frozen=True)
class Mark:
    """Two words that stand in every canary of a run and nowhere else: one of letters, one of Chinese characters."""

    letters: str
    characters: str

    @classmethod
    def fresh(cls) -> "Mark":
        """Of a run's own, so that nothing an earlier one left behind counts."""
        some = "".join(chr(FIRST_CHARACTER + secrets.randbelow(CHARACTERS)) for _ in range(4))
        return cls("".join(secrets.choice(LETTERS) for _ in range(12)), some)

    def canary(self, kind: str, number: int) -> str:
        """The canary of one place in one proposal."""
        return f"{self.letters}{kind}{number:03d}{self.characters}"


class Needles:
    """What is looked for: each word of a mark in each dress, by the name of the dress."""

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.dressed = {
            f"{word} {dress}": needle
            for word, text in (("letters", mark.letters), ("characters", mark.characters))
            for dress, needle in dresses(text)
        }

    def found(self, content: bytes) -> set[str]:
        """The dresses in which a word of the mark stands in this content, or packed somewhere inside it."""
        layers = unpacked(content)
        return {name for layer in layers for name, needle in self.dressed.items() if needle in layer}


def dresses(text: str) -> Iterator[tuple[str, bytes]]:
    """A text as bytes in every encoding and escape that a store or a log may give it."""
    for name, written in writings(text):
        yield name, written
        for phase in range(3):
            for table, coded in _base64(written, phase):
                yield f"{name} in {table}, phase {phase}", coded
        yield f"{name} in hex", written.hex().encode()
        yield f"{name} in HEX", written.hex().upper().encode()


def writings(text: str) -> Iterator[tuple[str, bytes]]:
    """A text as it is written, before anything wraps it."""
    raw = text.encode()
    escapes: dict[str, Callable[[str], str]] = {
        "JSON": lambda one: json.dumps(one)[1:-1],
        "JSON in capitals": lambda one: re.sub(r"\\u(....)", lambda u: r"\u" + u[1].upper(), json.dumps(one)[1:-1]),
        "JSON in JSON": lambda one: json.dumps(json.dumps(one)[1:-1])[1:-1],
        "URL": quote,
        "url": lambda one: re.sub("%..", lambda code: code[0].lower(), quote(one)),
        "Python": lambda one: repr(one.encode())[2:-1],
        "octal": lambda one: "".join(f"\\{byte:03o}" for byte in one.encode()),
        "HTML": lambda one: "".join(f"&#{ord(character)};" for character in one),
        "HTML in hex": lambda one: "".join(f"&#x{ord(character):x};" for character in one),
    }
    yield "UTF-8", raw
    yield "UTF-16, low byte first", text.encode("utf-16-le")
    yield "UTF-16, high byte first", text.encode("utf-16-be")
    yield "GB 18030", text.encode("gb18030")
    yield "quoted-printable", encodestring(raw)
    yield from ((name, escape(text).encode()) for name, escape in escapes.items())


def unpacked(content: bytes, depth: int = 0) -> Iterator[bytes]:
    """The content itself, and whatever gzip, zlib or a ZIP archive hides in it, in base64 and hex too."""
    yield content
    if depth == DEEPEST:
        return
    for inner in _packed(content):
        yield from unpacked(inner, depth + 1)


def _packed(content: bytes) -> Iterator[bytes]:
    for head in HEADS.finditer(content):
        if inner := _inflated(content, head.start(), head.group()):
            yield inner
    for found in IN_BASE64.finditer(content):
        yield base64.urlsafe_b64decode(_whole(found.group().replace(b"+", b"-").replace(b"/", b"_")))
    for found in IN_HEX.finditer(content):
        yield binascii.unhexlify(found.group()[: len(found.group()) // 2 * 2])


def _whole(coded: bytes) -> bytes:
    """Without a last character that is no byte, and filled up to whole groups."""
    usable = coded[:-1] if len(coded) % 4 == 1 else coded
    return usable + b"=" * (-len(usable) % 4)


def _inflated(content: bytes, start: int, head: bytes) -> bytes:
    """What is packed from here on, as far as it can be read: of an archive the member that begins here."""
    window = ANY
    if head == b"PK\x03\x04":
        fixed = content[start : start + 30]
        if len(fixed) < 30 or int.from_bytes(fixed[8:10], "little") != DEFLATED:
            return b""  # stored as it is: seen in the content itself
        start += 30 + int.from_bytes(fixed[26:28], "little") + int.from_bytes(fixed[28:30], "little")
        window = RAW
    unpacking = zlib.decompressobj(window)
    made = b""
    try:
        for place in range(start, min(len(content), start + LARGEST), 4096):
            made += unpacking.decompress(content[place : place + 4096], LARGEST)
            if unpacking.eof or len(made) >= LARGEST:
                break
    except zlib.error:
        pass  # cut short, or none at all
    return made


def _base64(written: bytes, phase: int) -> Iterator[tuple[str, bytes]]:
    """The characters that depend on these bytes alone, whatever stands before and after them."""
    coded = base64.b64encode(b"\0" * phase + written)
    inner = coded[-(-phase * 8 // 6) : (phase + len(written)) * 8 // 6]
    yield "base64", inner
    if other := inner.replace(b"+", b"-").replace(b"/", b"_"):
        yield "base64 for URLs", other
