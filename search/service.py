"""Searching as a person: the engine proposes ids, the database says which of them this person may see.

Without an engine the database answers alone, by the same filters and by plain text search, and the page says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any, Generic, TypeVar, cast

import structlog
from django.core.cache import caches
from django.core.paginator import Page as Numbered
from django.core.paginator import Paginator
from django.db.models import QuerySet

from marketplace.accounts.models import Expert
from marketplace.accounts.queries import Person
from marketplace.kernel import clock
from search import database
from search.backends.base import Counts, EngineUnavailable, Hits
from search.engine import ask as ask_engine
from search.projection import Kind
from search.queries import COUNTED, DEEPEST, PER_PAGE, STATES, Ask, Request, reachable, request
from tasks.challenges import queries as challenges
from tasks.challenges.models import Challenge

log = structlog.get_logger(__name__)
Row = TypeVar("Row", Challenge, Expert)


@dataclass(frozen=True)
class Shown(Generic[Row]):
    """Which of the proposed ids may be shown, in their order, and the rows themselves for when they are wanted."""

    ids: list[str]
    rows: Callable[[list[str]], Mapping[str, Row]]
    glimpses: tuple[Any, ...] = ()
    """What the rows shown may have changed by; empty where nobody keeps pieces of the page."""


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of what was found. `total` counts what the engine proposed on all pages; rows are read when wanted."""

    load: Callable[[], list[Row]]
    total: int
    number: int
    glimpses: tuple[Any, ...] = ()
    by_engine: bool = True
    """False when the engine did not answer and the database looked for the plain text."""
    too_deep: bool = False
    """True when the page lies beyond what can be paged through."""
    nothing_to_read: bool = False
    """True when something was typed that holds neither a letter nor a digit."""
    only_related: bool = False
    """True when nothing says what was asked for, and what is listed says a part of it."""
    most_words: bool = False
    """True when, in another order than by relevance, only what holds most of the words is listed."""

    @cached_property
    def items(self) -> list[Row]:
        """The rows, read from the database and authorised by it."""
        return self.load()

    @property
    def stamp(self) -> str:
        """Changes whenever the page would look different, time left aside."""
        flags = (self.by_engine, self.too_deep, self.nothing_to_read, self.only_related, self.most_words)
        return repr((self.total, self.number, flags, self.glimpses))

    @property
    def numbered(self) -> Numbered[int]:
        """The page among its neighbours, for links to them."""
        pages = Paginator(range(min(self.total, DEEPEST)), PER_PAGE)
        return pages.get_page(self.number)


def search_challenges(viewer: Person, ask: Ask) -> Page[Challenge]:
    """Challenges of this platform. None that the viewer may not see leaves here, however stale the index (I22)."""
    states = STATES[ask.stage]

    def rows(ids: list[str]) -> Mapping[str, Challenge]:
        found = challenges.found(ids, viewer)
        return {public_id: row for public_id, row in found.items() if row.state in states}

    def shown(ids: list[str]) -> Shown[Challenge]:
        found = challenges.glimpses(ids)
        glimpses = tuple(found[one] for one in ids if one in found and found[one].state in states)
        return Shown([glimpse.public_id for glimpse in glimpses], rows, glimpses)

    hidden = challenges.hidden_again()
    return _search(Kind.CHALLENGE, ask, shown, lambda: database.challenges(ask, now=clock.now()), hidden)


def search_experts(viewer: Person, ask: Ask) -> Page[Expert]:
    """Entries of the expert database, which everybody may read."""
    return _search(Kind.EXPERT, ask, lambda ids: Shown(ids, database.experts_by_id), lambda: database.experts(ask))


def counts(kind: Kind, ask: Ask) -> Counts | None:
    """How many each value of a filter would find, as the index knows it, never of what is hidden (I22).

    At most a minute old, and counted anew where words were typed: few ask the same ones again. None while there is
    no engine. A challenge is counted by its state, see `STATES`.
    """
    hidden = challenges.hidden_again() if kind == Kind.CHALLENGE else ()
    if ask.text:
        return _counts(kind, ask, hidden)
    stated = repr((kind, replace(ask, page=1), hidden)).encode("utf-8", "surrogatepass")
    name, pieces = f"counts.{sha256(stated).hexdigest()}", caches["pieces"]
    known = cast(Counts | None, pieces.get(name))
    if known is None and (known := _counts(kind, ask, hidden)) is not None:
        pieces.set(name, known, 60)
    return known


def _counts(kind: Kind, ask: Ask, hidden: tuple[str, ...]) -> Counts | None:
    asked = request(kind, ask, now=clock.now(), without=hidden)
    try:
        return ask_engine(lambda index: index.counts(asked, COUNTED[kind]))
    except EngineUnavailable as failure:
        log.info("no counts without engine", kind=kind, why=str(failure)[:200])
        return None


def _search(
    kind: Kind,
    ask: Ask,
    shown: Callable[[list[str]], Shown[Row]],
    without_engine: Callable[[], "QuerySet[Row]"],
    hidden: tuple[str, ...] = (),
) -> Page[Row]:
    if not reachable(ask.page):
        return Page(list, 0, ask.page, too_deep=True)
    asked = request(kind, ask, now=clock.now(), without=hidden)
    try:
        hits = ask_engine(lambda index: index.search(asked))
        if not hits.total and asked.can_be_loosened:
            asked = replace(asked, loosely=True)
            hits = ask_engine(lambda index: index.search(asked))
    except EngineUnavailable as failure:
        log.info("search without engine", kind=kind, why=str(failure)[:200])
        return _from_database(ask, without_engine())
    if hits.total and not hits.ids:
        return _search(kind, replace(ask, page=_last_page(hits)), shown, without_engine, hidden)
    return _page(shown(hits.ids), hits, ask, asked)


def _page(shown: Shown[Row], hits: Hits, ask: Ask, asked: Request) -> Page[Row]:
    def load() -> list[Row]:
        rows = shown.rows(shown.ids)
        return [rows[one] for one in shown.ids if one in rows]

    return Page(
        load,
        hits.total,
        ask.page,
        shown.glimpses,
        nothing_to_read=bool(ask.text.strip()) and not asked.concepts,
        only_related=asked.loosely and hits.total > 0,
        most_words=asked.required > 1,
    )


def _last_page(hits: Hits) -> int:
    return (min(hits.total, DEEPEST) - 1) // PER_PAGE + 1


def _from_database(ask: Ask, rows: "QuerySet[Row]") -> Page[Row]:
    pages = Paginator(rows, PER_PAGE)
    page = pages.get_page(ask.page)
    return Page(lambda: list(page), pages.count, page.number, by_engine=False)
