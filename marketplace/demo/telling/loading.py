"""Load the demo data piece by piece: each whole or not at all, none twice, the lock held only for one piece."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import override

from marketplace.accounts.importing import import_expert, profile_from
from marketplace.demo.events import STORIES, StoryTold
from marketplace.demo.models import Loading
from marketplace.demo.telling import administrators, calls, plays, profiles, regional, script, troupe
from marketplace.demo.telling.calls import Repertoire
from marketplace.demo.telling.stage import Stage
from marketplace.kernel import clock
from marketplace.kernel.verdicts import SYSTEM
from marketplace.outbox import relay
from marketplace.outbox.models import Delivery, Fact
from marketplace.outbox.record import record
from marketplace.registry import queries as registry
from marketplace.registry.importing import posting_from
from marketplace.registry.services import import_published, load_reference

BREATH = 0.02
"""Seconds between two pieces in which relay, jobs and visitors get at SQLite's one write lock."""

NEWS = timedelta(days=4)

BUNDLE = 10
"""Experts or archive entries in one piece."""

Values = dict[str, Any]
Heard = Callable[[int, int], None]


@dataclass(frozen=True)
class Piece:
    """A part of the demo data that is told in one transaction. The key is its name in stream demo:stories.

    Of what happens in it people are notified only if it is `news`, and then of the last days alone.
    """

    key: str
    tell: Callable[[], None]
    news: bool = False


def load(*, scale: int, seed: int, heard: Heard | None = None, stopped: Callable[[], bool] = lambda: False) -> bool:
    """Tell every piece that has not been told; says whether all are there now.

    `heard(done, total)` is told the progress, `stopped()` asked between pieces: what is left is told next time.
    Raises whatever a piece raises, with that piece undone and the failure noted for the page.
    """
    with override("zh-hans"):
        load_reference()
        stage = Stage(clock.now(), seed)
        wanted = list(pieces(scale, stage))
        told = set(Fact.objects.filter(stream=STORIES).values_list("subject", flat=True))
        done = sum(piece.key in told for piece in wanted)
        _note(done, len(wanted))
        for piece in wanted:
            if piece.key in told:
                continue
            if stopped():
                return False
            _tell(piece)
            done += 1
            _note(done, len(wanted))
            if heard:
                heard(done, len(wanted))
            time.sleep(BREATH)
    return True


def pieces(scale: int, stage: Stage) -> Iterator[Piece]:
    """Everything that makes the demo, in the order in which it can be told."""
    yield Piece("cast", partial(troupe.enrol_everybody, stage))
    yield Piece("administrators", partial(administrators.appoint, stage))
    yield Piece("profiles", partial(profiles.publish_profiles, stage))
    yield Piece("batches", partial(plays.publish_batches, stage))
    for story in script.stories():
        yield Piece(f"story-{story.key}", partial(plays.tell, story, stage), news=True)
    yield Piece("uploaded-list", partial(regional.upload_list, stage), news=True)
    repertoire = Repertoire(stage)
    for number, key in enumerate(repertoire.keys(scale)):
        yield Piece(key, partial(calls.tell, repertoire, number))
    listed = regional.Listed(stage)
    for number, row in enumerate(regional.rows(), start=1):
        yield Piece(f"regional-{number:02d}", partial(listed.tell, row))
    yield from _bundled("experts", script.records("experts.jsonl"), partial(_take_expert, repertoire))
    archive = registry.SHIPPED_ARCHIVE.read_text(encoding="utf-8").splitlines()
    yield from _bundled("archive", [json.loads(line) for line in archive], partial(_take_published, repertoire))


def _bundled(name: str, records: list[Values], take: Callable[[Values], None]) -> Iterator[Piece]:
    for start in range(0, len(records), BUNDLE):
        yield Piece(f"{name}-{start // BUNDLE + 1:03d}", partial(_take_all, records[start : start + BUNDLE], take))


def _take_all(records: list[Values], take: Callable[[Values], None]) -> None:
    for values in records:
        take(values)


def _take_expert(repertoire: Repertoire, values: Values) -> None:
    profile = profile_from(values, repertoire.mapping)
    if isinstance(profile, str):
        raise TypeError(f"experts.jsonl: {profile}")
    import_expert(profile)


def _take_published(repertoire: Repertoire, values: Values) -> None:
    posting = posting_from(values, repertoire.mapping)
    if isinstance(posting, str):
        raise TypeError(f"published_challenges.jsonl: {posting}")
    import_published(posting)


def _tell(piece: Piece) -> None:
    """One transaction; its facts carry the piece's name where those of a request carry the request's id."""
    try:
        with structlog.contextvars.bound_contextvars(request_id=_request(piece)), transaction.atomic():
            Loading.objects.select_for_update().get(pk=1)  # of two loadings at once, one waits and then skips
            if Fact.objects.filter(stream=STORIES, subject=piece.key).exists():
                return
            piece.tell()
            _settle_old_news(piece)
            record(StoryTold.of(piece.key), by=SYSTEM)
    except Exception as failure:
        Loading.objects.filter(pk=1).update(failure=f"{piece.key}: {failure!r}")
        raise


def _settle_old_news(piece: Piece) -> None:
    """Nobody is owed a notification of what lies in the past: the lists begin with the last days' news."""
    owed = Delivery.objects.filter(fact__request_id=_request(piece), listener__startswith="marketplace.notices.")
    if piece.news:
        owed = owed.filter(fact__occurred_at__lt=clock.now() - NEWS)
    relay.let_go(owed)


def _request(piece: Piece) -> str:
    return f"demo:{piece.key}"


def _note(done: int, total: int) -> None:
    finished = clock.now() if done == total else None
    values = {"done": done, "total": total, "finished_at": finished, "failure": ""}
    Loading.objects.update_or_create(pk=1, defaults=values)
