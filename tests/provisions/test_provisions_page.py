"""The page of provisions: every row with its state, narrowed by state, the same in both languages."""

from typing import Any

import pytest
from django.test import Client

from marketplace.provisions.catalogue import State, catalogue
from tests.provisions.ids import WRITTEN_OUT

PREFIXES = ("", "/en")
HOSTILE = ("nearly", "WORKS", "works ", "\x00", "' OR 1=1 --", "<script>alert(1)</script>", "x" * 5000, "状态")


def page(client: Client, address: str = "/en/about/provisions/", **asked: str) -> str:
    return client.get(address, asked).content.decode()


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.django_db
def test_every_provision_has_its_place_and_no_query_is_asked(
    client: Client, prefix: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        shown = page(client, f"{prefix}/about/provisions/")
    assert [one for one in WRITTEN_OUT if shown.count(f'<tr id="{one}">') != 1] == []


@pytest.mark.parametrize("state", list(State))
def test_one_state_is_shown_alone_with_its_number(client: Client, state: State) -> None:
    shown = page(client, state=state)
    wanted = [row.id for row in catalogue().provisions() if row.state == state]
    assert [one for one in WRITTEN_OUT if f'<tr id="{one}">' in shown] == wanted
    assert f'{state.label} <span class="figure">{len(wanted)}</span>' in shown


def test_each_row_says_why_and_where(client: Client) -> None:
    english, chinese = page(client), page(client, "/about/provisions/")
    for row in catalogue().provisions():
        if row.page:
            assert row.address.replace("&", "&amp;") in chinese
    reserved = next(row for row in catalogue().provisions() if row.id == "T06")
    assert reserved.why
    assert reserved.why.en in english
    assert reserved.why.zh in chinese


def test_a_repealed_document_is_shown_as_repealed(client: Client) -> None:
    """J01: a rule of a document that is no longer in force is not shown as if it were."""
    english = page(client).split('id="jiaxing"')[1]
    assert "<strong>repealed in full in 2021</strong>" in english
    assert "2021年已全文废止" in page(client, "/about/provisions/").split('id="jiaxing"')[1]


@pytest.mark.parametrize("asked", HOSTILE)
def test_a_state_that_is_none_shows_everything_and_says_so(client: Client, asked: str) -> None:
    answer = client.get("/en/about/provisions/", {"state": asked})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no such state; all provisions are shown." in shown
    assert '<tr id="J13">' in shown
    assert "<script>alert" not in shown


def test_parameters_nobody_asked_for_change_nothing(client: Client) -> None:
    answer = client.get("/en/about/provisions/?state=works&state=planned&page=9&%00=%ff")
    assert answer.status_code == 200
    assert '<tr id="T03">' in answer.content.decode()


def test_there_is_nothing_to_send_there(client: Client) -> None:
    assert client.post("/about/provisions/").status_code == 405
