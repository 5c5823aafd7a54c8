"""Keys that no single person and no stored data can use: pure arithmetic with libsodium (PyNaCl).

A key pair for each matter (X25519). Its private half is parted in two by a random mask, once for each two of those who
hold it, and each part is put into a box only its holder can open. Any two of them open together; one, or none with
everything that is stored, learns nothing at all: each part alone is random.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import SecretBox

SALT = argon2id.SALTBYTES


class WrongPhrase(Exception):
    """The phrase does not open this key."""


class Unopenable(Exception):
    """A box that this key does not open: it was made for another, or somebody has changed it."""


@dataclass(frozen=True)
class Pair:
    """A fresh pair of keys, 32 bytes each."""

    public: bytes
    private: bytes


@dataclass(frozen=True)
class Cost:
    """What one try of a phrase costs: passes and bytes of memory (Argon2id, RFC 9106)."""

    passes: int
    memory: int


@dataclass(frozen=True)
class Half:
    """One of two parts of a private key: which two, and who of the holders gets it."""

    pair: int
    holder: int
    box: bytes


def new_pair() -> Pair:
    """A pair of its own."""
    private = PrivateKey.generate()
    return Pair(bytes(private.public_key), bytes(private))


def locked(private: bytes, phrase: str, salt: bytes, cost: Cost) -> bytes:
    """The private key as it is kept: under a key that only the phrase gives."""
    return bytes(SecretBox(_from(phrase, salt, cost)).encrypt(private))


def unlocked(kept: bytes, phrase: str, salt: bytes, cost: Cost) -> bytes:
    """The private key. Raises WrongPhrase."""
    try:
        return SecretBox(_from(phrase, salt, cost)).decrypt(kept)
    except CryptoError:
        raise WrongPhrase from None


def parted(private: bytes, holders: Sequence[bytes]) -> Iterator[Half]:
    """The halves for every two of the holders, named by their place in the sequence of public keys."""
    for number, (one, other) in enumerate(combinations(range(len(holders)), 2), start=1):
        mask = secrets.token_bytes(len(private))
        yield Half(number, one, boxed(mask, holders[one]))
        yield Half(number, other, boxed(joined(mask, private), holders[other]))


def joined(one: bytes, other: bytes) -> bytes:
    """Both parts together: the private key."""
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def belongs(private: bytes, public: bytes) -> bool:
    """Whether the two are a pair."""
    return bytes(PrivateKey(private).public_key) == public


def boxed(content: bytes, public: bytes) -> bytes:
    """For the holder of the private key alone; not even whoever wrote it can read it again."""
    return bytes(SealedBox(PublicKey(public)).encrypt(content))


def unboxed(box: bytes, private: bytes) -> bytes:
    """What is in the box. Raises Unopenable."""
    try:
        return SealedBox(PrivateKey(private)).decrypt(box)
    except CryptoError:
        raise Unopenable from None


def _from(phrase: str, salt: bytes, cost: Cost) -> bytes:
    return argon2id.kdf(SecretBox.KEY_SIZE, phrase.encode(), salt, opslimit=cost.passes, memlimit=cost.memory)
