"""Values that the database must not show to whoever reads it: encrypted with the platform's data keys.

`DATA_KEYS` holds them, the newest first. New values are written with the first; older ones open with any, so a key
is changed by putting another before it. They are apart from SECRET_KEY, which may be changed from one day to the next.
"""

import hmac
from base64 import urlsafe_b64encode
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32


class CannotDecrypt(Exception):
    """No data key opens this value: it was written under one that is gone, or somebody has changed it."""


def conceal(text: str, *, purpose: str) -> str:
    """The text encrypted (Fernet: AES-128-CBC with HMAC-SHA256), to be opened for the same purpose only."""
    return _box(purpose, tuple(settings.DATA_KEYS)).encrypt(text.encode()).decode("ascii")


def reveal(concealed: str, *, purpose: str) -> str:
    """What was concealed for this purpose. Raises CannotDecrypt."""
    try:
        return _box(purpose, tuple(settings.DATA_KEYS)).decrypt(concealed.encode()).decode()
    except InvalidToken:
        raise CannotDecrypt(purpose) from None


def fingerprint(text: str, *, purpose: str) -> str:
    """A keyed hash (HMAC-SHA256, hex): equal texts show as equal, and nobody without the key can try texts out.

    Made with the oldest data key, so that it stays the same when a newer one is put before it.
    """
    key = _derived(settings.DATA_KEYS[-1], f"{purpose}:fingerprint")
    return hmac.new(key, text.encode(), "sha256").hexdigest()


@cache
def _box(purpose: str, keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(_derived(key, purpose))) for key in keys])


def _derived(key: str, purpose: str) -> bytes:
    """One key for each purpose (RFC 5869), so that a value of one column says nothing in another."""
    derivation = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"zhongyan:{purpose}".encode())
    return derivation.derive(key.encode())
