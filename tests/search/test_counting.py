"""What indexing and counting cost does not grow with what is indexed (house check 8)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search import indexing
from search.backends.base import SearchIndex
from search.projection import Kind
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tests import factories
from tests.search.test_web import queries as queries_of
from tests.search.test_web import settle, some_challenges, some_experts

pytestmark = pytest.mark.django_db


def _published(number: int) -> dict[str, int]:
    """So many public challenges of one sponsor, by public id with their versions: rows alone, without their life."""
    one = factories.open_challenge()
    made = [
        Challenge(title=f"批量题目{count}", state=State.OPEN, author=one.author, sponsor=one.sponsor, region=one.region,
                  mode=one.mode, opened_at=one.opened_at, deadline=one.deadline)
        for count in range(number)
    ]  # fmt: skip
    return {row.public_id: row.version for row in Challenge.objects.bulk_create(made)}


def _cost(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked.captured_queries)


def test_indexing_a_hundred_rows_costs_the_same_number_of_queries_as_ten(index: SearchIndex) -> None:
    ten, hundred = _published(10), _published(100)
    few = _cost(lambda: indexing.follow(Kind.CHALLENGE, ten))
    assert _cost(lambda: indexing.follow(Kind.CHALLENGE, hundred)) == few
    assert set(dict(index.held(Kind.CHALLENGE))) == {*ten, *hundred}


@pytest.mark.parametrize(
    ("make", "address", "statements"),
    [(some_challenges, "/challenges/counts/", 1), (some_experts, "/experts/counts/", 0)],
)
def test_counts_cost_the_same_with_one_row_and_with_three(
    client: Client, index: SearchIndex, make: Callable[[int], None], address: str, statements: int
) -> None:
    for number in (1, 2):
        make(number)
        settle(index)
        assert queries_of(client, address) == statements
