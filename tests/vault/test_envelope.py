"""What lies in the store: it opens to what was put in, and to nothing at all once a byte of it is another."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.kernel.concealing import CannotDecrypt
from marketplace.vault import envelope
from marketplace.vault.envelope import HEADER, PIECE, SEALED_PIECE


def opened(content: bytes, key: str) -> bytes:
    return b"".join(envelope.opened([content], key))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 3 * PIECE), max_size=4), st.integers(1, 300_000))
def test_it_comes_back_however_it_was_cut(sizes: list[int], portion: int) -> None:
    key = envelope.new_key()
    content = b"".join(bytes([place + 1]) * size for place, size in enumerate(sizes))
    sealed = b"".join(envelope.sealed((content[at : at + portion] for at in range(0, len(content), portion)), key))
    assert opened(sealed, key) == content


@pytest.fixture(scope="module")
def sample() -> tuple[str, bytes]:
    key = envelope.new_key()
    return key, b"".join(envelope.sealed([b"x" * (2 * PIECE + 5)], key))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_changed_byte_shows(sample: tuple[str, bytes], data: st.DataObject) -> None:
    key, sealed = sample
    place = data.draw(st.integers(0, len(sealed) - 1))
    changed = bytearray(sealed)
    changed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CannotDecrypt):
        opened(bytes(changed), key)


def test_pieces_cannot_be_cut_off_swapped_doubled_or_opened_with_another_key(sample: tuple[str, bytes]) -> None:
    key, sealed = sample
    head, first = sealed[:HEADER], sealed[HEADER : HEADER + SEALED_PIECE]
    second, last = sealed[HEADER + SEALED_PIECE : HEADER + 2 * SEALED_PIECE], sealed[HEADER + 2 * SEALED_PIECE :]
    for wrong in (head + first + second, head + second + first + last, sealed + last, head + first + first + last, b""):
        with pytest.raises(CannotDecrypt):
            opened(wrong, key)
    with pytest.raises(CannotDecrypt):
        opened(sealed, envelope.new_key())
