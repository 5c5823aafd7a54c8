"""Known and unknown numbers are answered alike and cost alike, and are guessed no oftener than addresses (I19)."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from marketplace.accounts.models import PhoneCode, PhoneNumber, User
from marketplace.settings.base import ACCOUNT_RATE_LIMITS
from tests import factories
from tests.accounts import doors
from tests.accounts.doors import KINDS, Host
from tests.accounts.gateway import Line, ask, at_phone, new_number, numbered, sign_in
from tests.accounts.test_alike import asked, hashed, told
from tests.accounts.test_guessing import GUESSES, TRIED, compared

__all__ = ["compared", "hashed"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_english")]


def known(kind: str) -> str:
    """The number of an account of this kind."""
    person = User.objects.get(email=doors.known(kind))
    number = new_number()
    PhoneNumber.objects.create(user=person, number=f"+86{number}", verified_at=timezone.now())
    return number


def _signing_in(_host: Host, number: str) -> Any:
    return sign_in(number, "not the password")


def _adding(host: Host, number: str) -> Any:
    PhoneCode.objects.all().delete()
    return ask(host.client, number)


DOORS: dict[str, Callable[[Host, str], Any]] = {"login by number": _signing_in, "adding a number": _adding}


@pytest.mark.parametrize("door", DOORS)
def test_every_kind_of_known_number_is_answered_as_an_unknown_one(
    door: str, hashed: list[str], line: Line, monkeypatch: Any
) -> None:
    monkeypatch.setattr("tests.accounts.test_alike.DOORS", DOORS)
    host = Host()
    asked(door, host, new_number(), hashed)
    nobody = new_number()
    answer, cost = asked(door, host, nobody, hashed)
    seen = told(answer, nobody)
    for kind in KINDS:
        number = known(kind)
        other, other_cost = asked(door, host, number, hashed)
        assert told(other, number) == seen, kind
        assert other_cost == cost, kind


def test_the_page_after_it_is_the_same(line: Line) -> None:
    pages = []
    numbered(taken := new_number())
    for number in (taken, free := new_number()):
        client = at_phone(factories.person("李雷"))
        ask(client, number)
        page = client.get(reverse("accounts:phone_code"))
        wrong = client.post(reverse("accounts:phone_code"), {"code": "none"})
        pages.append([(one.status_code, one.content.decode().count(f"{number[:3]}****")) for one in (page, wrong)])
    assert pages[0] == pages[1], free


class TestLimits:
    """Those that are shipped."""

    @pytest.fixture(autouse=True)
    def _shipped(self, settings: Settings, line: Line) -> Any:
        settings.ACCOUNT_RATE_LIMITS = ACCOUNT_RATE_LIMITS
        cache.clear()
        yield
        cache.clear()

    def test_a_thousand_guesses_at_one_number_however_it_is_written(self, compared: list[str]) -> None:
        numbered(number := new_number())
        for turn in range(GUESSES):
            typed = (number, f"+86{number}", f"0086 {number}", f"{number[:3]}-{number[3:]}")[turn % 4]
            sign_in(typed, f"guess {turn}", REMOTE_ADDR=f"10.0.{turn // 250}.{turn % 250 + 1}")
        assert 0 < len(compared) <= TRIED
        assert sign_in(number, REMOTE_ADDR="10.9.9.9").status_code != 302
        numbered(other := new_number())
        assert sign_in(other, REMOTE_ADDR="10.9.9.8").status_code == 302

    def test_one_person_asks_once_a_minute(self, line: Line) -> None:
        client = at_phone(factories.person())
        assert [ask(client, new_number()).status_code for _turn in range(3)] == [302, 422, 422]
        assert len(line.messages()) == 1

    def test_one_number_is_written_to_once_a_minute_whoever_asks(self, line: Line) -> None:
        number = new_number()
        answers = [ask(at_phone(factories.person()), number).status_code for _turn in range(3)]
        assert answers == [302, 422, 422]

    @pytest.mark.parametrize("same", ["person", "number"])
    def test_a_person_asks_and_a_number_is_written_to_five_times_a_day(
        self, line: Line, same: str, monkeypatch: Any
    ) -> None:
        client, number, answers = at_phone(factories.person()), new_number(), []
        began = time.time()
        for turn in range(7):
            if same == "number":
                client = at_phone_from(factories.person(), f"10.2.0.{turn + 1}")
            monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda turn=turn: began + 61 * turn)
            client.post(reverse("account_reauthenticate"), {"password": doors.PASSWORD})
            answers.append(ask(client, number if same == "number" else new_number()).status_code)
        assert answers == [302] * 5 + [422] * 2

    def test_from_one_network_address_come_twenty_a_day(self, line: Line) -> None:
        for turn in range(22):
            client = at_phone_from(factories.person(), f"10.1.0.{turn + 1}")
            status = ask(client, new_number(), REMOTE_ADDR="10.0.0.1").status_code
            assert status == (302 if turn < 20 else 422), turn
        assert len(line.messages()) == 20


def at_phone_from(person: User, address: str) -> Any:
    """Signed in from an address of one's own, whose sign-ins are counted apart."""
    client = doors.Client()
    typed = {"login": person.email, "password": doors.PASSWORD}
    client.post(reverse("account_login"), typed, REMOTE_ADDR=address)
    client.post(reverse("account_reauthenticate"), {"password": doors.PASSWORD}, REMOTE_ADDR=address)
    return client
