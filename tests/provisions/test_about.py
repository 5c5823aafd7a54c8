"""The page about the platform: what it is, how an award is made, what is protected and what is not."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

PREFIXES = ("", "/en")


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.django_db
def test_the_page_asks_the_database_nothing(client: Client, prefix: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get(f"{prefix}/about/").status_code == 200


def test_the_page_says_what_the_platform_is_and_is_not(client: Client) -> None:
    """H01: a platform for crowdsourced R&D, with what it rests on and what it does not do yet."""
    page = client.get("/en/about/").content.decode()
    for sentence in (
        "An open marketplace for crowdsourced R&D",
        "what was submitted is encrypted to a key that no machine holds",
        "that nobody chose it has to be trusted so far",
        "Task mode and bounty mode are named in a clause of the Hubei document on life services",
        "repealed in full in 2021",
        "Apache 2.0",
        "CONTRIBUTING.md",
    ):
        assert sentence in page
    assert "开放的科研众包与揭榜挂帅平台" in client.get("/about/").content.decode()


def test_every_link_of_the_page_leads_to_a_page_of_ours(client: Client, db: None) -> None:
    main = client.get("/about/").content.decode().split('id="main"')[1].split("</main>")[0]
    links = {link.partition("#")[0] for link in re.findall(r'href="([^"]+)"', main)}
    assert reverse("challenges:new") in links
    answers = {link: client.get(link).status_code for link in links}
    assert {link: status for link, status in answers.items() if status not in {200, 302}} == {}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_page_leads_there(client: Client, prefix: str, db: None) -> None:
    footer = client.get(f"{prefix}/").content.decode().split("<footer")[1]
    assert f'href="{prefix}/about/"' in footer
    assert f'href="{prefix}/about/provisions/"' in footer


def test_there_is_nothing_to_send_there(client: Client) -> None:
    assert client.post("/about/").status_code == 405
