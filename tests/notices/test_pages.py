"""The list of notifications: one's own only, both languages, a fixed number of queries."""

import pytest
from django.test import Client

from marketplace.notices import queries
from tests import factories, relay

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    """A signed-in solver with one notification."""
    mine = factories.submitted_proposal(factories.open_challenge())
    relay.drain()
    client.force_login(mine.author)
    client.person = mine.author  # type: ignore[attr-defined]  # the test hangs its person on its client
    return client


@pytest.mark.parametrize("path", ["/notifications/", "/en/notifications/"])
def test_one_reads_ones_own_notifications(reader: Client, path: str) -> None:
    page = reader.get(path)
    assert page.status_code == 200
    assert len(page.context["lines"]) == 1


def test_the_number_beside_the_bell_goes_down_when_all_is_read(reader: Client) -> None:
    assert 'class="count">1<' in reader.get("/notifications/count/").content.decode()
    assert reader.post("/notifications/read/").status_code == 302
    assert "count" not in reader.get("/notifications/count/").content.decode().split(">", 1)[1]
    assert queries.unread_count(reader.person) == 0  # type: ignore[attr-defined]  # the test hangs its person on its client


def test_a_visitor_is_asked_to_sign_in_and_has_no_number(client: Client) -> None:
    assert client.get("/notifications/").status_code == 302
    assert client.get("/notifications/count/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_more_rows(
    client: Client, django_assert_num_queries: object, rows: int
) -> None:
    reader = factories.person()
    for _ in range(rows):
        factories.submitted_proposal(factories.open_challenge(), author=reader)
    relay.drain()
    client.force_login(reader)
    with django_assert_num_queries(4):  # type: ignore[operator]  # a fixture of ours
        page = client.get("/notifications/")
    assert len(page.context["lines"]) == rows
