"""Role × route × method: every cell is declared, every cell is asked, and nobody reads what is not theirs (F5, I19).

The table stands in `declared/`; a route without a row fails here by its name, and so does a row without a route.
Every GET and every POST is asked for every role. HEAD is asked once for each different answer of its GET; of the other
methods each role asks one in turn, for they are refused before anybody is looked at.

All of that in the first language. The same views answer under /en/, so there every method of every route is asked on
the object that tells most of them apart: by nobody, by somebody of no concern and by somebody who may.
"""

from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from itertools import cycle

import pytest
from django.test import Client

from tests.matrix.asking import FIRST, SECOND, Asker, Heard
from tests.matrix.declared import (
    accounts,
    calls,
    challenges,
    consents,
    demonstration,
    judging,
    lost,
    people,
    posting,
    proposals,
    public,
    reviews,
    sealing,
    staff,
    structure,
    teams,
    trust,
)
from tests.matrix.people import ALIKE, ROLES
from tests.matrix.routes import routes, spoken
from tests.matrix.table import ANSWERS, METHODS, Row, rows

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.embedded,  # who may what is decided by the same lines in both tiers; asking every cell once is enough
]

BEFORE = (public, accounts, people, structure, consents)
PLAIN = [
    row
    for part in (
        *(*BEFORE, challenges, posting, calls),
        *(proposals, teams, judging, reviews, staff, lost, sealing, trust),
    )
    for row in rows(part.TABLE)
]
DEMO = list(rows(demonstration.TABLE))
ASIDE = ("PUT", "PATCH", "DELETE", "OPTIONS")
EVERYBODY = (*ROLES, *ALIKE)
HIDING = {"404", "in"}
"""Answers that must not tell a hidden object from a missing one."""
REFUSING = {*HIDING, "405", "409", "422"}
ROUTES = sorted(routes())
SPOKEN = sorted(spoken())
SHOWING = sorted({row.route for row in DEMO})


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    declared = {row.route for row in (*PLAIN, *DEMO)}
    known = set(routes())
    assert sorted(known - declared) == [], "routes without a row"
    assert sorted(declared - known) == [], "rows without a route"


def test_every_cell_is_declared_once() -> None:
    cells = Counter((row.route, row.thing, method) for row in (*PLAIN, *DEMO) for method in row.methods)
    assert [cell for cell, times in cells.items() if times > 1] == []
    methods = {(route, method) for route, _thing, method in cells}
    assert [(route, one) for route in routes() for one in METHODS if (route, one) not in methods] == []
    words = {answer for row in (*PLAIN, *DEMO) for answer in row.answers.values()}
    assert {word for word in words if not word.isdigit()} <= set(ANSWERS)


@pytest.mark.parametrize("row", PLAIN, ids=str)
def test_each_role_is_answered_as_declared(asker: Asker, row: Row) -> None:
    assert _wrong(asker, row) == {}


@pytest.mark.parametrize("row", DEMO, ids=str)
def test_the_demonstration_answers_as_declared(asker: Asker, demo: None, row: Row) -> None:
    assert _wrong(asker, row) == {}


@pytest.mark.parametrize("route", [one for one in SPOKEN if one not in SHOWING])
def test_the_second_language_answers_as_the_first(asker: Asker, route: str) -> None:
    assert _wrong_in_english(asker, route) == {}


@pytest.mark.parametrize("route", [one for one in SHOWING if one in SPOKEN])
def test_the_demonstration_answers_alike_in_the_second_language(asker: Asker, demo: None, route: str) -> None:
    assert _wrong_in_english(asker, route) == {}


def test_every_method_of_every_route_is_asked_in_english_too() -> None:
    assert set(ROUTES) - set(SPOKEN) == {"/healthz", "/readyz", "clock"}, "addresses without a language"
    for route in SPOKEN:
        asked = list(_english(route))
        assert {method for _row, _role, method in asked} == set(METHODS)
        for method in ("GET", "POST"):
            rows_of = [row for row in _told(route) if method in row.methods]
            roles = {role: row for row, role, one in asked if one == method}
            assert {"anon", "strn"} <= set(roles)
            taken = any(row.answers[role] not in REFUSING for role, row in roles.items())
            assert taken == any(_may(row) for row in rows_of), f"{method} {route} is asked by none who may"


