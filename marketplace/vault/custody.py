"""Files of something that is sealed: their keys go into the envelope, and come back from it.

Between the two their content lies in the store, and nothing that is kept here opens it or says what it is. The verbs
are called within the transaction of whatever seals and opens the rest.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import Allowed
from marketplace.outbox.record import record
from marketplace.vault import events, hiding, queries, store
from marketplace.vault.doors import Door, Secret, door
from marketplace.vault.lifecycle import KEPT, STEPS
from marketplace.vault.models import StoredFile

Told = Mapping[str, Any]
"""What an envelope says of one file: `file` is its public id."""


def inventory(code: str, holder: str) -> list[dict[str, Any]]:
    """What the envelope takes: each file at hand, with what opens it."""
    rows = queries.at_hand(StoredFile.objects.filter(door=code, holder=holder, state__in=KEPT)).order_by("pk")
    return [{"file": row.public_id, **hiding.as_told(hiding.told(row))} for row in rows]


def lock_away(code: str, holder: str) -> None:
    """From here on the envelope alone tells of these files, and their content stays for as long as it may count."""
    for row in StoredFile.objects.select_for_update().filter(door=code, holder=holder).exclude(hidden=""):
        revise(row, hidden="", bound=row.bound or row.state in KEPT)


def bring_back(code: str, holder: str, files: Iterable[Told], *, of: str = "") -> None:
    """The files of an envelope that its owner has read again, at hand for another version: of theirs, or of another's.

    What the envelope names and is not there any more is left out.
    """
    at = door(code)
    named = {str(one["file"]): one for one in files}
    for row in _locked(code, of or holder, named):
        said = {name: named[row.public_id][name] for name in hiding.TOLD}
        hidden = hiding.hidden(said, place=row.place, holder=holder, secret=_secret(at))
        revise(row, hidden=hidden, holder=holder, bound=row.bound and not of)


def lay_open(code: str, holder: str, files: Iterable[Told], *, by: Allowed) -> None:
    """What an opened envelope tells of its files; whatever else was brought for it is deleted."""
    named = {str(one["file"]): one for one in files}
    at = door(code)
    for row in _locked(code, holder, named):
        revise(row, hidden="", bound=False, **{name: named[row.public_id][name] for name in hiding.TOLD})
        record(events.FileLaidOpen.of(row, at.stream(holder)), by=by)
    rest = StoredFile.objects.filter(door=code, holder=holder, state__in=KEPT).exclude(public_id__in=named)
    _remove(rest, by)


def set_free(code: str, holder: str, *, by: Allowed) -> None:
    """Delete what was brought and never sealed; what was, nobody reads, and it stays until all of it is cleared."""
    _remove(StoredFile.objects.filter(door=code, holder=holder, state__in=KEPT, bound=False), by)
    lock_away(code, holder)


def for_the_record(code: str, holder: str) -> None:
    """These files do not go with whoever brought them any more: a decision rests on them."""
    StoredFile.objects.filter(door=code, holder=holder).update(own=False)


def tell(kind: type[events.FileEvent], row: StoredFile, by: Allowed) -> None:
    """With the key gone nobody opens the content any more; where it lay is emptied once this is certain to stand."""
    record(kind.of(row, door(row.door).stream(row.holder)), by=by)
    if not row.concealed_key:
        transaction.on_commit(lambda: store.forget(row.place))


def _remove(rows: Any, by: Allowed) -> None:
    for row in rows.select_for_update().order_by("pk"):
        move(row, STEPS["remove"], concealed_key="", name="", hidden="")
        tell(events.FileRemoved, row, by)


def _locked(code: str, holder: str, named: Mapping[str, Told]) -> list[StoredFile]:
    rows = StoredFile.objects.select_for_update().filter(door=code, holder=holder, public_id__in=named)
    return list(rows.filter(state__in=KEPT).order_by("pk"))


def _secret(at: Door) -> Secret:
    if at.secret is None:
        raise TypeError(f"the door {at.code!r} keeps no secret")
    return at.secret
