"""Keeping the index true to the database: follow one change, pay what is owed, rebuild, compare and repair.

Every function reads the row afresh; a change told twice, late or out of order does no harm.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.core.cache import cache
from django.utils import timezone

from marketplace.accounts.events import ExpertRemoved
from marketplace.outbox.models import Delivery
from search import sources
from search.backends.base import DocumentRefused, EngineUnavailable, Indexed
from search.engine import ask, engine
from search.models import IndexDebt, IndexDocument
from search.projection import Content, Kind, document, tombstone
from search.sources import batches, contents_of

log = structlog.get_logger(__name__)

Progress = Callable[[int], None]
LEASE = "search.rebuild"
LEASE_SECONDS = 60
TOGETHER = 25
"""Debts paid in one request: few enough that the engine takes them within a page's patience."""
PORTION = 4.0
"""Seconds for which debts are paid before other jobs have their turn; the next begins five after this one began."""


def follow(kind: Kind, changes: Mapping[str, int]) -> None:
    """Bring the index to what these rows are now: public ids with the change's version. Without an engine, owe them."""
    try:
        _bring(kind, changes)
    except EngineUnavailable as failure:
        log.debug("index owes", kind=kind, ids=list(changes), why=str(failure)[:200])
        for public_id, version in changes.items():
            _owe(kind, public_id, version)


def pay_debts() -> int:
    """Index what is owed, the oldest first, for some seconds; returns how many.

    What the engine refuses waits behind the others for the next time. Raises EngineUnavailable at the first question
    without an answer.
    """
    begun, paid, until = timezone.now(), 0, time.monotonic() + PORTION
    while time.monotonic() < until:
        owed = list(IndexDebt.objects.filter(since__lt=begun).order_by("since")[:TOGETHER])
        if not owed:
            break
        by_kind = defaultdict(list)
        for debt in owed:
            by_kind[Kind(debt.kind)].append(debt)
        paid += sum(_pay(kind, debts) for kind, debts in by_kind.items())
    return paid


def build_missing() -> list[Kind]:
    """Build what no index exists of, unless somebody is at it; returns the kinds built. Raises EngineUnavailable."""
    missing = ask(lambda index: index.missing())
    if not missing or not cache.add(LEASE, 1, LEASE_SECONDS):
        return []
    try:
        for kind in missing:
            rebuild(kind)
    finally:
        cache.delete(LEASE)
    return missing


def rebuild(kind: Kind, progress: Progress | None = None) -> int:
    """Build the index of a kind anew beside the one in use and switch over (`SearchIndex.beside`); returns its size.

    `progress` hears how many documents are in. Raises EngineUnavailable, having changed nothing.
    """
    begun, written = timezone.now(), 0
    with engine().beside(kind) as put:
        for batch in batches(kind):
            put(document(content) for content in batch)
            _note(batch)
            written += len(batch)
            cache.touch(LEASE, LEASE_SECONDS)
            if progress:
                progress(written)
    IndexDocument.objects.filter(kind=kind, indexed_at__lt=begun).delete()
    IndexDebt.objects.filter(kind=kind, since__lt=begun).delete()
    return written


def remembers_removed(since: datetime) -> bool:
    """Whether an expert's entry was taken out since then and their index not built anew after it.

    What is taken out is found no more at once; its words lie in the engine's files until there are other files (I29).
    """
    followed = Delivery.objects.filter(fact__kind=ExpertRemoved.kind, done_at__gt=since, listener="search.experts")
    removed = followed.order_by("-done_at").values_list("done_at", flat=True).first()
    oldest = IndexDocument.objects.filter(kind=Kind.EXPERT).order_by("indexed_at").first()
    return removed is not None and (oldest is None or oldest.indexed_at <= removed)


def forget_removed() -> int:
    """Build the experts' index anew, and leave nothing of the old one on the disk. Raises EngineUnavailable."""
    written = rebuild(Kind.EXPERT)
    ask(lambda index: index.wipe())
    return written


@dataclass(frozen=True)
class Differences:
    """Public ids by what is wrong with them in the index of one kind."""

    absent: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    surplus: dict[str, int] = field(default_factory=dict)
    """Documents without a public row, with the version they stand in."""
    ahead: list[str] = field(default_factory=list)
    """Newer in the index than in the database, as after a restored backup: only a rebuild helps."""

    @property
    def count(self) -> int:
        return len(self.absent) + len(self.outdated) + len(self.surplus) + len(self.ahead)


def compare(kind: Kind) -> Differences:
    """What the index holds against what it should hold (I23). Raises EngineUnavailable."""
    held = dict(engine().held(kind))
    found = Differences()
    for batch in batches(kind):
        for content in batch:
            _judge(found, content, held.pop(content.public_id, None))
    found.surplus.update({public_id: indexed.version for public_id, indexed in held.items()})
    return found


def repair(kind: Kind, found: Differences) -> None:
    """Put right what `compare` found, reading each row afresh. Raises EngineUnavailable."""
    if found.ahead:
        rebuild(kind)
        return
    for public_id in (*found.absent, *found.outdated):
        _bring(kind, {public_id: 0})
    for public_id, version in found.surplus.items():
        _bring(kind, {public_id: version})


def _judge(found: Differences, content: Content, held: Indexed | None) -> None:
    if held is None:
        found.absent.append(content.public_id)
    elif held.version > content.version:
        found.ahead.append(content.public_id)
    elif held != (content.version, content.digest):
        found.outdated.append(content.public_id)


def _pay(kind: Kind, owed: Sequence[IndexDebt]) -> int:
    """Index these together; if they are refused, each alone. Returns how many are in."""
    try:
        _bring(kind, {debt.public_id: debt.version for debt in owed})
    except DocumentRefused as failure:
        if len(owed) > 1:
            return sum(_pay(kind, [debt]) for debt in owed)
        log.warning("document refused", kind=kind, id=owed[0].public_id, why=str(failure)[:200])
        IndexDebt.objects.filter(pk=owed[0].pk).update(since=timezone.now())
        return 0
    for debt in owed:
        IndexDebt.objects.filter(pk=debt.pk, version=debt.version).delete()
    return len(owed)


def _bring(kind: Kind, changes: Mapping[str, int]) -> None:
    contents = contents_of(kind, changes)
    gone = {one: version for one, version in changes.items() if one not in contents}
    hidden = sources.never_public(kind, gone)
    cut = [document(content) for content in contents.values()]
    cut += [tombstone(kind, one, version) for one, version in gone.items() if one not in hidden]
    if cut:
        ask(lambda index: index.put(cut, at_once=kind == Kind.CHALLENGE))
    _note(contents.values())
    IndexDocument.objects.filter(kind=kind, public_id__in=gone).delete()


def _note(contents: Iterable[Content]) -> None:
    now = timezone.now()
    rows = [
        IndexDocument(kind=one.kind, public_id=one.public_id, version=one.version, digest=one.digest, indexed_at=now)
        for one in contents
    ]
    IndexDocument.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["kind", "public_id"],
        update_fields=["version", "digest", "indexed_at"],
    )


def _owe(kind: Kind, public_id: str, version: int) -> None:
    IndexDebt.objects.update_or_create(
        kind=kind, public_id=public_id, defaults={"version": version, "since": timezone.now()}
    )
