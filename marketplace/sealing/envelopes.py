"""An envelope: what was handed in, encrypted under a key of its own, which lies in a box for the matter's key.

Pure. XChaCha20-Poly1305 binds the content to what it was handed in for, so that no envelope passes for another. A
second box lets its owner read it again with a code that is written down nowhere here.
"""

import hashlib
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from marketplace.kernel.ids import ALPHABET
from marketplace.sealing.keys import Unopenable, boxed, unboxed

NONCE = 32
GROUPS, IN_GROUP = 6, 5
"""A reading code is thirty characters in groups of five: 150 bits, so that no list of tries is long enough."""
MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1"})


@dataclass(frozen=True)
class Envelope:
    """What is kept of something sealed. `digest` is of the sealed bytes, `commitment` of a nonce and the content."""

    sealed: bytes
    box: bytes
    owner_box: bytes
    digest: str
    commitment: str


def new_code() -> str:
    """A reading code, as it is shown to its owner once."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(IN_GROUP)) for _ in range(GROUPS))


def as_written(typed: str) -> str:
    """The code that somebody typed; letters that are none of it stand for the digits they look like."""
    return "".join(one for one in typed.lower().translate(MISREAD) if one in ALPHABET)


def seal(content: bytes, *, about: str, public: bytes, code: str) -> Envelope:
    """Seal the content of what `about` names for the holder of the matter's key and for whoever has the code."""
    key, nonce = secrets.token_bytes(Aead.KEY_SIZE), secrets.token_bytes(NONCE)
    sealed = bytes(Aead(key).encrypt(nonce + content, about.encode()))
    return Envelope(
        sealed=sealed,
        box=boxed(key, public),
        owner_box=bytes(Aead(_key_of(code, about)).encrypt(key)),
        digest=digest_of(sealed),
        commitment=hashlib.sha256(nonce + content).hexdigest(),
    )


def opened(envelope: Envelope, *, about: str, private: bytes) -> bytes:
    """The content, by the matter's private key. Raises Unopenable where anything differs from what was sealed."""
    return _content(envelope, unboxed(envelope.box, private), about)


def reread(envelope: Envelope, *, about: str, code: str) -> bytes:
    """The content, by its owner's reading code. Raises Unopenable."""
    try:
        key = Aead(_key_of(code, about)).decrypt(envelope.owner_box)
    except (CryptoError, ValueError):
        raise Unopenable from None
    return _content(envelope, key, about)


def digest_of(sealed: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(sealed).hexdigest()


def _content(envelope: Envelope, key: bytes, about: str) -> bytes:
    if digest_of(envelope.sealed) != envelope.digest:
        raise Unopenable
    try:
        content = Aead(key).decrypt(envelope.sealed, about.encode())
    except (CryptoError, ValueError):
        raise Unopenable from None
    if hashlib.sha256(content).hexdigest() != envelope.commitment:
        raise Unopenable
    return content[NONCE:]


def _key_of(code: str, about: str) -> bytes:
    """The code is long enough to need no costly derivation (RFC 5869)."""
    derivation = HKDF(algorithm=SHA256(), length=Aead.KEY_SIZE, salt=None, info=f"zhongyan:reading:{about}".encode())
    return derivation.derive(as_written(code).encode())
