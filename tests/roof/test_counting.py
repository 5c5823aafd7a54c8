"""Every page with a list names the test of its literal number of queries, and a new page must be put on one side.

The tests of lists that no room's own tests count stand here too (house check 8).
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client

from marketplace.accounts.models import User
from marketplace.outbox.models import Fact
from tests import factories
from tests.matrix.declared import (
    accounts,
    calls,
    challenges,
    counting,
    demonstration,
    judging,
    proposals,
    public,
    reviews,
)
from tests.matrix.routes import routes
from tests.matrix.table import rows
from tests.tasks.sheets import files
from tests.tasks.web import people
from tests.tasks.web_adjudication import stage

TABLES = (public, accounts, calls, challenges, proposals, judging, reviews, demonstration)


def test_every_route_that_answers_a_get_is_counted_or_said_to_show_no_list() -> None:
    read = {row.route for table in TABLES for row in rows(table.TABLE) if "GET" in row.methods}
    refused = {
        row.route
        for table in TABLES
        for row in rows(table.TABLE)
        if "GET" in row.methods and set(row.answers.values()) == {"405"}
    }
    without = [route for routes_ in counting.WITHOUT_A_LIST.values() for route in routes_]
    counted = [route for tests in counting.COUNTED.values() for named in tests.values() for route in named]
    declared = [*counted, *without]
    assert len(declared) == len(set(declared))
    assert sorted((read - refused) - set(declared)) == [], "lists without a number of queries"
    assert sorted(set(declared) - set(routes())) == [], "numbers without a route"


@pytest.mark.parametrize(("path", "name"), [(path, name) for path, tests in counting.COUNTED.items() for name in tests])
def test_each_test_that_is_named_counts_queries(path: str, name: str) -> None:
    source = (settings.BASE_DIR / path).read_text(encoding="utf-8")
    assert re.search(rf"^def {name}\(", source, re.MULTILINE)
    assert re.search(r"num_queries\(|queries(_of)?\(client", source)


Setting = tuple[User | None, str]


def trail(number: int) -> Setting:
    """A challenge with that many work packages and that many corrections in its trail."""
    owner = factories.person()
    whole = people.published(owner, factories.organisation(owner))
    for _number in range(number):
        people.published(owner, whole.sponsor, parent=whole)  # type: ignore[arg-type]  # published with one
    return None, f"/challenges/{whole.public_id}/"


def trail_alone(number: int) -> Setting:
    return None, f"{trail(number)[1]}state/?part=trail"


def to_mend(number: int) -> Setting:
    office = files.office()
    bad = ("坏行", "", "越小越好", "很多", "明年")
    sheet = files.through(files.uploaded(files.delimited(*[bad] * number), by=office))
    return office[0], f"/challenges/import/{sheet.public_id}/to-mend.csv"


def seat(number: int) -> Setting:
    taken = stage.seats(stage.running_case(number))[0]
    return taken.reviewer, f"/reviews/{taken.public_id}/"


def seat_alone(number: int) -> Setting:
    reviewer, address = seat(number)
    return reviewer, f"{address}live/"


def scoring(number: int) -> Setting:
    """Looked at once already: the first look of a day is written down, which each database counts in its own way."""
    reviewer, address = seat(number)
    assert reviewer
    stage.at_browser(reviewer).get(f"{address}P01/")
    return reviewer, f"{address}P01/"


def ranking(number: int) -> Setting:
    challenge = factories.scored(stage.running_case(number), {f"P0{one}": 90 for one in range(1, number + 1)})
    return None, factories.adjudicated(challenge).notice.get_absolute_url()


def comments(number: int) -> Setting:
    """A losing proposal with the comments of that many reviewers' worth of answers beside it."""
    challenge = stage.running_case(1, reviewers=3 if number == 1 else 5)
    factories.adjudicated(factories.scored(challenge, {"P01": 90}))
    proposal = challenge.proposals.get()
    return proposal.author, proposal.get_absolute_url()


def comments_alone(number: int) -> Setting:
    author, address = comments(number)
    return author, f"{address}standing/"


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("make", "queries"),
    [
        (trail, 6),
        (trail_alone, 2),
        (to_mend, 4),
        (seat, 10),
        (seat_alone, 9),
        (scoring, 20),
        (ranking, 6),
        (comments, 14),
        (comments_alone, 11),
    ],
)
def test_a_page_costs_the_same_with_one_row_and_with_three(
    client: Client, django_assert_num_queries: Any, make: Callable[[int], Setting], queries: int, number: int
) -> None:
    person, address = make(number)
    people.seen_by(client, person)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_costs_the_same_with_one_row_and_with_three(
    client: Client, django_assert_num_queries: Any, kind: str, number: int
) -> None:
    for _number in range(number):
        factories.open_challenge()
    caches["figures"].clear()
    with django_assert_num_queries(16):
        assert client.get(f"/figures/export.{kind}").status_code == 200
    assert Fact.objects.exists()
