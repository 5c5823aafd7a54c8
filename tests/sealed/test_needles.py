"""The scanner finds a leak in every dress and every wrapping; of what is not there it finds nothing."""

import base64
import gzip
import io
import json
import pickle
import zipfile
import zlib
from collections.abc import Callable
from urllib.parse import quote_plus

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from tests.sealed.needles import KINDS, Mark, Needles
from tests.vault import made

MARK = Mark("kzvbtrqwmnds", "鸷鸮鸺鹠")
NEEDLES = Needles(MARK)
CANARY = MARK.canary("title", 7)


def zipped(text: str) -> bytes:
    """An archive as people send it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", text * 3)
    return packed.getvalue()


WRAPPINGS: dict[str, Callable[[str], bytes]] = {
    "plain": str.encode,
    "UTF-16": lambda text: text.encode("utf-16"),
    "GB 18030": lambda text: text.encode("gb18030"),
    "a JSON log line": lambda text: json.dumps({"said": text}).encode(),
    "a Celery message": lambda text: base64.b64encode(json.dumps([[text], {}, None]).encode()),
    "a form": lambda text: f"title={quote_plus(text)}".encode(),
    "a bytea column": lambda text: b"\\x" + text.encode().hex().encode(),
    "a packed bytea column": lambda text: b"\\x" + zlib.compress(text.encode() * 3).hex().encode(),
    "a session": lambda text: signing.dumps({"said": text * 9}, compress=True).encode(),
    "a pickle": lambda text: pickle.dumps({"said": text}),
    "a gzipped log": lambda text: gzip.compress(b"line\n" * 99 + text.encode()),
    "a ZIP archive": zipped,
    "a document": made.docx,
    "a document in base64": lambda text: base64.b64encode(made.docx(text)),
    "an archive in a gzipped file": lambda text: gzip.compress(zipped(text)),
    "a piece of a gzipped file": lambda text: gzip.compress(text.encode() + bytes(range(256)) * 99)[:-40],
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize("before", [b"", b"\x00\xff", b"x" * 7 + b" "])
def test_a_planted_leak_is_found(wrapping: str, before: bytes) -> None:
    assert NEEDLES.found(before + WRAPPINGS[wrapping](CANARY) + b" and more")
    assert not NEEDLES.found(before + WRAPPINGS[wrapping]("harmless text of the same length 鸷 鸮 鸺") + b" and more")


@pytest.mark.parametrize("part", [MARK.letters, MARK.characters])
def test_either_word_of_the_mark_is_enough(part: str) -> None:
    assert all(NEEDLES.found(wrap(part)) for wrap in WRAPPINGS.values())


@given(st.binary(max_size=9), st.binary(max_size=9))
def test_in_base64_it_is_found_wherever_it_begins(before: bytes, after: bytes) -> None:
    content = before + CANARY.encode() + after
    assert NEEDLES.found(base64.b64encode(content))
    assert NEEDLES.found(base64.urlsafe_b64encode(content))


@given(st.binary(max_size=3000))
def test_noise_is_no_leak_and_breaks_nothing(noise: bytes) -> None:
    assert not NEEDLES.found(noise)
    assert not NEEDLES.found(b"PK\x03\x04" + noise)
    assert not NEEDLES.found(b"\x1f\x8b\x08" + noise)


def test_no_two_canaries_are_alike() -> None:
    assert len({MARK.canary(kind, number) for kind in KINDS for number in range(200)}) == 200 * len(KINDS)
    assert Mark.fresh() != Mark.fresh()
