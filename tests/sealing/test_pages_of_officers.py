"""An opening officer finds the page of the key without knowing its address, and administrators see who is missing."""

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.sealing import services
from marketplace.sealing.queries import PROVEN_FOR, REMINDED_BEFORE
from tests import clock, factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
KEY = reverse("sealing:mine")


def work_of(person: User) -> str:
    """My work, as this person finds it."""
    client = Client()
    client.force_login(person)
    return client.get(reverse("work:mine")).content.decode()


def test_whoever_has_no_key_or_is_to_type_the_phrase_is_led_to_the_page() -> None:
    officer, other = factories.opening_officer(), factories.person()
    assert "Make your key" in work_of(officer)
    assert KEY not in work_of(other)
    services.enrol(actor=officer)
    assert "Type your phrase again" in work_of(officer)
    services.prove(actor=officer, phrase=services.enrol(actor=officer).phrase)
    assert KEY not in work_of(officer)
    clock.shift(seconds=(PROVEN_FOR - REMINDED_BEFORE).total_seconds())
    assert "Type your phrase again" in work_of(officer)


@pytest.mark.parametrize(("officers", "said"), [(1, "1 opening officer of"), (2, "2 opening officers of"), (3, "")])
def test_administrators_are_warned_while_one_lost_phrase_would_close_it_for_good(officers: int, said: str) -> None:
    challenge = factories.submitted()
    for key in factories.opening_officers():
        services.enrol(actor=key)  # not proven: nothing is entrusted to it
    for _one in range(officers):
        factories.enrolled(factories.opening_officer())
    client = Client()
    client.force_login(factories.officer_with(Role.REGION_ADMIN))
    page = client.get(reverse("challenges:approval", args=[challenge.public_id])).content.decode()
    assert ("There should be three" in page) == (officers < 3)
    assert said in page
