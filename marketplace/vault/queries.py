"""Reads about files. Whether somebody may see one is the door's word, asked in `policy.py`."""

from datetime import datetime

from django.db.models import Max, Q, QuerySet, Sum

from marketplace.kernel.errors import NotFound
from marketplace.kernel.lifecycle import expect
from marketplace.vault.hiding import told
from marketplace.vault.lifecycle import KEPT, SCANNABLE, FileState
from marketplace.vault.models import StoredFile


def of(door: str, holder: str) -> list[StoredFile]:
    """What a holder has at a door, the oldest first; what was removed is not told of any more."""
    rows = StoredFile.objects.filter(door=door, holder=holder).exclude(state=FileState.REMOVED)
    shown = at_hand(rows) | rows.filter(state=FileState.INFECTED)
    return [told(row) for row in shown.select_related("uploaded_by").order_by("uploaded_at", "pk")]


def at_hand(rows: QuerySet[StoredFile]) -> QuerySet[StoredFile]:
    """Without those whose key lies in an envelope: nobody here can tell what they are."""
    return rows.exclude(hidden="", concealed_key="")


def found(public_id: str) -> StoredFile:
    """The file of this id. Raises NotFound."""
    row = StoredFile.objects.filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return told(row)


def locked(public_id: str, version: int | None = None) -> StoredFile:
    """The file, locked until the end of the transaction. Raises NotFound or Stale."""
    row = StoredFile.objects.select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    expect(row, version)
    return told(row)


def kept_for(door: str, holder: str, purpose: str) -> QuerySet[StoredFile]:
    """Files whose content is there, for one purpose."""
    return at_hand(StoredFile.objects.filter(door=door, holder=holder, purpose=purpose, state__in=KEPT))


def brought_for(door: str, holder: str, purpose: str) -> int:
    """The highest number a file of this purpose was given, whatever became of it."""
    rows = StoredFile.objects.filter(door=door, holder=holder, purpose=purpose)
    return int(rows.aggregate(most=Max("number"))["most"] or 0)


def brought_lately(person_pk: int, since: datetime) -> int:
    """How many files one person has handed in since then, whatever became of them."""
    return StoredFile.objects.filter(uploaded_by_id=person_pk, uploaded_at__gt=since).count()


def bytes_kept_by(person_pk: int) -> int:
    """How much is kept of what one person has brought."""
    kept = StoredFile.objects.filter(uploaded_by_id=person_pk, state__in=KEPT)
    return int(kept.aggregate(sum=Sum("size"))["sum"] or 0)


def to_scan(now: datetime, most: int) -> list[str]:
    """Public ids of files the scanner has not judged, the oldest first; those it failed on come again later."""
    due = Q(next_scan_at=None) | Q(next_scan_at__lte=now)
    rows = at_hand(StoredFile.objects.filter(due, state__in=SCANNABLE)).order_by("uploaded_at", "pk")
    return list(rows.values_list("public_id", flat=True)[:most])


def facts_shown() -> Q:
    """Which facts of this room audit administrators may see: of papers of people and organisations, of no others."""
    holder = Q(stream__startswith="user:") | Q(stream__startswith="organisation:")
    return holder & Q(kind__startswith="file.")
