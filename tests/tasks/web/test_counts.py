"""Every list costs the same number of queries with one row and with three."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from tasks.challenges import services as posting
from tasks.following import services as following
from tasks.questions import services as asking
from tests import factories
from tests.tasks.web import people

pytestmark = pytest.mark.django_db

Setting = tuple[User | None, str, Callable[[], Any]]


def newest() -> Setting:
    return None, "/challenges/newest/", factories.open_challenge


def landing() -> Setting:
    return None, "/", factories.open_challenge


def approvals() -> Setting:
    def add() -> None:
        factories.submitted()
        factories.organisation(factories.person(), verified=False)

    return factories.officer_with(Role.REGION_ADMIN), "/approvals/live/", add


def batch() -> Setting:
    owner = factories.person()
    bureau = factories.organisation(owner, kind="GOVERNMENT")
    made = posting.publish_batch(actor=owner, organisation=bureau, title="榜单", title_en="", study="")
    return None, f"/batches/{made.public_id}/", lambda: people.published(owner, bureau, batch=made)


def work() -> Setting:
    """Somebody who is everything at once: administrator, sponsor, solver, adjudicator, reviewer."""
    person = factories.officer_with(Role.REGION_ADMIN)
    factories.accounts.grant_role(user=person, role=Role.ADJUDICATOR, scope="REGION", scope_id="420000")
    sponsor = factories.organisation(person)

    def add() -> None:
        factories.submitted()
        factories.organisation(factories.person(), verified=False)
        posting.draft_challenge(actor=person, content=factories.posting_content(), sponsor=sponsor)
        asked = people.published(person, sponsor)
        asking.ask_question(public_id=asked.public_id, actor=factories.person(), text="测试温度是多少度？请说明。")
        factories.proposal_draft(factories.open_challenge(), person)
        people.waiting_for(person)
        people.invited(person)
        following.follow(actor=person, challenge=factories.open_challenge())

    return person, "/my-work/live/", add


@pytest.mark.parametrize(("make", "queries"), [(newest, 3), (landing, 5), (approvals, 6), (batch, 3), (work, 29)])
def test_a_list_costs_the_same_with_one_row_and_with_three(
    client: Client, django_assert_num_queries: Any, make: Callable[[], Setting], queries: int
) -> None:
    person, address, add = make()
    people.seen_by(client, person)
    add()
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
    add()
    add()
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
