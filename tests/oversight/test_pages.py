"""What visitors see: numbers that open their lists, in both languages, in a fixed number of queries."""

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from marketplace.oversight.countings import COUNTINGS
from tests import factories
from tests.oversight import world

pytestmark = pytest.mark.django_db

COUNTED = re.compile(r'<a class="counted" href="([^"]+)">([\d,]+)</a>')
PAGE_QUERIES = 18
"""Counting: region rows, money awarded, winners, proposals, newest answered, their solvers, five stages, all regions,
fields, the fields' codes, months. The page: names of regions, names of fields, the choice of fields."""

KEPT_QUERIES = 0
"""What was drawn is kept with the figures; a region is looked up by its code."""

LIST_QUERIES = 4
"""How many, what they offer, the rows, their fields."""


def numbers_of(page: str) -> list[tuple[str, int]]:
    """Every number that opens a list, with the list's address."""
    return [(url.replace("&amp;", "&"), int(text.replace(",", ""))) for url, text in COUNTED.findall(page)]


def test_every_number_opens_a_list_of_exactly_so_many(client: Client) -> None:
    world.everything()
    seen = {}
    for address in ("/figures/", "/en/figures/regions/420000/", "/en/figures/regions/420100/?field=new-energy"):
        page = client.get(address)
        assert page.status_code == 200
        found = numbers_of(page.content.decode())
        assert found
        for url, number in found:
            assert seen.setdefault(url, number) == number, url
    for url, number in seen.items():
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert answer.context["page"].paginator.count == number, url
    for narrowed in ("month=", "alone=1", "field=", "region=", "/en/"):
        assert any(narrowed in url for url in seen)


def test_the_list_behind_a_sum_of_money_adds_up_to_it(client: Client) -> None:
    world.regions()
    for amount in (3_000_000_00, 123_456_78):
        world.posted(bounty_amount=amount)
    page = client.get("/en/figures/").content.decode()
    assert "CNY 3,123,456.78" in page
    assert "CNY 3,123,456.78" in client.get("/en/figures/list/posted/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", ["/figures/", "/figures/regions/420000/"])
def test_the_page_asks_the_same_number_of_questions_for_one_row_and_for_three(
    client: Client, django_assert_num_queries: Any, rows: int, address: str
) -> None:
    world.regions()
    for code in ("420100", "420106", "420500")[:rows]:
        challenge = world.posted(code)
        world.answered(challenge)
        world.opened(challenge)
    own_region = 1 if "regions" in address else 0
    with django_assert_num_queries(PAGE_QUERIES + own_region):
        client.get(address)
    with django_assert_num_queries(KEPT_QUERIES + own_region):
        client.get(address)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "more"), [("posted", 0), ("took-approval", 1), ("samples", -2)])
def test_a_list_asks_the_same_number_of_questions_for_one_row_and_for_three(
    client: Client, django_assert_num_queries: Any, rows: int, name: str, more: int
) -> None:
    world.regions()
    for _number in range(rows):
        world.posted()
    with django_assert_num_queries(LIST_QUERIES + more):
        page = client.get(f"/figures/list/{name}/")
    assert page.context["page"].paginator.count == (0 if name == "samples" else rows)


def test_figures_are_kept_for_a_minute_and_say_from_when_they_are(client: Client) -> None:
    world.regions()
    first = client.get("/en/figures/").content.decode()
    assert re.search(r"As of <time[^>]+>[^<]+\(Beijing time\)</time>; counted anew at most once a minute", first)
    world.posted()
    assert numbers_of(client.get("/en/figures/").content.decode()) == numbers_of(first)
    caches["figures"].clear()
    assert numbers_of(client.get("/en/figures/").content.decode()) != numbers_of(first)


def test_sample_records_are_called_so(client: Client, settings: Any) -> None:
    world.regions()
    plain = client.get("/en/figures/").content.decode()
    assert "These figures contain sample records" not in plain
    assert "count in none" not in plain
    assert "are counted nowhere" in plain
    made = world.posted()
    type(made).objects.filter(pk=made.pk).update(is_sample=True)
    caches["figures"].clear()
    page = client.get("/en/figures/").content.decode()
    assert "These figures contain sample records" in page
    assert ("/en/figures/list/samples/", 1) in numbers_of(page)


def test_too_few_solvers_are_told_of_in_words_alone(client: Client) -> None:
    world.regions()
    challenge = world.posted()
    world.answered(challenge, world.organisation("UNIVERSITY", "330100"))
    world.opened(challenge)
    page = client.get("/en/figures/").content.decode()
    assert "Kinds of solvers are shown from ten solvers" in page
    assert "Proposals opened" in page
    assert "0–4" not in page


HOSTILE = (
    "'",
    "%00",
    "420100%00",
    "999999",
    "../../etc",
    "%EF%BC%9D",
    "a" * 300,
    "-1",
    "0",
    "CN%20OR%201",
    "{{7*7}}",
    "²",
)


@pytest.mark.parametrize("value", HOSTILE)
def test_what_does_not_exist_is_not_found_and_breaks_nothing(client: Client, value: str) -> None:
    world.regions()
    factories.field("new-energy")
    assert client.get(f"/figures/regions/{value}/").status_code == 404
    for name in ("field", "region", "month"):
        assert client.get(f"/figures/list/posted/?{name}={value}").status_code == 404
        if name != "month":
            assert client.get(f"/figures/export.csv?{name}={value}").status_code == 404
    assert client.get(f"/figures/?field={value}").status_code == 404
    assert client.get(f"/figures/list/{value}/").status_code == 404
    assert client.get(f"/figures/list/posted/?page={value}&alone={value}").status_code == 200


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "0000-01", "9999-12", "2026-1", "2026-01-01", "２０２６-01"])
def test_months_that_are_none(client: Client, month: str) -> None:
    assert client.get(f"/figures/list/posted/?month={month}").status_code == 404


def test_nothing_here_can_be_changed(client: Client) -> None:
    for address in ("/figures/", "/figures/list/posted/", "/figures/export.csv", "/figures/export.xlsx"):
        assert client.post(address).status_code == 405


def test_every_counting_has_a_page(client: Client) -> None:
    for name in COUNTINGS:
        page = client.get(f"/figures/list/{name}/")
        assert page.status_code == 200
        assert page.context["page"].paginator.count == 0
