"""A request as Elasticsearch is asked it. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from elasticsearch.dsl.query import Bool, CombinedFields, DisMax, MatchAll, MultiMatch, Query, Range, Term, Terms

from search.concepts import Way
from search.queries import Among, Filter, Request, Sort, counting

FIELDS = ["title^3", "keywords^2", "body"]
FORGIVEN = 0.4
MOST_VALUES = 1_000
"""Of a field; regions have the most."""


def body(request: Request) -> dict[str, Any]:
    """Query, order and page; the exact total is counted, no source is sent back."""
    return {
        "query": _query(request).to_dict(),
        "sort": list(_order(request)),
        "from_": request.offset,
        "size": request.limit,
        "track_total_hits": True,
        "source": False,
    }


def counting_body(request: Request, fields: Iterable[str]) -> dict[str, Any]:
    """The texts as the query, and for each field the other filters and its values: one question for all."""
    counted = {field: _counted(counting(request, field), field) for field in fields}
    return {"query": _query(replace(request, filters=())).to_dict(), "size": 0, "aggs": counted}


def _counted(request: Request, field: str) -> dict[str, Any]:
    narrowed = Bool(filter=[_filter(one) for one in request.filters])
    return {"filter": narrowed.to_dict(), "aggs": {"values": {"terms": {"field": field, "size": MOST_VALUES}}}}


def _query(request: Request) -> Query:
    filters = [_filter(one) for one in request.filters]
    buried: list[Query] = [Term("gone", {"value": True})]
    if request.without:
        buried.append(Terms("public_id", list(request.without)))
    if not request.concepts:
        return Bool(must=[MatchAll()], filter=filters, must_not=buried)
    scored = [_concept(one.ways) for one in request.concepts]
    if request.loosely or (request.required <= 1 and not request.can_be_loosened):
        return Bool(should=scored, minimum_should_match=1, filter=filters, must_not=buried)
    return Bool(should=scored, filter=[*filters, _said(request)], must_not=buried)


def _said(request: Request) -> Query:
    """Holds what was asked, or most of it, and not only parts; a bonus is enough where one thing is."""
    counted = [one for one in request.concepts if not one.bonus or request.required <= 1]
    whole = [_concept([way for way in one.ways if not way.partly]) for one in counted]
    return Bool(should=whole, minimum_should_match=request.required)


def _concept(ways: Iterable[Way]) -> Query:
    """The best of the ways to say it, so that saying it twice counts once."""
    return DisMax(queries=[query for way in ways for query in _way(way)])


def _way(way: Way) -> Iterator[Query]:
    text = " ".join(way.terms)
    if way.spoken:
        yield Term("pinyin", {"value": text, "boost": way.weight})
        return
    yield CombinedFields(query=text, fields=FIELDS, operator="and", boost=way.weight)
    if way.forgiving:
        yield MultiMatch(
            query=text, fields=FIELDS, fuzziness="AUTO:5,8", prefix_length=1, max_expansions=20, boost=FORGIVEN
        )


def _filter(one: Filter) -> Query:
    if isinstance(one, Among):
        return Terms(one.field, list(one.values))
    ends = {"gte": one.low, "lte": one.high}
    return Range(one.field, {end: value for end, value in ends.items() if value is not None})


def _order(request: Request) -> Iterator[dict[str, Any]]:
    """The asked order; among equals the newest first, then by id, so that pages never overlap."""
    if request.sort == Sort.RELEVANCE:
        yield {"_score": {"order": "desc"}}
    if request.sort == Sort.DEADLINE:
        yield _by("deadline", "date", descending=request.latest_deadline_first)
    if request.sort == Sort.BOUNTY:
        yield _by("bounty", "long", descending=True)
    yield _by("opened_at", "date", descending=True)
    yield {"public_id": {"order": "asc"}}


def _by(field: str, kind: str, *, descending: bool) -> dict[str, Any]:
    return {field: {"order": "desc" if descending else "asc", "missing": "_last", "unmapped_type": kind}}
