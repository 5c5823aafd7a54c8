"""The public parts of a challenge's page are kept in the page process, named by the state of things they show."""

import pytest
from django.test import Client

from tasks.challenges.models import Challenge
from tests import clock, factories
from tests.tasks.web import people

pytestmark = pytest.mark.django_db


def page(client: Client, challenge: Challenge, prefix: str = "") -> str:
    return client.get(f"{prefix}/challenges/{challenge.public_id}/").content.decode()


def test_a_kept_page_shows_the_next_step_at_once(client: Client) -> None:
    challenge = factories.open_challenge()
    assert "评审" in page(client, challenge)
    assert 'data-tone="open"' in page(client, challenge)
    factories.closed(challenge)
    assert 'data-tone="open"' not in page(client, challenge)


def test_a_kept_page_goes_on_counting_the_time_left(client: Client) -> None:
    challenge = factories.open_challenge()
    before = page(client, challenge)
    clock.shift(hours=1)
    assert page(client, challenge) != before


def test_a_kept_page_speaks_each_language(client: Client) -> None:
    challenge = factories.open_challenge()
    assert "Decision trail" not in page(client, challenge)
    assert "Decision trail" in page(client, challenge, "/en")


def test_the_drafting_is_kept_for_insiders_alone(client: Client) -> None:
    challenge = factories.open_challenge()
    people.seen_by(client, challenge.author)
    assert "The posting was drafted" in page(client, challenge, "/en")
    client.logout()
    assert "The posting was drafted" not in page(client, challenge, "/en")


def test_a_package_that_closes_changes_its_parents_page(client: Client) -> None:
    owner = factories.person()
    bureau = factories.organisation(owner, kind="GOVERNMENT")
    whole = people.published(owner, bureau)
    part = people.published(owner, bureau, parent=whole)
    before = page(client, whole)
    assert part.title in before
    Challenge.objects.filter(pk=part.pk).update(version=part.version + 1, title="子任务改名")
    assert "子任务改名" in page(client, whole)


@pytest.mark.parametrize(("reader", "first", "again"), [("", 5, 2), ("visitor", 15, 12)])
def test_what_a_page_asks(client: Client, django_assert_num_queries, reader: str, first: int, again: int) -> None:
    challenge = factories.open_challenge()
    if reader:
        people.seen_by(client, factories.person(reader))
    with django_assert_num_queries(first):
        page(client, challenge)
    with django_assert_num_queries(again):
        page(client, challenge)
