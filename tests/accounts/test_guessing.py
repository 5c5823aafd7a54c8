"""Guessing passwords: many at one account, one at many accounts. The limits are those that are shipped."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from marketplace.accounts.models import User
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

GUESSES = 1000
TRIED = 10
"""So many guesses at most are compared with a password; the others are turned away unseen."""


@pytest.fixture(autouse=True)
def _shipped_limits(settings: Settings) -> Iterator[None]:
    settings.ACCOUNT_RATE_LIMITS = {}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were compared with somebody's."""
    seen: list[str] = []
    check = User.check_password

    def noted(self: User, raw_password: str) -> bool:
        seen.append(raw_password)
        return bool(check(self, raw_password))

    monkeypatch.setattr(User, "check_password", noted)
    return seen


def guess(email: str, password: str, address: str) -> int:
    typed = {"login": email, "password": password}
    return Client().post(reverse("account_login"), typed, REMOTE_ADDR=address).status_code


def test_a_thousand_guesses_at_one_account_from_as_many_addresses(compared: list[str]) -> None:
    victim = factories.person()
    for number in range(GUESSES):
        guess(victim.email, f"guess {number}", f"10.0.{number // 250}.{number % 250 + 1}")
    assert 0 < len(compared) <= TRIED
    assert guess(victim.email, "a good password", "10.9.9.9") != 302


def test_one_guess_at_a_thousand_accounts_from_one_address(compared: list[str]) -> None:
    answers = [guess(f"nobody{number}@example.org", "123456", "10.0.0.1") for number in range(GUESSES)]
    victim = factories.person()
    assert guess(victim.email, "a good password", "10.0.0.1") == 429
    assert answers.count(429) >= GUESSES - 3 * TRIED
    assert not compared


def test_who_mistypes_once_gets_in(compared: list[str]) -> None:
    person = factories.person()
    assert guess(person.email, "a god password", "10.0.0.1") == 200
    assert guess(person.email, "a good password", "10.0.0.1") == 302
    assert compared == ["a god password", "a good password"]
