"""What no form was made for: characters PostgreSQL does not take (run on PostgreSQL; SQLite takes them)."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.tasks.web_adjudication.stage import at_browser

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["accounts:directory", "profiles:directory"])
@pytest.mark.parametrize("name", ["region", "field", "kind", "q", "page"])
def test_the_directories_take_a_nul(page, name) -> None:
    client = Client(raise_request_exception=False)
    assert client.get(reverse(page), {name: "\x00"}).status_code in {200, 422}


def test_a_seat_takes_a_nul() -> None:
    owner = factories.person()
    house = factories.organisation(owner)
    client = at_browser(owner)
    client.raise_request_exception = False
    where = reverse("structure:member_place", args=[house.public_id, owner.public_id])
    assert client.post(where, {"department": "\x00"}).status_code in {302, 404, 422}
