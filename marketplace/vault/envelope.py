"""How a file lies in the store: encrypted piece by piece, so that neither the disk nor a backup shows it.

libsodium's secret stream (XChaCha20-Poly1305): pieces cannot be changed, left out, swapped or cut off at the end
without that showing. Each file has a key of its own, itself concealed under the platform's data keys; with the key
gone the file is gone, from backups too.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from marketplace.kernel.concealing import CannotDecrypt, conceal, reveal

PIECE = 256 * 1024
"""Bytes of a file in one piece."""
SEALED_PIECE = PIECE + sodium.crypto_secretstream_xchacha20poly1305_ABYTES
HEADER = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
MORE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
LAST = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
PURPOSE = "key of a file"


def new_key() -> str:
    """A fresh key, concealed: as it is kept beside the file's name."""
    return conceal(b64encode(sodium.crypto_secretstream_xchacha20poly1305_keygen()).decode(), purpose=PURPOSE)


class Sealing:
    """A file that is being encrypted while it comes in."""

    def __init__(self, concealed_key: str) -> None:
        self.state = sodium.crypto_secretstream_xchacha20poly1305_state()
        self.head = sodium.crypto_secretstream_xchacha20poly1305_init_push(self.state, _opened(concealed_key))
        self.held = bytearray()

    def add(self, content: bytes) -> bytes:
        """What can be written of it now; the last piece is kept back, for it must say that it is the last."""
        self.held += content
        ready, self.head = bytearray(self.head), b""
        while len(self.held) > PIECE:
            ready += self._piece(bytes(self.held[:PIECE]), MORE)
            del self.held[:PIECE]
        return bytes(ready)

    def end(self) -> bytes:
        """The rest."""
        return self.add(b"") + self._piece(bytes(self.held), LAST)

    def _piece(self, content: bytes, tag: int) -> bytes:
        return sodium.crypto_secretstream_xchacha20poly1305_push(self.state, content, None, tag)


def sealed(content: Iterable[bytes], concealed_key: str) -> Iterator[bytes]:
    """The content encrypted: a header and then pieces, the last marked as such."""
    sealing = Sealing(concealed_key)
    for some in content:
        yield sealing.add(some)
    yield sealing.end()


def opened(content: Iterable[bytes], concealed_key: str) -> Iterator[bytes]:
    """What was sealed, piece by piece, each as soon as it is proved. Raises CannotDecrypt where anything is amiss."""
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    rest = pieces(content, SEALED_PIECE, first=HEADER)
    tag = MORE
    try:
        header = next(rest, b"")
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, header, _opened(concealed_key))
        for piece in rest:
            if tag == LAST:
                raise CannotDecrypt(PURPOSE)
            plain, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, piece, None)
            yield plain
    except (CryptoError, ValueError):
        raise CannotDecrypt(PURPOSE) from None
    if tag != LAST:
        raise CannotDecrypt(PURPOSE)


def pieces(content: Iterable[bytes], size: int, *, first: int = 0) -> Iterator[bytes]:
    """The same bytes in pieces of exactly this size, but for the last, and a first of another size where named."""
    held, wanted = bytearray(), first or size
    for some in content:
        held += some
        while len(held) >= wanted:
            yield bytes(held[:wanted])
            del held[:wanted]
            wanted = size
    if held:
        yield bytes(held)


def _opened(concealed_key: str) -> bytes:
    return b64decode(reveal(concealed_key, purpose=PURPOSE))