@pytest.mark.parametrize("route", [one for one in ROUTES if one not in SHOWING])
def test_without_a_token_no_route_takes_a_post(asker: Asker, route: str) -> None:
    """The check stands before every view: no route is exempt from it."""
    assert _taken_without_a_token(asker, route) == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("route", SHOWING)
def test_without_a_token_the_demonstration_takes_no_post(asker: Asker, demo: None, route: str) -> None:
    assert _taken_without_a_token(asker, route) == HTTPStatus.FORBIDDEN


def _taken_without_a_token(asker: Asker, route: str) -> int:
    address, _about = asker.address(route, _told(route)[0].thing)
    answer = Client(enforce_csrf_checks=True, raise_request_exception=False).post(address, {})
    return int(answer.status_code)


def _wrong(asker: Asker, row: Row) -> dict[tuple[str, str], str]:
    """Each cell of the row that does not hold, with what is wrong about it."""
    found = {}
    for role, method in _cells(row):
        for fault in _faults(asker, row, role, method):
            found[role, method] = fault
    return found


def _wrong_in_english(asker: Asker, route: str) -> dict[tuple[str, str, str], str]:
    found = {}
    for row, role, method in _english(route):
        for fault in _faults(asker, row, role, method, SECOND):
            found[row.thing, role, method] = fault
    return found


def _told(route: str) -> list[Row]:
    return [row for row in (*PLAIN, *DEMO) if row.route == route]


def _english(route: str) -> Iterator[tuple[Row, str, str]]:
    """What is asked in the second language: nobody, somebody and who may; of the other methods, one of them in turn.

    Of the rows of a method the one that somebody is not refused on, with the most different answers.
    """
    for place, method in enumerate(METHODS):
        rows_of = [row for row in _told(route) if method in row.methods]
        row = max(rows_of, key=lambda one: (bool(_may(one)), len(set(one.answers.values()))))
        asking = list(dict.fromkeys(("anon", "strn", *_may(row))))
        if method in ASIDE:
            asking = [asking[place % len(asking)]]
        yield from ((row, role, method) for role in asking)


def _may(row: Row) -> list[str]:
    """A role that is not refused, where there is one: rather one that others are refused beside."""
    allowed = [role for role, answer in row.answers.items() if answer not in REFUSING and role not in ALIKE]
    return sorted(allowed, key=lambda role: role in {"anon", "strn"})[:1]


def _cells(row: Row) -> Iterator[tuple[str, str]]:
    aside = [one for one in row.methods if one in ASIDE]
    for role, method in zip(EVERYBODY, cycle(aside or [""])):
        yield from ((role, one) for one in ("GET", "POST") if one in row.methods)
        if method:
            yield role, method
    if "HEAD" in row.methods:
        yield from ((role, "HEAD") for role in {answer: role for role, answer in row.answers.items()}.values())


def _faults(asker: Asker, row: Row, role: str, method: str, language: str = FIRST) -> Iterator[str]:
    heard = asker.ask(role, method, row.route, row.thing, language)
    if row.route in SPOKEN and heard.language != language:
        yield f"answers in {heard.language}, asked in {language}"
    if heard.code != row.answers[role]:
        yield f"{heard.code}, declared {row.answers[role]}"
    if method == "HEAD" and heard.body:
        yield "a HEAD with a body"
    read = [text for text, readers in asker.world.secrets.items() if text in heard.body and role not in readers]
    if read:
        yield f"reads {read}"
    hidden = "404" in row.answers.values()
    if hidden and heard.code in HIDING and _names_an_object(asker, row.thing):
        missing = asker.ask_of_nothing(role, method, row.route, row.thing, language)
        if heard != missing:
            yield f"hidden differs from missing: {_difference(heard, missing)}"


def _names_an_object(asker: Asker, thing: str) -> bool:
    return any(part in asker.world.ids for part in thing.replace("?", "/").replace("=", "/").split("/"))


def _difference(one: Heard, other: Heard) -> str:
    if one.code != other.code:
        return f"{one.code} and {other.code}"
    pairs = zip(one.body.splitlines(), other.body.splitlines(), strict=False)
    lines = [pair for pair in pairs if pair[0] != pair[1]]
    return str(lines[:3] or set(one.headers) ^ set(other.headers) or "length")
