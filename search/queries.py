"""From what a person asks to what an engine is asked. Pure: no engine, no database, the time is handed in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from search.concepts import Concept, concepts
from search.projection import Kind, sortable
from tasks.challenges.lifecycle import PUBLIC, State

PER_PAGE = 20
DEEPEST = 10_000
"""How many results can be paged through; beyond it a person should ask more narrowly."""
LONGEST_TEXT = 200


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    DEADLINE = "deadline"
    BOUNTY = "bounty"


class Stage(StrEnum):
    """How far a challenge has come, as far as somebody who searches cares."""

    OPEN = "open"
    JUDGING = "judging"
    AWARDED = "awarded"
    FAILED = "failed"
    ALL = "all"


STATES: dict[Stage, frozenset[State]] = {
    Stage.OPEN: frozenset({State.OPEN}),
    Stage.JUDGING: frozenset({State.SEALED, State.REVIEWING, State.ADJUDICATED, State.NOTICE}),
    Stage.AWARDED: frozenset({State.AWARDED}),
    Stage.FAILED: frozenset({State.FAILED, State.CANCELLED}),
    Stage.ALL: PUBLIC,
}


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What a person asks for. Bounties are in 分; `closing_within` counts days from now; pages count from 1."""

    text: str = ""
    field: str = ""
    region: str = ""
    mode: str = ""
    stage: Stage = Stage.OPEN
    sponsor: str = ""
    bounty_min: int | None = None
    bounty_max: int | None = None
    closing_within: int | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1


@dataclass(frozen=True)
class Among:
    """The document's field holds one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Between:
    """The document's field lies between these, both included; None leaves an end open."""

    field: str
    low: str | int | None
    high: str | int | None


Filter = Among | Between


@dataclass(frozen=True, kw_only=True)
class Request:
    """What an engine is asked: `required` of the concepts, all of the filters, one page in this order."""

    kind: Kind
    concepts: tuple[Concept, ...] = ()
    filters: tuple[Filter, ...] = ()
    sort: Sort = Sort.NEWEST
    latest_deadline_first: bool = False
    loosely: bool = False
    """Also what says a thing only partly: asked when nothing says it."""
    offset: int = 0
    limit: int = PER_PAGE
    without: tuple[str, ...] = ()
    """Public ids that the index may still hold and nobody may learn of, not even by a number."""

    @property
    def asked(self) -> int:
        """How many things were asked for, bonuses left out."""
        return sum(not concept.bonus for concept in self.concepts)

    @property
    def can_be_loosened(self) -> bool:
        """Whether asking loosely could find more."""
        partly = any(way.partly for concept in self.concepts for way in concept.ways)
        return partly and not self.loosely

    @property
    def required(self) -> int:
        """How many of them a document must hold: one where the best come first, most of them in any other order."""
        if self.sort == Sort.RELEVANCE or self.loosely or not self.concepts:
            return min(1, len(self.concepts))
        return self.asked // 2 + 1


def request(kind: Kind, ask: Ask, *, now: datetime, without: tuple[str, ...] = ()) -> Request:
    """Read the person's words and turn the filters into the documents' fields."""
    read = tuple(concepts(ask.text[:LONGEST_TEXT]))
    return Request(
        kind=kind,
        concepts=read,
        filters=tuple(_filters(kind, ask, now)),
        sort=Sort.NEWEST if ask.sort == Sort.RELEVANCE and not read else ask.sort,
        latest_deadline_first=ask.stage != Stage.OPEN,
        offset=(ask.page - 1) * PER_PAGE,
        without=without,
    )


COUNTED: dict[Kind, tuple[str, ...]] = {
    Kind.CHALLENGE: ("state", "mode", "fields", "regions"),
    Kind.EXPERT: ("fields", "regions"),
}
"""The documents' fields whose values are counted beside the filters."""


def counting(request: Request, field: str) -> Request:
    """The same request without its filter by this field: what choosing another value of it would find."""
    return replace(request, filters=tuple(one for one in request.filters if one.field != field))


def reachable(page: int) -> bool:
    """Whether the page lies within what can be paged through."""
    return 1 <= page <= DEEPEST // PER_PAGE


def _filters(kind: Kind, ask: Ask, now: datetime) -> Iterator[Filter]:
    if kind == Kind.CHALLENGE:
        yield Among("state", tuple(sorted(STATES[ask.stage])))
    for field, value in (("fields", ask.field), ("regions", ask.region), ("mode", ask.mode), ("sponsor", ask.sponsor)):
        if value:
            yield Among(field, (value,))
    if ask.bounty_min is not None or ask.bounty_max is not None:
        yield Between("bounty", ask.bounty_min, ask.bounty_max)
    if ask.closing_within is not None:
        yield Between("deadline", sortable(now), sortable(now + timedelta(days=ask.closing_within)))
