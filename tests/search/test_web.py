"""The lists as a person meets them: by address alone, without JavaScript, whatever is typed."""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marketplace.accounts.models import Expert
from search import engine, jobs
from search.backends.base import SearchIndex
from search.projection import Kind
from tasks.challenges.models import Challenge
from tasks.challenges.posting import IndicatorLine
from tests import factories
from tests.relay import drain
from tests.search.hostile import HOSTILE
from tests.search.test_indexing import Broken

pytestmark = pytest.mark.django_db


def titles(answer: HttpResponse) -> list[str]:
    return re.findall(r"<h3[^>]*><a [^>]*>(.*?)</a></h3>", answer.content.decode())


def queries(client: Client, address: str) -> int:
    """How many statements a page costs, the asking for the time on PostgreSQL left out."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return sum("clock_timestamp" not in query["sql"] for query in asked.captured_queries)


def test_the_list_shows_what_a_reader_needs_to_choose(client: Client, index: SearchIndex) -> None:
    challenge = factories.open_challenge(mode="BOUNTY", bounty_amount=3_000_000_00)
    Challenge.objects.filter(pk=challenge.pk).update(is_sample=True)
    jobs.verify_index()
    page = client.get("/en/challenges/").content.decode()
    for said in (challenge.title, "Wuhan", "new-energy", "CNY 3 million", "not verified here", "bounty mode", "left"):
        assert said in page
    assert str(challenge.sponsor) in page
    assert "Sample" in page


def test_a_chinese_query_finds_and_marks(client: Client, index: SearchIndex) -> None:
    factories.open_challenge()
    factories.open_challenge(
        title="水稻抗旱", indicators=(IndicatorLine("产量", "≥", "600", "kg"),), description="选育抗旱水稻。"
    )
    drain()
    answer = client.get("/challenges/", {"q": "固態電池 阻抗"})
    assert titles(answer) == ["固态电池界面阻抗降低"]
    assert "<mark>" in answer.content.decode()
    assert 'value="固態電池 阻抗"' in answer.content.decode()


def test_filters_live_in_the_address_and_can_be_taken_away(client: Client, index: SearchIndex) -> None:
    factories.open_challenge()
    factories.open_challenge(title="软件定义网络", fields=(factories.field("software"),), mode="BOUNTY")
    drain()
    answer = client.get("/challenges/", {"field": "software", "mode": "BOUNTY", "bounty_min": "100", "sort": "bounty"})
    page = answer.content.decode()
    assert titles(answer) == ["软件定义网络"]
    assert 'href="?field=software&amp;bounty_min=100&amp;sort=bounty"' in page, "without the mode"
    assert 'name="sort" value="bounty"' in page, "the form keeps the order"
    nothing = client.get("/challenges/", {"field": "software", "mode": "TASK"})
    assert titles(nothing) == []
    assert 'href="/challenges/?state=all"' in nothing.content.decode()


def test_the_state_decides_the_list_and_open_is_the_default(client: Client, index: SearchIndex) -> None:
    factories.closed(factories.open_challenge())
    drain()
    assert titles(client.get("/challenges/")) == []
    assert len(titles(client.get("/challenges/?state=judging"))) == 1
    assert len(titles(client.get("/challenges/?state=all"))) == 1
    assert titles(client.get("/challenges/?state=awarded")) == []


def test_the_refreshable_part_answers_alone_by_the_same_filters(client: Client, index: SearchIndex) -> None:
    factories.open_challenge()
    drain()
    page = client.get("/challenges/?q=固态电池&mode=TASK").content.decode()
    address = re.search(r'data-live="challenges" data-live-src="([^"]*)"', page)
    assert address is not None
    fragment = client.get(address[1].replace("&amp;", "&"))
    assert fragment.content.decode().lstrip().startswith("<section")
    assert titles(fragment) == ["固态电池界面阻抗降低"]
    assert "fragment=1" not in fragment.content.decode().replace(address[0], "")


def test_whatever_is_typed_there_is_an_answer(client: Client, index: SearchIndex) -> None:
    factories.open_challenge()
    drain()
    typed = [quote(text.encode("utf-8", "surrogatepass")) for text in HOSTILE]
    answers = [client.get(f"{path}?q={text}") for text in typed for path in ("/challenges/", "/experts/")]
    assert {answer.status_code for answer in answers} == {200}
    assert not any("<script>alert" in answer.content.decode() for answer in answers)


def test_a_text_without_letters_and_one_without_end_are_answered_with_a_word_about_it(
    client: Client, index: SearchIndex
) -> None:
    assert "neither a letter nor a digit" in client.get("/en/challenges/", {"q": "?!"}).content.decode()
    assert "only its first 200 characters" in client.get("/en/challenges/", {"q": "长" * 300}).content.decode()


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"bounty_min": "much"}, "bounty_min"),
        ({"bounty_min": "-1"}, "bounty_min"),
        ({"bounty_max": "1e400"}, "bounty_max"),
        ({"bounty_max": "NaN"}, "bounty_max"),
        ({"bounty_max": "0.0000001"}, "bounty_max"),
        ({"bounty_min": "5", "bounty_max": "4"}, "bounty_max"),
        ({"field": "nonsense"}, "field"),
        ({"region": "999999"}, "region"),
        ({"region": "42\x00"}, "region"),
        ({"mode": "X"}, "mode"),
        ({"deadline": "8"}, "deadline"),
    ],
)
def test_a_wrong_filter_is_named_and_left_out(
    client: Client, index: SearchIndex, filters: dict[str, str], said: str
) -> None:
    factories.open_challenge()
    drain()
    answer = client.get("/challenges/", filters)
    assert answer.status_code == 422
    assert f'href="#id_{said}"' in answer.content.decode()
    assert len(titles(answer)) == 1


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 400, "1.5", "²"])
def test_an_impossible_page_is_answered(client: Client, index: SearchIndex, page: str) -> None:
    assert client.get("/challenges/", {"page": page}).status_code == 200


def test_beyond_ten_thousand_a_reader_is_told_to_search_more_narrowly(client: Client, index: SearchIndex) -> None:
    assert "Only the first 10000 results" in client.get("/en/challenges/?page=501").content.decode().replace(",", "")


def test_without_an_engine_the_list_says_so_and_is_there(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.open_challenge()
    monkeypatch.setattr(engine, "engine", Broken)
    answer = client.get("/en/challenges/?q=固态电池")
    assert len(titles(answer)) == 1
    assert "not answering just now" in answer.content.decode()


def test_a_smaller_region_in_the_address_is_understood(client: Client, index: SearchIndex) -> None:
    factories.open_challenge()
    drain()
    answer = client.get("/challenges/?region=420100")
    assert (answer.status_code, len(titles(answer))) == (200, 1)
    assert "武汉市" in answer.content.decode()


def settle(index: SearchIndex) -> None:
    """Bring everything into the index and wait until searches see it."""
    jobs.verify_index()
    for kind in Kind:
        list(index.held(kind))


def some_challenges(count: int) -> None:
    for _ in range(count):
        factories.open_challenge()


def some_experts(count: int) -> None:
    for _ in range(count):
        factories.expert(fields=(factories.field("batteries"),))


@pytest.mark.parametrize(
    ("make", "address", "statements"),
    [
        (some_challenges, "/challenges/?q=固态电池", 4),
        (some_challenges, "/challenges/?q=固态电池&fragment=1", 4),
        (some_experts, "/experts/?q=评审", 2),
    ],
)
def test_a_list_costs_the_same_with_one_row_and_with_three(
    client: Client, index: SearchIndex, make: Callable[[int], None], address: str, statements: int
) -> None:
    """What the index may still hold, a glimpse of what is shown, the rows, their fields; filters are remembered."""
    make(1)
    settle(index)
    assert len(titles(client.get(address))) == 1
    assert queries(client, address) == statements
    make(2)
    settle(index)
    assert len(titles(client.get(address))) == 3
    assert queries(client, address) == statements


def test_an_expert_has_a_page_of_their_own(client: Client, index: SearchIndex) -> None:
    person = factories.expert(fields=(factories.field("batteries"),))
    Expert.objects.update(
        achievements="三项专利", keywords=["钙钛矿", "镀膜"], years_experience=12, projects_done=0, is_sample=True
    )
    page = client.get(f"/en/experts/{person.expert.public_id}/").content.decode()
    for said in ("评审", "三项专利", "钙钛矿", "Hangzhou", "12", "Sample", "batteries"):
        assert said in page
    assert f'href="/en/challenges/?q={quote("钙钛矿")}+{quote("镀膜")}"' in page
    assert person.email not in page
    assert client.get("/experts/0000000000000000/").status_code == 404
