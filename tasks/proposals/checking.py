"""Checking a receipt: by the platform's signature alone, and against what the platform keeps (I11, H30).

It comes as the file it was given as, or as the sheet of paper (PDF) that carries that file.
"""

import json
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from subprocess import CalledProcessError
from typing import Any

from marketplace.kernel import keys
from marketplace.kernel.confined import TooCostly, run_confined
from marketplace.kernel.timestamps import Authority, Stamp, Unacceptable
from marketplace.outbox.digest import canonical
from marketplace.outbox.models import Fact
from tasks.proposals import enclosed, receipts
from tasks.proposals.models import SubmissionReceipt

LONGEST = 20_000
"""Characters of a receipt; a real one has about eight hundred."""
LARGEST = 500_000
"""Bytes of a receipt on paper; a real one has about fifty thousand."""
SHEET = b"%PDF-"
UNKNOWN = "unknown"
"""Of a stamp: there are no certificates to check it by."""
READER = "tasks.proposals.carried"


class NoReceipt(Exception):
    """What was handed in is no receipt of any platform like this one."""


class TooLarge(NoReceipt):
    """It is larger than any receipt; nobody looked into it."""


class NothingInside(NoReceipt):
    """A PDF, but none that carries a receipt."""


@dataclass(frozen=True)
class Given:
    """What somebody handed in to be checked: the receipt, and the stamp that came with it (b"" for none)."""

    said: dict[str, Any]
    stamp: bytes = b""


@dataclass(frozen=True)
class Finding:
    """What is known of a receipt. `kept` is None where it was not asked, or where the signature is not ours.

    `stamp` is what the authority of time said, once that was checked; `stamp_fault` why a stamp that came with the
    receipt does not count, "unknown" where no authority's certificates are at hand.
    """

    said: Mapping[str, Any]
    signed: bool
    kept: bool | None = None
    stamp: Stamp | None = None
    stamp_fault: str = ""

    @property
    def holds(self) -> bool:
        """Whether everything that was looked at is as it should be."""
        return self.signed and self.kept is not False and self.stamp_fault in {"", UNKNOWN}

    def with_stamp(self, answer: bytes, authority: Authority | None) -> "Finding":
        """The same with what comes of this stamp; as it is where there is none."""
        if not answer:
            return self
        if authority is None:
            return replace(self, stamp_fault=UNKNOWN)
        try:
            return replace(self, stamp=authority.checked(canonical(self.said), answer))
        except Unacceptable as failure:
            return replace(self, stamp_fault=failure.code)


def read(content: bytes) -> Given:
    """The receipt in this file, or in the sheet that carries it. Raises NoReceipt."""
    if not content.startswith(SHEET):
        return Given(_parsed(_text(content)))
    if len(content) > LARGEST:
        raise TooLarge
    inside = _inside(content)
    if enclosed.RECEIPT not in inside:
        raise NothingInside
    stamp = b64decode(inside.get(enclosed.STAMP, ""))
    return Given(_parsed(_text(b64decode(inside[enclosed.RECEIPT]))), stamp)


def _inside(content: bytes) -> dict[str, str]:
    try:
        return run_confined(READER, "", [content])
    except (TooCostly, CalledProcessError):  # it broke the library that reads it: no sheet of ours does
        raise NothingInside from None


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise NoReceipt from None


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise TooLarge
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise NoReceipt from None
    if (
        not isinstance(said, dict)
        or not _is_writable(said)
        or said.get("kind") != receipts.KIND
        or said.get("form") != receipts.FORM
    ):
        raise NoReceipt
    return said


def _is_writable(said: Mapping[str, Any]) -> bool:
    """Whether it has a form that a signature could be over.

    JSON takes half a character, no number for a number, and what is nested deeper than it can be written again.
    """
    try:
        return bool(canonical(said))
    except (ValueError, RecursionError):
        return False


def signature_of(said: Mapping[str, Any], public_keys: Sequence[str]) -> bool:
    """Whether the holder of one of these keys signed it, and it says so."""
    named = [one for one in public_keys if keys.fingerprint_of(one) == said.get("key")]
    return any(receipts.is_signed_by(said, one) for one in named)


def checked(said: Mapping[str, Any]) -> Finding:
    """The receipt against this platform's keys, and only if they signed it against what is kept.

    So nobody learns of a proposal here who does not hold its receipt (I9).
    """
    if not signature_of(said, keys.public_keys()):
        return Finding(said, signed=False)
    joined = ("ticket", "envelope__proposal__challenge")
    row = SubmissionReceipt.objects.filter(ticket__public_id=said["ticket"]).select_related(*joined).first()
    if row is None:
        return Finding(said, signed=True, kept=False)
    fact = Fact.objects.filter(stream=said["stream"], sequence=said["sequence"]).first()
    return Finding(said, signed=True, kept=receipts.document(row) == dict(said) and receipts.agrees(row, fact))
