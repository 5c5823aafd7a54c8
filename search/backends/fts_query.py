"""A request as SQLite's FTS5 is asked it. Pure but for the near words, which the vocabulary of the index must name.

Each way to say a thing is one full-text query; a document's score for the thing is the best of them, its score the
sum over the things: the same reading as the other engine's.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from search.concepts import Concept, Way
from search.queries import Among, Filter, Request, Sort

WEIGHTS = "3.0, 2.0, 1.0, 1.0"
"""bm25 weights of the columns title, keywords, body, pinyin."""
FORGIVEN = 0.4
LISTS = {"fields", "regions"}
AS_JSON = """'["' || replace(trim(d.{field}, '|'), '|', '","') || '"]'"""
"""A list as it is stored, |a|b|, as SQLite can take it apart."""

Near = Callable[[str], list[str]]
"""Indexed words a slip or two away from one that is not indexed; empty for one that is."""


@dataclass
class Statement:
    """SQL and its parameters, gathered as it is written."""

    table: str
    parameters: list[Any] = field(default_factory=list)

    def bound(self, value: Any) -> str:
        """A placeholder for the value."""
        self.parameters.append(value)
        return "?"


def page(request: Request, table: str, near: Near) -> tuple[str, list[Any]]:
    """One page: public id and the number of all matches in each row."""
    statement = Statement(table)
    matching = _matching(statement, request, near)
    order = ", ".join(_order(request))
    limits = f"LIMIT {statement.bound(request.limit)} OFFSET {statement.bound(request.offset)}"
    return f"{matching} ORDER BY {order} {limits}", statement.parameters  # placeholders only


def count(request: Request, table: str, near: Near) -> tuple[str, list[Any]]:
    """How many match, for a page beyond the last."""
    statement = Statement(table)
    matching = _matching(statement, request, near)
    return f"{matching} LIMIT 1", statement.parameters


def counts(request: Request, field: str, table: str, near: Near) -> tuple[str, list[Any]]:
    """Each value of the field with the number of documents that hold it."""
    statement = Statement(table)
    each = f", json_each({AS_JSON.format(field=field)}) one" if field in LISTS else ""
    value = "one.value" if field in LISTS else f"d.{field}"
    rows = _rows(statement, request, near, f"{value}, COUNT(DISTINCT d.id)", each)
    return f"{rows} GROUP BY 1", statement.parameters  # placeholders only


def _matching(statement: Statement, request: Request, near: Near) -> str:
    if not request.concepts:
        return _all(statement, request)
    return _rows(statement, request, near, "d.public_id, COUNT(*) OVER ()")


def _rows(statement: Statement, request: Request, near: Near, wanted: str, beside: str = "") -> str:
    """What is wanted of every document that matches; `beside` joins further rows to each."""
    if not request.concepts:
        return f"SELECT {wanted} FROM doc_{statement.table} d{beside} WHERE {_conditions(statement, request)}"  # noqa: S608  # ours
    return (
        f"WITH hit(concept, said, id, score) AS MATERIALIZED ({_hits(statement, request, near)}),"  # noqa: S608  # ours
        " best(concept, said, id, score) AS (SELECT concept, MAX(said), id, MIN(score) FROM hit GROUP BY concept, id),"
        " scored(id, score, said, asked) AS"
        f" (SELECT id, SUM(score), SUM(said), SUM(said AND concept < {request.asked}) FROM best GROUP BY id)"
        f" SELECT {wanted} FROM scored JOIN doc_{statement.table} d USING (id){beside}"
        f" WHERE {_conditions(statement, request)}{_most(request)}"
    )


def _all(statement: Statement, request: Request) -> str:
    """Without a text: counted apart, so that the page is read along the index and not sorted out of all rows."""
    rows = f"doc_{statement.table} d WHERE"
    counted = f"(SELECT COUNT(*) FROM {rows} {_conditions(statement, request)})"  # noqa: S608  # ours
    return f"SELECT d.public_id, {counted} FROM {rows} {_conditions(statement, request)}"  # noqa: S608  # ours


def _hits(statement: Statement, request: Request, near: Near) -> str:
    asked = [one for one in request.concepts if not one.bonus]
    bonus = [one for one in request.concepts if one.bonus]
    matches = [
        _match(statement, number, way) for number, one in enumerate([*asked, *bonus]) for way in _ways(one, near)
    ]
    return " UNION ALL ".join(matches)


def _match(statement: Statement, number: int, way: Way) -> str:
    score = f"bm25(text_{statement.table}, {WEIGHTS}) * {way.weight:.3f}"
    wanted = statement.bound(_expression(way))
    said = f"{number}, {int(not way.partly)}"
    return f"SELECT {said}, rowid, {score} FROM text_{statement.table} WHERE text_{statement.table} MATCH {wanted}"  # noqa: S608  # ours


def _ways(concept: Concept, near: Near) -> Iterator[Way]:
    """The concept's ways, and for a Latin word that nothing holds the words it may have been meant for."""
    for way in concept.ways:
        yield way
        if way.forgiving:
            for word in near(way.terms[0]):
                yield Way((word,), way.weight * FORGIVEN)


def _expression(way: Way) -> str:
    """Every term quoted, so that nothing a person types is read as FTS5's own language."""
    quoted = ('"' + term.replace('"', '""') + '"' for term in way.terms)
    columns = "pinyin" if way.spoken else "{title keywords body}"
    return f"{columns} : ({' AND '.join(quoted)})"


def _most(request: Request) -> str:
    if request.loosely:
        return ""
    return f" AND scored.asked >= {request.required}" if request.required > 1 else " AND scored.said"


def _conditions(statement: Statement, request: Request) -> str:
    hidden = [f"d.public_id <> {statement.bound(one)}" for one in request.without]
    return " AND ".join(["d.gone = 0", *hidden, *(_condition(statement, one) for one in request.filters)])


def _condition(statement: Statement, one: Filter) -> str:
    if isinstance(one, Among):
        if one.field in LISTS:
            held = (f"instr(d.{one.field}, {statement.bound(f'|{value}|')})" for value in one.values)
            return f"({' OR '.join(held)})"
        return f"d.{one.field} IN ({', '.join(statement.bound(value) for value in one.values)})"
    ends = ((">=", one.low), ("<=", one.high))
    return " AND ".join(f"d.{one.field} {sign} {statement.bound(end)}" for sign, end in ends if end is not None)


def _order(request: Request) -> Iterator[str]:
    """The asked order; among equals the newest first, then by id. NULL is the smallest value in SQLite."""
    if request.sort == Sort.RELEVANCE:
        yield "scored.score"
    if request.sort == Sort.DEADLINE:
        yield "d.deadline DESC" if request.latest_deadline_first else "d.deadline IS NULL, d.deadline"
    if request.sort == Sort.BOUNTY:
        yield "d.bounty DESC"
    yield "d.opened_at DESC"
    yield "d.public_id"
