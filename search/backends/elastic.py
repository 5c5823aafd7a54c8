"""Elasticsearch. Per kind one index in use behind an alias that is read, and one more while a rebuild runs."""

import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from elastic_transport import ApiResponse, TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError
from elasticsearch.helpers import BulkIndexError, bulk

from search.backends.base import (
    Counts,
    DocumentRefused,
    EngineUnavailable,
    Hits,
    Indexed,
    IndexMissing,
    NoAnswer,
    Put,
    SearchIndex,
)
from search.backends.elastic_query import body, counting_body
from search.documents import SETTINGS, mapping
from search.projection import Document, Kind
from search.queries import Request

PATIENCE_OF_JOBS = 60
BATCH = 500
STALE = 409
NO_INDEX = 404


class ElasticIndex(SearchIndex):
    """Behind ELASTICSEARCH_URL. Reads go to the alias `<prefix>-<kind>`, writes to every index of `<alias>-writing`."""

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix or settings.SEARCH_INDEX_PREFIX
        self.client = Elasticsearch(
            settings.ELASTICSEARCH_URL, request_timeout=settings.SEARCH_PATIENCE, max_retries=0, retry_on_timeout=False
        )
        self.patient = self.client.options(request_timeout=PATIENCE_OF_JOBS)

    def put(self, documents: Iterable[Document], *, at_once: bool = False) -> None:
        for kind, batch in _by_kind(documents).items():
            with _failures():
                self._write_everywhere(kind, batch, at_once=at_once)

    def search(self, request: Request) -> Hits:
        with _failures():
            answer = self.client.search(index=self._reading(request.kind), **body(request))
        found = answer["hits"]
        return Hits([hit["_id"] for hit in found["hits"]], found["total"]["value"])

    def counts(self, request: Request, fields: Iterable[str]) -> Counts:
        with _failures():
            answer = self.client.search(index=self._reading(request.kind), **counting_body(request, fields))
        found = answer["aggregations"]
        return {
            field: {str(one["key"]): int(one["doc_count"]) for one in found[field]["values"]["buckets"]}
            for field in fields
        }

    @contextmanager
    def beside(self, kind: Kind) -> Iterator[Put]:
        with _failures():
            name = self._begin(kind)
            try:
                yield lambda documents: self._write([name], documents, self.patient)
                self._switch(kind, name)
            except BaseException:  # also an interrupted command leaves nothing behind
                self.patient.indices.delete(index=name, ignore_unavailable=True)
                raise

    def held(self, kind: Kind) -> Iterator[tuple[str, Indexed]]:
        with _failures():
            self.patient.indices.refresh(index=self._reading(kind))
            for hit in self._all(kind):
                held = hit["_source"]
                yield held["public_id"], Indexed(held["version"], held["digest"])

    def missing(self) -> list[Kind]:
        with _failures():
            return [kind for kind in Kind if not self.client.indices.exists_alias(name=self._reading(kind))]

    def drop(self) -> None:
        with _failures():
            for kind in Kind:
                for name in self._indices(f"{self._reading(kind)}-*"):
                    self.patient.indices.delete(index=name, ignore_unavailable=True)

    def describe(self) -> str:
        with _failures():
            nodes = self.client.nodes.info(filter_path="nodes.*.version")["nodes"]
        return f"Elasticsearch {min(node['version'] for node in nodes.values())}"

    def _reading(self, kind: Kind) -> str:
        return f"{self.prefix}-{kind}"

    def _writing(self, kind: Kind) -> str:
        return f"{self._reading(kind)}-writing"

    def _begin(self, kind: Kind) -> str:
        """Drop what an interrupted rebuild left, make a new index and let writes reach it."""
        for left in self._indices(self._writing(kind)) - self._indices(self._reading(kind)):
            self.patient.indices.delete(index=left, ignore_unavailable=True)
        name = f"{self._reading(kind)}-{time.time_ns() // 1_000_000}-{secrets.token_hex(3)}"
        aliases: dict[str, Any] = {self._writing(kind): {}}
        self.patient.indices.create(index=name, mappings=mapping(kind), settings=SETTINGS, aliases=aliases)
        return name

    def _switch(self, kind: Kind, name: str) -> None:
        """Let searches find the new index and drop the old one, in one step."""
        self.patient.indices.refresh(index=name)
        old = self._indices(self._reading(kind)) - {name}
        add: list[dict[str, Any]] = [{"add": {"index": name, "alias": self._reading(kind)}}]
        self.patient.indices.update_aliases(actions=[*add, *({"remove_index": {"index": one}} for one in old)])

    def _write_everywhere(self, kind: Kind, documents: list[Document], *, at_once: bool) -> None:
        try:
            self._write(self._targets(kind), documents, self.client, refresh=at_once)
        except IndexMissing:  # a rebuild began or ended between the look and the write
            self._write(self._targets(kind), documents, self.client, refresh=at_once)

    def _targets(self, kind: Kind) -> set[str]:
        """The indices that writes must reach; the one in use among them, or there is nothing to keep up."""
        reading, writing = self._reading(kind), self._writing(kind)
        holders = self.client.options(ignore_status=NO_INDEX).indices.get_alias(name=[reading, writing])
        aliases = {name: set(held["aliases"]) for name, held in holders.items() if isinstance(held, dict)}
        if not any({reading, writing} <= held for held in aliases.values()):
            raise IndexMissing(kind)
        return {name for name, held in aliases.items() if writing in held}

    def _write(
        self, targets: Iterable[str], documents: Iterable[Document], client: Elasticsearch, *, refresh: bool = False
    ) -> None:
        actions = (_action(name, document) for document in documents for name in targets)
        errors: Any = bulk(client, actions, chunk_size=BATCH, refresh=refresh, raise_on_error=False)[1]
        failed = [error["index"] for error in errors if error["index"]["status"] != STALE]
        if any(error["status"] == NO_INDEX for error in failed):
            raise IndexMissing(str(failed[0]))
        if failed:
            raise DocumentRefused(str(failed[0]))

    def _indices(self, alias: str) -> set[str]:
        try:
            return set(self.client.indices.get_alias(index=alias, allow_no_indices=True))
        except NotFoundError:
            return set()

    def _all(self, kind: Kind) -> Iterator[dict[str, Any]]:
        """Every living document, page after page in the order of ids."""
        after: list[Any] | None = None
        while True:
            hits = self._next(kind, after)["hits"]["hits"]
            yield from hits
            if len(hits) < BATCH:
                return
            after = hits[-1]["sort"]

    def _next(self, kind: Kind, after: list[Any] | None) -> ApiResponse[Any]:
        return self.patient.search(
            index=self._reading(kind),
            query={"bool": {"must_not": [{"term": {"gone": True}}]}},
            source={"includes": ["public_id", "version", "digest"]},
            sort=[{"public_id": "asc"}],
            search_after=after,
            size=BATCH,
        )


def _action(name: str, document: Document) -> dict[str, Any]:
    guard = {"version": document["version"], "version_type": "external_gte"}
    return {"_op_type": "index", "_index": name, "_id": document["public_id"], **guard, "_source": document}


def _by_kind(documents: Iterable[Document]) -> dict[Kind, list[Document]]:
    found: dict[Kind, list[Document]] = {}
    for document in documents:
        found.setdefault(Kind(document["kind"]), []).append(document)
    return found


@contextmanager
def _failures() -> Iterator[None]:
    """Say every failure of the engine in the words of the contract."""
    try:
        yield
    except NotFoundError as failure:
        raise IndexMissing(str(failure)) from failure
    except TransportError as failure:
        raise NoAnswer(str(failure)) from failure
    except (ApiError, BulkIndexError) as failure:
        raise EngineUnavailable(str(failure)) from failure
