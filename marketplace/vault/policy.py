"""Who may bring, read and take away a file: the door's word, and the scanner's."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.errors import NotFound
from marketplace.kernel.verdicts import Denied, Verdict
from marketplace.vault import names
from marketplace.vault.doors import Rights, door
from marketplace.vault.lifecycle import FileState
from marketplace.vault.models import StoredFile


def rights(person: Any, code: str, holder: str) -> Rights:
    """What somebody may do at a door with a holder's files. Raises NotFound."""
    return door(code).rights(person, holder)


def may_read(person: Any, row: StoredFile) -> Verdict:
    """Whoever the door lets read, once the scanner has found nothing (I27). Raises NotFound."""
    verdict = rights(person, row.door, row.holder).read
    return verdict if not verdict or is_readable(row) else Denied(_("This file cannot be opened."))


def may_take_away(person: Any, row: StoredFile) -> Verdict:
    """Whoever the door lets. Raises NotFound, alike for what they may not even see."""
    theirs = rights(person, row.door, row.holder)
    if not theirs.read:
        raise NotFound
    return theirs.take_away


def may_know_whose(person: Any, row: StoredFile, theirs: Rights) -> bool:
    """At a blind door only those whose it is are told its name, by whom it came and what was taken out of it (I15)."""
    return not door(row.door).blind or row.uploaded_by_id == person.pk or theirs.whose


def called(person: Any, row: StoredFile, theirs: Rights) -> str:
    """The name this person reads: as it was given, or by purpose and number."""
    if may_know_whose(person, row, theirs) or not row.name:
        return row.name
    return names.by_number(str(door(row.door).purposes.get(row.purpose, "")), row.number, row.kind)


def is_readable(row: StoredFile) -> bool:
    """Scanned and clean. The demo, which nobody reaches from outside, opens what no scanner saw, and says so."""
    return row.state == FileState.CLEAN or (row.state == FileState.UNSCANNED and settings.DEMO)
