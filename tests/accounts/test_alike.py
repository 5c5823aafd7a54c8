"""Known and unknown addresses are answered alike at every door where somebody types one, and cost alike (I19).

The cost is counted, not timed: questions to the database, hashes of passwords, letters. `python -m bench.doors` times.
"""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import BasePasswordHasher, get_hasher
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.doors import auc
from marketplace.accounts import queries
from marketplace.accounts.models import Acceptance, User
from marketplace.notices.models import Letter
from marketplace.outbox.models import Fact
from tests import factories
from tests.accounts.doors import DOORS, KINDS, PASSWORD, Host, known, unknown

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_english")]

TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]*"')
UNTOLD = {"content-length", "expires"}
"""Headers that follow the length of the typed address and the time of day."""
TAKEN_BACK = "ROLLBACK TO SAVEPOINT"
"""What is done for a stand-in is taken back: one word more to the database, which has nothing to look up for it."""


@dataclass
class Cost:
    """What an answer took."""

    questions: list[str]
    hashes: int
    letters: int


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that is hashed, to keep it or to compare it."""
    seen: list[str] = []
    hasher = type(get_hasher())
    encode = hasher.encode

    def watched(self: BasePasswordHasher, password: str, salt: str) -> str:
        seen.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(hasher, "encode", watched)
    return seen


def asked(door: str, host: Host, address: str, hashed: list[str]) -> tuple[HttpResponse, Cost]:
    """The answer and its cost; the host forgets that it was asked."""
    hashed.clear()
    before = Letter.objects.count()
    with CaptureQueriesContext(connection) as captured:
        answer = DOORS[door](host, address)
    questions = sorted(_kind(one["sql"]) for one in captured.captured_queries)
    cost = Cost(questions, len(hashed), Letter.objects.count() - before)
    host.forget()
    return answer, cost


def _kind(sql: str) -> str:
    """What a question is about, whoever it is about."""
    words = re.sub(r"SELECT .*? FROM", "SELECT FROM", re.sub(r"'[^']*'|\s?-?\b\d+\b|\"s\d+_x\d+\"|%s", "?", sql))
    return " ".join(words.split()[:4])


def told(answer: HttpResponse, address: str) -> dict[str, Any]:
    """All of an answer that its reader can see, the typed address and the token against forgery apart."""
    body = TOKEN.sub("", answer.content.decode()).replace(address, "ADDRESS")
    headers = {name: value for name, value in answer.headers.items() if name.lower() not in UNTOLD}
    cookies = {
        name: (_read(name, str(one.value), address), one["max-age"], one["httponly"])
        for name, one in answer.cookies.items()
    }
    return {"status": answer.status_code, "headers": headers, "body": body, "cookies": cookies}


def _read(name: str, value: str, address: str) -> str:
    """What a cookie says: messages can be read by whoever gets them, the others are random."""
    if name != "messages":
        return ""
    said = CookieStorage(HttpRequest())._decode(value)
    return str([(one.level, one.message) for one in said]).replace(address, "ADDRESS")


@pytest.mark.parametrize("door", DOORS)
def test_every_kind_of_known_address_is_answered_as_an_unknown_one(door: str, hashed: list[str]) -> None:
    host = Host()
    asked(door, host, unknown(), hashed)
    nobody = unknown()
    answer, cost = asked(door, host, nobody, hashed)
    seen = told(answer, nobody)
    for kind in KINDS:
        address = known(kind)
        other, other_cost = asked(door, host, address, hashed)
        assert told(other, address) == seen, kind
        other_cost.questions = [one for one in other_cost.questions if not one.startswith(TAKEN_BACK)]
        assert other_cost == cost, kind


@pytest.mark.parametrize("door", ["sign-up", "reset"])
def test_the_page_after_it_is_the_same(door: str, hashed: list[str]) -> None:
    pages = []
    for address in (unknown(), known("confirmed")):
        client = Client()
        typed = {"email": address, "display_name": "李雷", "password1": PASSWORD, "password2": PASSWORD, "agreed": "on"}
        route = "account_signup" if door == "sign-up" else "account_reset_password"
        answer = client.post(reverse(route), typed, follow=True)
        pages.append(TOKEN.sub("", answer.content.decode()).replace(address, "ADDRESS"))
        assert client.get(reverse("accounts:profile")).status_code == 302
    assert pages[0] == pages[1]


def test_a_stand_in_leaves_nothing_behind() -> None:
    address = known("confirmed")
    before = [model.objects.count() for model in (User, Acceptance, Fact, EmailAddress)]
    letters = Letter.objects.count()
    DOORS["sign-up"](Host.__new__(Host), address)
    assert [model.objects.count() for model in (User, Acceptance, Fact, EmailAddress)] == before
    assert Letter.objects.count() == letters + 1
    letter = Letter.objects.latest("pk")
    assert letter.to == address
    assert "exists already" in letter.body


def test_an_address_names_one_person() -> None:
    """Whoever has confirmed it; an unconfirmed one among somebody's further addresses counts for nothing."""
    owner, other = factories.person(known=False), factories.person(known=False)
    shared = unknown()
    EmailAddress.objects.create(user=other, email=shared, verified=False)
    assert queries.person_at(shared) is None
    EmailAddress.objects.create(user=owner, email=shared, verified=True)
    assert queries.person_at(shared.upper()) == owner
    unconfirmed = factories.person(verified=False, known=False)
    assert queries.person_at(unconfirmed.email) == unconfirmed


def test_a_key_to_a_new_password_opens_once() -> None:
    person = User.objects.get(email=known("confirmed"))
    DOORS["reset"](Host.__new__(Host), person.email)
    link = re.search(r"/en/accounts/password/reset/key/\S+", Letter.objects.latest("pk").body)
    assert link
    for expected in (302, 200):
        client = Client()
        page = client.get(link[0], follow=True)
        form = {"password1": "another good password", "password2": "another good password"}
        answer = client.post(page.request["PATH_INFO"], form)
        assert answer.status_code == expected
    person.refresh_from_db()
    assert person.check_password("another good password")


@pytest.mark.parametrize(
    ("known_times", "unknown_times", "expected"),
    [
        ([1, 2], [3, 4], 1.0),
        ([3, 4], [1, 2], 1.0),
        ([1, 4], [2, 3], 0.5),
        ([1, 1], [1, 1], 0.5),
        ([1, 3], [2, 4], 0.75),
    ],
)
def test_the_figure_is_the_chance_that_the_known_takes_longer(
    known_times: list[float], unknown_times: list[float], expected: float
) -> None:
    assert auc(known_times, unknown_times) == expected
