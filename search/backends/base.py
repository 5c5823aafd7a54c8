"""What an engine promises. `tests/search/test_contract.py` holds both engines to it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import NamedTuple

from search.projection import Document, Kind
from search.queries import Request


class EngineUnavailable(Exception):
    """The engine does not answer, not in time, or not with sense. Callers do without it."""


class NoAnswer(EngineUnavailable):
    """The engine was not reached, or took too long: the next question would wait in vain too."""


class IndexMissing(EngineUnavailable):
    """The engine answers and holds no index of this kind: it must be rebuilt."""


class DocumentRefused(EngineUnavailable):
    """The engine answers and does not take a document, as it is or just now. Others may fare better."""


class Hits(NamedTuple):
    """Candidates in order, and how many there are on all pages. Nobody may show them before the database agreed."""

    ids: list[str]
    total: int


class Indexed(NamedTuple):
    """What the index says it holds of a document."""

    version: int
    digest: str


Counts = dict[str, dict[str, int]]
"""By the documents' field and its value."""

Put = Callable[[Iterable[Document]], None]


class SearchIndex(ABC):
    """One engine. Safe to use from many threads and processes; every method may raise EngineUnavailable.

    Each kind has an index of its own. Writes carry the row's version: an older one never overwrites a newer one,
    the same one may be written again. A removed document leaves its version behind, so that a late older write
    does not bring it back.
    """

    @abstractmethod
    def put(self, documents: Iterable[Document], *, at_once: bool = False) -> None:
        """Write documents, also into an index that is being built. `at_once`: the next search finds them.

        A `projection.tombstone` among them takes its document out, which need not be there.
        """

    @abstractmethod
    def search(self, request: Request) -> Hits:
        """Candidates for one page. Raises IndexMissing where nothing was ever built."""

    @abstractmethod
    def counts(self, request: Request, fields: Iterable[str]) -> Counts:
        """How many documents each value of these fields would leave: `queries.counting` of each, without pages."""

    @abstractmethod
    def beside(self, kind: Kind) -> AbstractContextManager[Put]:
        """Build a new index beside the one in use: hands out what fills it.

        From the first moment `put` reaches both. On leaving, searches switch over at once and the old
        index is dropped; after a failure the new one is dropped and nothing has changed. Of two at once the one
        begun last wins, and the other fails.
        """

    @abstractmethod
    def held(self, kind: Kind) -> Iterator[tuple[str, Indexed]]:
        """Every document in the index by public id, as of the last write."""

    @abstractmethod
    def missing(self) -> list[Kind]:
        """Kinds that have no index."""

    @abstractmethod
    def drop(self) -> None:
        """Remove every index of ours, as if none had ever been built."""

    def wipe(self) -> None:  # noqa: B027  # an engine whose dropped index is a deleted folder has nothing to do
        """Leave nothing on the disk of what was dropped."""

    @abstractmethod
    def describe(self) -> str:
        """Name and version of the engine, for the status page. Raises EngineUnavailable when it does not answer."""
