"""What the official register says of an organisation by its credit code (S2, H25), asked through a provider.

A provider is anything with `entry_of`. Two are here: a file the operator keeps (`REGISTER_FILE`: CSV in UTF-8 with the
columns uscc, name, status), and an address that answers in JSON (`REGISTER_URL`, see docs/operations.md).
"""

import csv
import json
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import requests
import structlog
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import uscc

log = structlog.get_logger(__name__)

PATIENCE = 3
"""Seconds the office's page waits for an answer."""
LARGEST_ANSWER = 64 * 1024
IN_GOOD_STANDING = {"存续", "在业", "在营", "开业", "正常", "ACTIVE"}
"""What registers call an organisation that exists and may act; 注销, 吊销, 迁出 and all else are not."""


class Unavailable(Exception):
    """The register gave no answer, or none that can be read."""


@dataclass(frozen=True)
class Entry:
    """What stands in the register."""

    name: str
    status: str


class Register(Protocol):
    """A provider."""

    def entry_of(self, code: str) -> Entry | None:
        """What stands under this credit code; None where nothing does. Raises Unavailable."""


@dataclass(frozen=True)
class FileRegister:
    """A list the operator keeps; read anew when it has changed."""

    path: str

    def entry_of(self, code: str) -> Entry | None:
        """By the normalised code. Raises Unavailable where the file is missing or no such list."""
        try:
            return _read(self.path, Path(self.path).stat().st_mtime_ns).get(code)
        except (OSError, KeyError, csv.Error, UnicodeDecodeError) as failure:
            raise Unavailable(type(failure).__name__) from failure


@dataclass(frozen=True)
class HttpRegister:
    """A service: GET address?uscc=CODE answers {"name": …, "status": …}, or 404 where nothing is known."""

    address: str
    token: str = ""

    def entry_of(self, code: str) -> Entry | None:
        """By one question, without following redirects. Raises Unavailable."""
        head = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            with requests.get(
                self.address,
                params={"uscc": code},
                headers=head,
                timeout=PATIENCE,
                allow_redirects=False,
                stream=True,
            ) as answer:
                return _understood(answer)
        except (requests.RequestException, ValueError, KeyError, TypeError) as failure:
            raise Unavailable(type(failure).__name__) from failure


class Outcome(models.TextChoices):
    """How what an organisation says of itself compares with the register."""

    NOT_ASKED = "NOT_ASKED", _("no register is asked")
    AGREES = "AGREES", _("name and standing agree")
    NAME_DIFFERS = "NAME_DIFFERS", _("another name stands in the register")
    NOT_IN_GOOD_STANDING = "STANDING", _("not in good standing")
    UNKNOWN = "UNKNOWN", _("the register does not know this code")
    UNAVAILABLE = "UNAVAILABLE", _("the register does not answer")


@dataclass(frozen=True)
class Finding:
    """An outcome, and what stood in the register."""

    outcome: Outcome
    entry: Entry | None = None

    @property
    def needs_word(self) -> bool:
        """Whether the office has to say that it compared otherwise."""
        return self.outcome not in {Outcome.NOT_ASKED, Outcome.AGREES}


UNASKED = Finding(Outcome.NOT_ASKED)


def compared(name: str, code: str) -> Finding:
    """Ask the register that the settings name. An organisation without a code, from abroad, is compared by hand."""
    register = _register()
    if register is None or not code:
        return UNASKED
    try:
        entry = register.entry_of(uscc.normalised(code))
    except Unavailable as failure:
        log.warning("register unavailable", why=str(failure))
        return Finding(Outcome.UNAVAILABLE)
    if entry is None:
        return Finding(Outcome.UNKNOWN)
    return Finding(_outcome(name, entry), entry)


def _outcome(name: str, entry: Entry) -> Outcome:
    if _alike(entry.name) != _alike(name):
        return Outcome.NAME_DIFFERS
    return Outcome.AGREES if entry.status.strip().upper() in IN_GOOD_STANDING else Outcome.NOT_IN_GOOD_STANDING


def _alike(name: str) -> str:
    """Full-width brackets and blanks do not make another name."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _register() -> Register | None:
    if settings.REGISTER_URL:
        return HttpRegister(settings.REGISTER_URL, settings.REGISTER_TOKEN)
    return FileRegister(settings.REGISTER_FILE) if settings.REGISTER_FILE else None


def _understood(answer: requests.Response) -> Entry | None:
    if answer.status_code == requests.codes.not_found:
        return None
    if answer.status_code != requests.codes.ok:
        raise Unavailable(str(answer.status_code))
    body = answer.raw.read(LARGEST_ANSWER + 1, decode_content=True)
    if len(body) > LARGEST_ANSWER:
        raise Unavailable("too long")
    said = json.loads(body)
    return Entry(str(said["name"]), str(said["status"]))


@lru_cache(maxsize=1)
def _read(path: str, _changed: int) -> dict[str, Entry]:
    with Path(path).open(encoding="utf-8-sig", newline="") as lines:
        return {uscc.normalised(row["uscc"]): Entry(row["name"], row["status"]) for row in csv.DictReader(lines)}
