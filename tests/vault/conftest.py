import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from marketplace.vault import doors
from tests.vault.door import NAMED
from tests.vault.scanners import FakeClamd


@pytest.fixture(autouse=True)
def wide_door(settings: Any) -> Iterator[None]:
    """Beside the platform's own doors there is one for everything."""
    settings.VAULT_DOORS = NAMED
    doors._doors.cache_clear()
    yield
    doors._doors.cache_clear()


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Every test has a store of its own."""
    where = tmp_path / "vault"
    settings.STORAGES = {
        **settings.STORAGES,
        "vault": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": where}},
    }
    assert storages["vault"].location == str(where)
    return where


@pytest.fixture(autouse=True)
def no_scanner(settings: Any) -> None:
    """Tests name the scanner they want, whatever the tier has."""
    settings.CLAMD = ""


@pytest.fixture
def clamd(settings: Any) -> Iterator[FakeClamd]:
    """A process that speaks clamd's protocol and answers what it is told to."""
    with FakeClamd() as scanner:
        settings.CLAMD = scanner.address
        settings.CLAMD_PATIENCE = 1
        yield scanner


@pytest.fixture
def real_clamd() -> str:
    """The address of the tier's clamd, whose one signature is that of the EICAR test file."""
    return os.environ["CLAMD"]
