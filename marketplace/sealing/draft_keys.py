"""Keys of drafts, each in a file of its own beside database and backups: with the file gone, the draft is gone.

A draft is encrypted as long as it is one. When it is sealed or thrown away its key is deleted, and then neither what
the database left behind on its disk, nor its log, nor any backup of either shows what it said. The storage named
"draft_keys" holds them.
"""

import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from marketplace.kernel.concealing import CannotDecrypt


def keeper() -> Storage:
    """The storage itself."""
    return storages["draft_keys"]


def concealed(text: str, *, of: str) -> str:
    """The text of what this public id names, under its key, which is made where there is none."""
    return b64encode(bytes(Aead(_key(of) or _made(of)).encrypt(text.encode(), of.encode()))).decode()


def revealed(concealed_text: str, *, of: str) -> str:
    """What was concealed. Raises CannotDecrypt: its key is gone, or somebody has changed it."""
    key = _key(of)
    if key is None:
        raise CannotDecrypt(of)
    try:
        return Aead(key).decrypt(b64decode(concealed_text), of.encode()).decode()
    except (CryptoError, ValueError):
        raise CannotDecrypt(of) from None


def forget(of: str) -> None:
    """Delete the key: nobody reads the draft any more."""
    keeper().delete(of)


def kept(*, before: datetime) -> Iterator[str]:
    """The public ids of what there is a key for, made before then: of a younger one the draft may not be stored yet."""
    try:
        names = keeper().listdir("")[1]
    except FileNotFoundError:
        return
    for name in names:
        with suppress(FileNotFoundError):
            if keeper().get_modified_time(name) < before:
                yield name


def _key(of: str) -> bytes | None:
    try:
        with keeper().open(of, "rb") as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def _made(of: str) -> bytes:
    """Of two at once the second takes the first's."""
    key = secrets.token_bytes(Aead.KEY_SIZE)
    saved = keeper().save(of, ContentFile(key))
    if saved == of:
        return key
    keeper().delete(saved)
    first = _key(of)
    if first is None:
        raise CannotDecrypt(of)
    return first
