"""The index proposes, the database disposes; without an engine the database answers alone."""

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from marketplace.kernel.lifecycle import move, revise
from marketplace.settings import base
from search import engine, indexing, jobs, service
from search.backends.base import Hits, IndexMissing, SearchIndex
from search.backends.elastic import ElasticIndex
from search.projection import Kind, document
from search.queries import Ask, Sort, Stage
from tasks.challenges.lifecycle import STEPS
from tasks.challenges.models import Challenge
from tests import clock, factories
from tests.relay import drain
from tests.search.rows import content_of
from tests.search.test_indexing import Broken

pytestmark = pytest.mark.django_db
ANYBODY = AnonymousUser()


def found(ask: Ask, viewer: Any = ANYBODY) -> list[str]:
    return [row.public_id for row in service.search_challenges(viewer, ask).items]


def test_a_challenge_is_found_by_a_chinese_query_as_soon_as_it_is_delivered(index: SearchIndex) -> None:
    challenge = factories.open_challenge()
    assert found(Ask(text="固态电池 阻抗")) == []
    drain()
    assert found(Ask(text="固态电池 阻抗")) == [challenge.public_id]


def test_a_stale_index_shows_nothing_that_is_hidden_not_even_to_its_author_under_a_public_state(
    index: SearchIndex,
) -> None:
    """I22: the rows are asked for anew under the viewer's own rights."""
    challenge = factories.open_challenge()
    content = content_of(Kind.CHALLENGE, challenge.public_id)
    assert content is not None
    index.put([document(replace(content, version=99))], at_once=True)
    Challenge.objects.filter(pk=challenge.pk).update(state="RETURNED")
    for viewer in (ANYBODY, factories.person(), challenge.author):
        for ask in (Ask(), Ask(text="固态电池"), Ask(stage=Stage.ALL)):
            assert found(ask, viewer) == []
    index.put([document(replace(content, public_id="nosuchrow"))], at_once=True)
    assert found(Ask()) == []


def test_a_challenge_that_closed_a_moment_ago_is_not_listed_as_open(index: SearchIndex) -> None:
    challenge = factories.open_challenge()
    drain()
    factories.closed(challenge)
    assert found(Ask()) == []
    drain()
    assert (found(Ask()), found(Ask(stage=Stage.JUDGING))) == ([], [challenge.public_id])


def test_signs_without_a_letter_are_said_to_ask_for_nothing(index: SearchIndex) -> None:
    factories.open_challenge()
    drain()
    page = service.search_challenges(ANYBODY, Ask(text="?!*"))
    assert (page.nothing_to_read, page.total) == (True, 1)


def test_a_page_behind_the_last_shows_the_last(index: SearchIndex) -> None:
    factories.open_challenge()
    drain()
    page = service.search_challenges(ANYBODY, Ask(page=7))
    assert (page.number, len(page.items), page.numbered.number) == (1, 1, 1)


def test_nobody_pages_beyond_ten_thousand_results(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(index), "search", lambda self, request: Hits([], 1_000_000))
    assert service.search_challenges(ANYBODY, Ask(page=501)).too_deep
    page = service.Page[Challenge]([], 1_000_000, 500)
    assert page.numbered.paginator.num_pages == 500


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Broken:
    broken = Broken()
    monkeypatch.setattr(engine, "engine", lambda: broken)
    return broken


def test_without_an_engine_the_database_answers_and_the_engine_is_left_alone_for_a_while(away: Broken) -> None:
    challenge = factories.open_challenge(title="钙钛矿组件")
    factories.open_challenge()
    for _ in range(3):
        page = service.search_challenges(ANYBODY, Ask(text="钙钛矿"))
        assert ([row.public_id for row in page.items], page.total, page.by_engine) == ([challenge.public_id], 1, False)
    assert away.asked == 1


def test_a_missing_index_is_no_reason_to_leave_the_engine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Broken(IndexMissing)
    monkeypatch.setattr(engine, "engine", lambda: broken)
    service.search_challenges(ANYBODY, Ask())
    service.search_challenges(ANYBODY, Ask())
    assert broken.asked == 2


def shelf() -> dict[str, str]:
    """Three challenges that differ in every filter, by name."""
    small = factories.open_challenge(bounty_amount=10_000_00, fields=(factories.field("software"),))
    clock.shift(seconds=10)
    region = factories.region("440000", "广东省", "Guangdong", "PROVINCE")
    large = factories.open_challenge(bounty_amount=90_000_00, mode="BOUNTY", title="边缘计算")
    revise(large, region=region)
    clock.shift(seconds=10)
    judged = factories.open_challenge()
    move(judged, STEPS["close"])
    return {small.public_id: "small", large.public_id: "large", judged.public_id: "judged"}


ASKS = [
    (Ask(), ["large", "small"]),
    (Ask(stage=Stage.ALL), ["judged", "large", "small"]),
    (Ask(stage=Stage.JUDGING), ["judged"]),
    (Ask(field="software"), ["small"]),
    (Ask(region="440000"), ["large"]),
    (Ask(region="CN"), ["large", "small"]),
    (Ask(mode="BOUNTY"), ["large"]),
    (Ask(bounty_min=50_000_00), ["large"]),
    (Ask(bounty_max=50_000_00), ["small"]),
    (Ask(sort=Sort.BOUNTY), ["large", "small"]),
    (Ask(sort=Sort.DEADLINE), ["small", "large"]),
    (Ask(text="边缘计算"), ["large"]),
    (Ask(text="边缘计算", sort=Sort.NEWEST), ["large"]),
    (Ask(text="石墨烯"), []),
]


@pytest.mark.parametrize("with_engine", ["with", ""])
def test_engine_and_database_give_the_same_answer_to_the_same_filters(
    index: SearchIndex, with_engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = shelf()
    jobs.verify_index()
    if not with_engine:
        monkeypatch.setattr(engine, "engine", Broken)
    answers = [(ask, [names[one] for one in found(ask)]) for ask, _ in ASKS]
    assert answers == ASKS


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An Elasticsearch that takes the connection and never answers, as a stopped process does."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        monkeypatch.setattr("django.conf.settings.ELASTICSEARCH_URL", f"http://127.0.0.1:{server.getsockname()[1]}")
        monkeypatch.setattr("django.conf.settings.SEARCH_PATIENCE", base.SEARCH_PATIENCE)
        hanging = ElasticIndex()
        monkeypatch.setattr(engine, "engine", lambda: hanging)
        yield


def test_an_engine_that_hangs_costs_one_reader_two_seconds_and_nobody_else_anything(silent: None) -> None:
    factories.open_challenge()
    begun = time.monotonic()
    page = service.search_challenges(ANYBODY, Ask(text="固态电池"))
    first = time.monotonic() - begun
    assert (len(page.items), page.by_engine) == (1, False)
    assert 1.5 < first < 5
    begun = time.monotonic()
    service.search_challenges(ANYBODY, Ask(text="固态电池"))
    assert time.monotonic() - begun < 1


def test_experts_are_found_in_chinese_and_english(index: SearchIndex) -> None:
    person = factories.expert()
    person.expert.expertise = "钙钛矿太阳能电池"
    person.expert.save()
    indexing.rebuild(Kind.EXPERT)
    for text in ("钙钛矿", "perovskite", "鈣鈦礦"):
        page = service.search_experts(ANYBODY, Ask(text=text))
        assert [row.public_id for row in page.items] == [person.expert.public_id]
    assert found(Ask(text="钙钛矿", stage=Stage.ALL)) == []
