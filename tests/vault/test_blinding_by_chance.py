"""Notes wherever programs may put them: whatever was drawn, nothing of them is left and the picture is the same."""

import io
import struct
import zlib

import pikepdf
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops

from marketplace.vault.blinding.blinding import blind
from marketplace.vault.inspecting.inspection import inspect
from tests.vault import made
from tests.vault.named import WHO

notes = st.lists(st.tuples(st.integers(0, 99), st.binary(max_size=40)), max_size=5)
MARKERS = [0xFE, *(0xE0 + number for number in range(1, 16))]
CHUNKS = [b"tEXt", b"eXIf", b"tIME", b"prVt", b"zzZz", b"iTXt"]


def same(one: bytes, other: bytes) -> bool:
    with Image.open(io.BytesIO(one)) as before, Image.open(io.BytesIO(other)) as after:
        return ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None


@settings(max_examples=80, deadline=None)
@given(notes, st.booleans())
def test_segments_of_a_jpeg(said: list[tuple[int, bytes]], progressive: bool) -> None:  # noqa: FBT001  # drawn
    photo = made.picture("JPEG", progressive=progressive, mode="RGB")
    content = photo[:2]
    for number, note in said:
        words = f"{WHO} ".encode() + note
        content += struct.pack(">BBH", 0xFF, MARKERS[number % len(MARKERS)], len(words) + 2) + words
    content += photo[2:]
    result, taken = blind("jpg", content)
    inspect("jpg", result)
    assert WHO.encode() not in result
    assert same(photo, result)
    assert blind("jpg", result) == (result, {})
    assert bool(taken) == bool(said)


@settings(max_examples=80, deadline=None)
@given(notes)
def test_chunks_of_a_png(said: list[tuple[int, bytes]]) -> None:
    picture = made.picture()
    content = picture[:33]
    for number, note in said:
        words, name = f"{WHO}\x00".encode() + note, CHUNKS[number % len(CHUNKS)]
        content += struct.pack(">I", len(words)) + name + words + struct.pack(">I", zlib.crc32(name + words))
    result, _taken = blind("png", content + picture[33:])
    inspect("png", result)
    assert result == picture


values = st.recursive(
    st.sampled_from(["string", "number", "name"]),
    lambda inside: st.one_of(
        st.lists(inside, max_size=3),
        st.dictionaries(st.sampled_from(["A", "Note", "Author", "M", "T"]), inside, max_size=3),
    ),
)


def as_pdf(value: object) -> object:
    if isinstance(value, list):
        return Array([as_pdf(one) for one in value])
    if isinstance(value, dict):
        return Dictionary({f"/{key}": as_pdf(one) for key, one in value.items()})
    return {"string": String(f"by {WHO}"), "number": 7, "name": Name.Something}[str(value)]


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from(["Private", "Note", "LastModified", "Own", "Foo"]), values, max_size=4))
def test_strings_of_a_pdf_under_whatever_key(said: dict[str, object]) -> None:
    def noted(document: pikepdf.Pdf) -> None:
        for holder in (document.Root, document.pages[0].obj):
            for key, value in said.items():
                holder[f"/{key}"] = as_pdf(value)
        document.pages[0].obj["/Contents"] = document.make_stream(b"BT (a page) Tj ET", Note=String(WHO))

    result, _taken = blind("pdf", made.pdf(noted))
    inspect("pdf", result)
    open_ = io.BytesIO()
    with pikepdf.open(io.BytesIO(result)) as document:
        assert document.pages[0].obj["/Contents"].read_bytes() == b"BT (a page) Tj ET"
        document.save(open_, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert WHO.encode() not in open_.getvalue()
    assert blind("pdf", result)[0] == result
