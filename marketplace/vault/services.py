"""The verbs of files: bring one, have it scanned, take it away."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from marketplace.kernel import clock, counting
from marketplace.kernel.concealing import CannotDecrypt
from marketplace.kernel.confined import TooCostly, change_confined, run_confined
from marketplace.kernel.errors import Refusal, Stale
from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import SYSTEM, Allowed, require
from marketplace.outbox.record import record
from marketplace.vault import custody, envelope, events, hiding, names, policy, queries, scanner, store
from marketplace.vault.doors import Door, door
from marketplace.vault.faults import sentence
from marketplace.vault.intake import SealedUpload, Upload, digest_of
from marketplace.vault.kinds import MEDIA_TYPES, Kind, kind_of
from marketplace.vault.lifecycle import KEPT, SCANNABLE, STEPS, FileState
from marketplace.vault.models import StoredFile

log = structlog.get_logger(__name__)

HOUR = timedelta(hours=1)
MOST_AN_HOUR = 60
"""Files one person hands in within an hour."""
PATIENCE = 40.0
"""Seconds by the wall clock for one step of an examination; on a busy machine 100 MB take ten."""
WRITTEN_ANEW = 2 * 1024 * 1024
"""Bytes a file may be larger without names than it was with them: it is packed otherwise."""
SOONEST, LATEST = timedelta(seconds=5), timedelta(minutes=10)
"""Between two tries of a file the scanner had no word for."""


@dataclass(frozen=True)
class Examined:
    """A file whose content is what its name says, and nothing that acts by itself.

    At a blind door `upload` is what was written anew, to be closed by whoever asked for it.
    """

    upload: Upload
    name: str
    kind: Kind
    digest: str
    taken_out: dict[str, int] = field(default_factory=dict)
    counted_as: str = ""
    """Where it is counted as examined in vain, until it is kept."""


def examine(upload: Upload, at: Door, *, actor: Any = None) -> Examined:
    """Judge a file by its content before anything is kept; at a blind door, free it of names.

    Raises Refusal with a sentence for its owner. Takes as long as the file is large, so no transaction may be open.
    Without an actor the platform itself brings it, which counts for no limit.
    """
    name = names.shown(upload.name or "")
    kind = kind_of(name)
    if kind is None or kind not in at.kinds:
        endings = ", ".join(sorted(one.value for one in at.kinds))
        raise Refusal(
            _("Files of this kind are not taken here; these are: %(endings)s.") % {"endings": endings}, field="file"
        )
    if (upload.size or 0) > at.largest:
        limit = filesizeformat(at.largest)
        raise Refusal(_("The file is larger than %(limit)s, which is the most here.") % {"limit": limit}, field="file")
    counted_as = _counted_as_tried(actor)
    _refuse_unacceptable(upload, kind)
    if at.blind:
        return _blinded(upload, name, kind, at, counted_as)
    return Examined(upload, name, kind, digest_of(upload), counted_as=counted_as)


def bring(*, actor: Any, code: str, holder: str, purpose: str, upload: Upload) -> StoredFile:
    """Examine a file and keep it for this holder. Raises Refusal or NotFound."""
    require(policy.rights(actor, code, holder).bring)
    _refuse_crowd(actor, door(code), holder, purpose)
    examined = examine(upload, door(code), actor=actor)
    try:
        with transaction.atomic():
            return keep(actor=actor, code=code, holder=holder, purpose=purpose, examined=examined)
    finally:
        if examined.upload is not upload:
            examined.upload.close()


def keep(*, actor: Any, code: str, holder: str, purpose: str, examined: Examined) -> StoredFile:
    """Keep an examined file, within the caller's transaction. Raises Refusal or NotFound."""
    at = door(code)
    at.hold(holder)
    allowed = require(policy.rights(actor, code, holder).bring)
    if purpose not in at.purposes:
        raise Refusal(_("Please choose what the file is."), field="purpose")
    get_user_model().objects.select_for_update().get(pk=actor.pk)  # of two at once the second counts the first
    _refuse_crowd(actor, at, holder, purpose)
    _refuse_too_much(actor, at, holder, purpose, examined)
    key, place = envelope.new_key(), store.new_place()
    with _nothing_left_at(place):
        store.put(place, envelope.sealed(examined.upload.chunks(), key))
        row = StoredFile(
            state=FileState.WAITING if scanner.is_set_up() else FileState.UNSCANNED,
            door=code,
            holder=holder,
            purpose=purpose,
            number=queries.brought_for(code, holder, purpose) + 1 if at.blind else 0,
            own=at.own,
            name=examined.name,
            kind=examined.kind,
            size=examined.upload.size or 0,
            digest=examined.digest,
            taken_out=examined.taken_out,
            place=place,
            concealed_key=key,
            uploaded_by=actor,
        )
        hiding.hide(row)
        row.save(force_insert=True)
        record(events.FileBrought.of(row, at.stream(holder)), by=allowed)
    if examined.counted_as:
        transaction.on_commit(lambda: _not_in_vain(examined.counted_as))
    return row


def take_away(*, actor: Any, public_id: str, version: int | None = None) -> StoredFile:
    """Remove a file: its key and then its content. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        seen = queries.found(public_id)
        door(seen.door).hold(seen.holder)
        row = queries.locked(public_id, version)
        allowed = require(policy.may_take_away(actor, row))
        if row.bound:
            revise(row, hidden="")
            record(events.FileSetAside.of(row, door(row.door).stream(row.holder)), by=allowed)
        else:
            move(row, STEPS["remove"], concealed_key="", name="", hidden="")
            custody.tell(events.FileRemoved, row, allowed)
    return row


def clear(*, code: str, holder: str, by: Allowed) -> None:
    """Remove all a holder has at a door, within the caller's transaction: what it was handed in for is done."""
    for row in StoredFile.objects.select_for_update().filter(door=code, holder=holder, state__in=KEPT).order_by("pk"):
        move(row, STEPS["remove"], concealed_key="", name="", hidden="")
        custody.tell(events.FileRemoved, row, by)


