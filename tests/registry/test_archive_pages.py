"""The reference archive (外部公开榜单): own page, own filters, never a challenge of this platform."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from marketplace.registry.models import PublishedChallenge, Region, TechnologyField
from tests.registry.conftest import archived

LIST_QUERIES = 6
"""Fields, regions and years that lead to something; how many entries; the entries; their fields."""

DETAIL_QUERIES = 2
"""The entry with its region; its fields."""


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_one_row_and_for_three(
    client: Client, aerospace: TechnologyField, hubei: Region, django_assert_num_queries: Any, rows: int
) -> None:
    made = [archived(f"C{number}", aerospace, hubei) for number in range(rows)]
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/archive/").content.decode()
    assert all(entry.title in page for entry in made)


def test_an_entry_shows_its_source_and_says_that_it_is_not_here(
    client: Client, entry: PublishedChallenge, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(DETAIL_QUERIES):
        page = client.get(f"/en/archive/{entry.public_id}/").content.decode()
    assert "Not on this platform" in page
    assert 'href="https://example.org/list" rel="noopener' in page
    assert "<form" not in page.split('id="main"')[1].split("</main>")[0]


def test_an_entry_without_address_says_so(client: Client, aerospace: TechnologyField, hubei: Region) -> None:
    entry = archived("C2", aerospace, hubei, source_url="", source_note="stored page")
    page = client.get(f"/en/archive/{entry.public_id}/").content.decode()
    assert "The address of the page is not known." in page
    assert "stored page" in page


def test_markup_in_an_entry_is_text(client: Client, aerospace: TechnologyField, hubei: Region) -> None:
    attack = "<script>alert(1)</script>"
    entry = archived("C3", aerospace, hubei, title=attack, description=attack, sponsor=attack, keywords=[attack])
    for address in ("/archive/", f"/archive/{entry.public_id}/"):
        page = client.get(address).content.decode()
        assert attack not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"A", "B"}),
        ({"q": "旋翼"}, {"B"}),
        ({"q": "nothing like it"}, set()),
        ({"field": "aerospace"}, {"A"}),
        ({"region": "420000"}, {"A"}),
        ({"region": "CN"}, {"A"}),
        ({"region": "US"}, {"B"}),
        ({"year": "2020"}, {"B"}),
        ({"year": "2020", "region": "CN"}, set()),
    ],
)
def test_each_filter_keeps_what_fits(
    client: Client, aerospace: TechnologyField, hubei: Region, asked: dict[str, str], found: set[str]
) -> None:
    city = Region.objects.create(code="420100", kind="CITY", name_zh="武汉市", name_en="Wuhan", parent=hubei)
    abroad = Region.objects.create(code="US", kind="COUNTRY", name_zh="美国", name_en="United States")
    other = TechnologyField.objects.create(code="food", name_zh="食品", name_en="Food", order=2)
    archived("A", aerospace, city)
    archived("B", other, abroad, title="Rotor", description="旋翼", published_year=2020)
    page = client.get("/archive/", asked).context["page"]
    assert {entry.source_id for entry in page} == found


@pytest.mark.parametrize(
    "asked", [{"region": "XX"}, {"year": "soon"}, {"field": "'"}, {"q": "a\x00"}, {"q": "a" * 101}]
)
def test_a_filter_that_cannot_be_is_said_beside_it_and_kept(
    client: Client, entry: PublishedChallenge, asked: dict[str, str]
) -> None:
    answer = client.get("/en/archive/", asked)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(asked)
    assert entry.title in answer.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "99", "x"])
def test_any_page_number_leads_to_a_page(client: Client, entry: PublishedChallenge, page: str) -> None:
    assert entry.title in client.get("/archive/", {"page": page}).content.decode()


def test_twenty_entries_stand_on_a_page(client: Client, aerospace: TechnologyField, hubei: Region) -> None:
    for number in range(21):
        archived(f"C{number:02}", aerospace, hubei)
    assert len(client.get("/archive/").context["page"]) == 20
    assert len(client.get("/archive/", {"page": "2"}).context["page"]) == 1


def test_there_is_nothing_to_do_in_the_archive(client: Client, entry: PublishedChallenge) -> None:
    assert client.post("/archive/").status_code == 405
    assert client.post(entry.get_absolute_url()).status_code == 405
    assert client.get("/archive/0000000000000000/").status_code == 404


@pytest.mark.parametrize(
    ("amount", "currency", "chinese", "english"),
    [
        (None, "", "", ""),
        (300_000_000, "CNY", "300 万元", "CNY 3 million"),
        (312_500_050, "USD", None, "USD 3,125,000.50"),
    ],
)
def test_amounts_read_in_their_own_currency(
    amount: int | None, currency: str, chinese: str | None, english: str
) -> None:
    entry = PublishedChallenge(bounty_amount=amount, bounty_currency=currency)
    with override("en"):
        assert entry.bounty == english
    with override("zh-hans"):
        assert chinese is None or entry.bounty == chinese
