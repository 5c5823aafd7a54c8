"""Closing an account ends everything at once; opening it again revives no session."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.outbox.models import Fact
from realtime import visits
from tests import factories

pytestmark = pytest.mark.django_db


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def is_in(client: Client) -> bool:
    socket = visits.begin(client.session.session_key or "")
    page = client.get(reverse("accounts:profile")).status_code == 200
    assert page == (socket is not None)
    return page


def test_closed_at_once_and_opened_again_without_its_old_sessions() -> None:
    person = factories.person()
    before = signed_in(person)
    assert is_in(before)
    assert (
        said("close_account", person.email, "--reason", "冒用他人身份") == f"The account of {person.email} is closed."
    )
    assert not is_in(before)
    answer = Client().post(reverse("account_login"), {"login": person.email, "password": "a good password"})
    assert answer.headers.get("Location") == reverse("account_inactive")
    assert said("reopen_account", person.email.upper()) == f"The account of {person.email} is open again."
    assert not is_in(before)
    assert is_in(signed_in(User.objects.get(pk=person.pk)))


def test_the_same_words_again_change_nothing_and_a_reason_is_needed() -> None:
    person = factories.person()
    assert "already" in said("reopen_account", person.email)
    with pytest.raises(CommandError, match="Say why"):
        said("close_account", person.email, "--reason", "  ")
    said("close_account", person.email, "--reason", "x")
    assert "already" in said("close_account", person.email, "--reason", "y")
    facts = Fact.objects.filter(stream=f"user:{person.public_id}").values_list("kind", "reason")
    assert list(facts) == [("person.closed", "")]
    assert User.objects.get(pk=person.pk).closed_because == "x"