def scan(public_id: str) -> FileState | None:
    """Have one file scanned; None where the scanner had no word for it, and it is tried again later."""
    row = queries.found(public_id)
    if row.state not in SCANNABLE or not scanner.is_set_up():
        return FileState(row.state)
    if not _put_off(row):
        return FileState(row.state)
    try:
        found = scanner.scan(content_of(row))
    except scanner.NoVerdict:
        return None
    except (CannotDecrypt, FileNotFoundError):
        log.exception("a file cannot be read", file=row.public_id)
        return None
    return _judge(row, found)


def content_of(row: StoredFile) -> Iterator[bytes]:
    """The content, proved piece by piece. Raises CannotDecrypt, FileNotFoundError."""
    return envelope.opened(store.get(row.place), row.concealed_key)


def _judge(row: StoredFile, found: str) -> FileState:
    """Write the scanner's word, unless the file was taken away meanwhile."""
    try:
        with transaction.atomic():
            if found:
                move(row, STEPS["condemn"], found=found[:120], concealed_key="", hidden=hiding.without_key(row))
                custody.tell(events.FileCondemned, row, SYSTEM)
            else:
                move(row, STEPS["pass"])
                custody.tell(events.FilePassed, row, SYSTEM)
    except Stale:
        row.refresh_from_db()
    return FileState(row.state)


def _put_off(row: StoredFile) -> bool:
    """Nobody else scans it meanwhile, and without a verdict it is tried again later; False where somebody was first."""
    wait = min(LATEST, SOONEST * 2 ** min(row.scans_tried, 10))
    try:
        revise(row, scans_tried=row.scans_tried + 1, next_scan_at=clock.now() + wait)
    except Stale:
        return False
    return True


def _refuse_unacceptable(upload: Upload, kind: Kind) -> None:
    try:
        said = run_confined("marketplace.vault.inspecting", kind.value, upload.chunks(), patience=PATIENCE)
    except TooCostly:
        said = {"code": "too_costly"}
    if said:
        raise Refusal(sentence(said), field="file")


def _blinded(upload: Upload, name: str, kind: Kind, at: Door, counted_as: str) -> Examined:
    """The file freed of names, which must be as acceptable as it was. Raises Refusal."""
    cleaned = SealedUpload(name, MEDIA_TYPES[kind], most=at.largest + WRITTEN_ANEW)
    try:
        taken_out = _blind(upload, kind, into=cleaned)
        _refuse_unacceptable(cleaned, kind)
        return Examined(cleaned, name, kind, digest_of(cleaned), taken_out, counted_as)
    except BaseException:
        cleaned.close()
        raise


def _blind(upload: Upload, kind: Kind, *, into: SealedUpload) -> dict[str, int]:
    """What was taken out. Raises Refusal."""
    program = "marketplace.vault.blinding"
    try:
        said = change_confined(program, kind.value, upload.chunks(), take=into.take, most=into.most, patience=PATIENCE)
    except TooCostly:
        said = {"code": "too_costly"}
    if "code" in said:
        raise Refusal(sentence(said), field="file")
    into.complete()
    return dict(said["taken"])


def _counted_as_tried(actor: Any) -> str:
    """What an examination costs is counted before it, and taken back by its name once the file is kept. Raises Refusal.

    So whatever it is refused for counts, what is asked only behind it too: that the file is there already.
    """
    most = settings.FILES_REFUSED_AN_HOUR if actor is not None else 0
    if not most:
        return ""
    name = f"files-refused:{actor.pk}"
    if counting.counted(name, HOUR.seconds) > most:
        raise Refusal(_("Many files of yours were refused within this hour. Please try again later."), field="file")
    return name


def _not_in_vain(counted_as: str) -> None:
    counting.counted(counted_as, HOUR.seconds, add=-1)


def _refuse_crowd(actor: Any, at: Door, holder: str, purpose: str) -> None:
    """Asked before a file is examined, which costs seconds, and again when it is kept."""
    if queries.kept_for(at.code, holder, purpose).count() >= at.most:
        raise Refusal(_("There are %(most)s of these already; take one away first.") % {"most": at.most}, field="file")
    if queries.brought_lately(actor.pk, clock.now() - HOUR) >= MOST_AN_HOUR:
        raise Refusal(_("You have handed in many files; please try again in an hour."), field="file")


def _refuse_too_much(actor: Any, at: Door, holder: str, purpose: str, examined: Examined) -> None:
    if any(hiding.told(row).digest == examined.digest for row in queries.kept_for(at.code, holder, purpose)):
        raise Refusal(_("This file is there already."), field="file")
    if queries.bytes_kept_by(actor.pk) + (examined.upload.size or 0) > settings.VAULT_QUOTA:
        limit = filesizeformat(settings.VAULT_QUOTA)
        raise Refusal(_("With it you would have brought more than %(limit)s in all.") % {"limit": limit}, field="file")


@contextmanager
def _nothing_left_at(place: str) -> Iterator[None]:
    """Where keeping fails, the sealed bytes go too; a transaction that fails later leaves bytes no key opens."""
    try:
        yield
    except BaseException:
        store.forget(place)
        raise
