"""Where sealed files lie: the storage named "vault" in the settings, a folder of this machine or an S3 bucket."""

import secrets
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile

from django.core.files import File
from django.core.files.storage import Storage, storages

PORTION = 256 * 1024
IN_MEMORY = 1024 * 1024


def vault() -> Storage:
    """The storage itself."""
    return storages["vault"]


def new_place() -> str:
    """A place nobody can guess and no name of a file has any part in."""
    token = secrets.token_hex(20)
    return f"{token[:2]}/{token}"


def put(place: str, sealed: Iterable[bytes]) -> None:
    """Keep sealed bytes at this place; what lies on the disk meanwhile is sealed as well."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as held:
        for some in sealed:
            held.write(some)
        held.seek(0)
        if vault().save(place, File(held)) != place:
            raise FileExistsError(place)


def get(place: str) -> Iterator[bytes]:
    """The sealed bytes, a portion at a time. Raises FileNotFoundError."""
    with vault().open(place, "rb") as kept:
        yield from iter(lambda: kept.read(PORTION), b"")


def forget(place: str) -> None:
    """Delete what lies there, if anything does."""
    vault().delete(place)
