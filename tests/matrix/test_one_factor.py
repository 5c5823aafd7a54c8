"""Whoever holds an office or judges, and has typed a password alone, reaches no page and no socket (I21, F11)."""

import copy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.accounts import second_factor
from marketplace.accounts.models import User
from marketplace.accounts.web.second_factor import SETTING_UP
from realtime import visits
from tests.matrix.asking import Asker, Browser
from tests.matrix.people import ROLES
from tests.matrix.routes import routes
from tests.matrix.test_routes import PLAIN, SHOWING, SPOKEN

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

ASKED = ("regn", "regx", "judg", "supv", "judx", "revw", "invt", "revx", "ofcr", "sysa", "seca", "auda")
"""The roles that must show a second factor; all others need none."""
PEOPLE = [role for role in ROLES if role != "anon"]
PAGES = [route for route in SPOKEN if route not in SHOWING]


@pytest.fixture(scope="module")
def halfway(asker: Asker) -> Asker:
    """The same people in sessions that hold a password alone."""
    other = copy.copy(asker)
    other.client = Browser(raise_request_exception=False)
    other.sessions = {role: _by_password_alone(asker.world.people[role]) for role in PEOPLE}
    return other


def test_every_page_is_asked() -> None:
    assert set(PAGES) | set(SHOWING) | {"/healthz", "/readyz", "clock"} == set(routes())
    assert {"adjudication:case", "challenges:approval", "adjudication:score", "figures:csv"} <= set(PAGES)


@pytest.mark.parametrize("route", PAGES)
def test_no_page_is_reached(halfway: Asker, route: str) -> None:
    gate = reverse("mfa_index")
    thing = next(row.thing for row in PLAIN if row.route == route)
    reached = {}
    for role in ASKED:
        for method in ("GET", "POST"):
            heard = halfway.ask(role, method, route, thing)
            if (heard.code, dict(heard.headers).get("location")) != ("go", gate):
                reached[role, method] = heard.code
    assert (reached == {}) == (route not in SETTING_UP), reached


def test_no_socket_is_held_and_others_need_no_second_factor(asker: Asker, settings: Any) -> None:
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    people = {role: User.objects.get(pk=asker.world.people[role].pk) for role in PEOPLE}
    assert {role for role, person in people.items() if second_factor.must_show(person)} == set(ASKED)
    held = {role for role, person in people.items() if visits.begin(_by_password_alone(person)) is not None}
    assert held == set(PEOPLE) - set(ASKED)


def _by_password_alone(user: User) -> str:
    client = Client()
    client.force_login(user)
    session = client.session
    session.pop(second_factor.SHOWN_BY, None)
    session.save()
    return str(session.session_key)
