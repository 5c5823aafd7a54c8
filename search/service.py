"""Searching as a person: the engine proposes ids, the database says which of them this person may see.

Without an engine the database answers alone, by the same filters and by plain text search, and the page says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import structlog
from django.core.paginator import Page as Numbered
from django.core.paginator import Paginator
from django.db.models import QuerySet

from marketplace.accounts.models import Expert
from marketplace.accounts.queries import Person
from marketplace.kernel import clock
from marketplace.registry.models import PublishedChallenge
from search import database
from search.backends.base import EngineUnavailable, Hits
from search.engine import ask as ask_engine
from search.projection import Kind
from search.queries import DEEPEST, PER_PAGE, STATES, Ask, Request, reachable, request
from tasks.challenges import queries as challenges
from tasks.challenges.models import Challenge

log = structlog.get_logger(__name__)
Row = TypeVar("Row", Challenge, Expert, PublishedChallenge)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of what was found. `total` counts what the engine proposed on all pages."""

    items: list[Row]
    total: int
    number: int
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

    @property
    def numbered(self) -> Numbered[int]:
        """The page among its neighbours, for links to them."""
        pages = Paginator(range(min(self.total, DEEPEST)), PER_PAGE)
        return pages.get_page(self.number)


def search_challenges(viewer: Person, ask: Ask) -> Page[Challenge]:
    """Challenges of this platform. None that the viewer may not see leaves here, however stale the index (I22)."""
    states = STATES[ask.stage]

    def allowed(ids: list[str]) -> Mapping[str, Challenge]:
        found = challenges.found(ids, viewer)
        return {public_id: row for public_id, row in found.items() if row.state in states}

    return _search(Kind.CHALLENGE, ask, allowed, lambda: database.challenges(ask, now=clock.now()))


def search_experts(viewer: Person, ask: Ask) -> Page[Expert]:
    """Entries of the expert database, which everybody may read."""
    return _search(Kind.EXPERT, ask, database.experts_by_id, lambda: database.experts(ask))


def search_archive(viewer: Person, ask: Ask) -> Page[PublishedChallenge]:
    """Entries of the reference archive alone: it has an index of its own and is never mixed into another list."""
    return _search(Kind.ARCHIVE, ask, database.archive_by_id, lambda: database.archive(ask))


def _search(
    kind: Kind,
    ask: Ask,
    allowed: Callable[[list[str]], Mapping[str, Row]],
    without_engine: Callable[[], "QuerySet[Row]"],
) -> Page[Row]:
    if not reachable(ask.page):
        return Page([], 0, ask.page, too_deep=True)
    asked = request(kind, ask, now=clock.now())
    try:
        hits = ask_engine(lambda index: index.search(asked))
        if not hits.total and asked.can_be_loosened:
            asked = replace(asked, loosely=True)
            hits = ask_engine(lambda index: index.search(asked))
    except EngineUnavailable as failure:
        log.info("search without engine", kind=kind, why=str(failure)[:200])
        return _from_database(ask, without_engine())
    if hits.total and not hits.ids:
        return _search(kind, replace(ask, page=_last_page(hits)), allowed, without_engine)
    rows = allowed(hits.ids)
    return _page([rows[one] for one in hits.ids if one in rows], hits, ask, asked)


def _page(items: list[Row], hits: Hits, ask: Ask, asked: Request) -> Page[Row]:
    return Page(
        items,
        hits.total,
        ask.page,
        nothing_to_read=bool(ask.text.strip()) and not asked.concepts,
        only_related=asked.loosely and hits.total > 0,
        most_words=asked.required > 1,
    )


def _last_page(hits: Hits) -> int:
    return (min(hits.total, DEEPEST) - 1) // PER_PAGE + 1


def _from_database(ask: Ask, rows: "QuerySet[Row]") -> Page[Row]:
    pages = Paginator(rows, PER_PAGE)
    page = pages.get_page(ask.page)
    return Page(list(page), pages.count, page.number, by_engine=False)
