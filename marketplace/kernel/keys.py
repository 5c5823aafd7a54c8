"""The platform's own signature (Ed25519, RFC 8032): what it hands out can be checked without asking it.

`SIGNING_KEYS` holds what the keys are derived from, the newest first. New signatures are made with the first; those of
older ones are still known by the fingerprint they carry.
"""

import hashlib
from base64 import b64decode, b64encode
from functools import cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

SEED = 32


def sign(content: bytes) -> str:
    """The signature, base64."""
    return b64encode(_signing_key(settings.SIGNING_KEYS[0]).sign(content).signature).decode()


def fingerprint() -> str:
    """Which key signs now: SHA-256 of its public half, hex."""
    return fingerprint_of(public_keys()[0])


def public_keys() -> list[str]:
    """The public halves, base64, the newest first."""
    return [b64encode(bytes(_signing_key(one).verify_key)).decode() for one in settings.SIGNING_KEYS]


def fingerprint_of(public_key: str) -> str:
    """SHA-256 of a public key, hex."""
    return hashlib.sha256(b64decode(public_key)).hexdigest()


def is_signed(content: bytes, signature: str, public_key: str) -> bool:
    """Whether this is the signature of this content by the holder of this key; both base64."""
    try:
        VerifyKey(b64decode(public_key)).verify(content, b64decode(signature))
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True


@cache
def _signing_key(secret: str) -> SigningKey:
    derivation = HKDF(algorithm=SHA256(), length=SEED, salt=None, info=b"zhongyan:signature of the platform")
    return SigningKey(derivation.derive(secret.encode()))
