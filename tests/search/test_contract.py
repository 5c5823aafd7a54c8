"""One contract, two engines: what `search.backends.base` promises, asked of both."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from search.backends.base import EngineUnavailable, IndexMissing, SearchIndex
from search.projection import Kind, document, tombstone
from search.queries import Sort, Stage
from tests.search.engines import ENGINES, asked, build, content, doc, engine, found
from tests.search.hostile import HOSTILE


@pytest.fixture(params=ENGINES)
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    """An engine without any index."""
    made = engine(request.param, tmp_path)
    made.drop()
    yield made
    made.drop()


@pytest.fixture
def index(bare: SearchIndex) -> SearchIndex:
    """An engine with an empty index of challenges."""
    build(bare, Kind.CHALLENGE)
    return bare


def test_a_document_is_found_by_its_words_at_once(index: SearchIndex) -> None:
    index.put([doc(1), doc(2, title="水稻抗旱育种", keywords="", body="")], at_once=True)
    assert found(index, "固态电池") == ["c1"]
    assert found(index, "水稻") == ["c2"]
    assert found(index, "石油") == []
    assert index.search(asked()).total == 2


def test_an_older_version_never_overwrites_a_newer_one_and_the_same_may_be_written_again(index: SearchIndex) -> None:
    index.put([doc(version=5, title="钙钛矿")], at_once=True)
    index.put([doc(version=4, title="水稻")], at_once=True)
    assert (found(index, "钙钛矿"), found(index, "水稻")) == (["c1"], [])
    index.put([doc(version=5, title="煤矿")], at_once=True)
    assert found(index, "煤矿") == ["c1"]


def test_a_removed_document_does_not_come_back_with_a_late_old_write(index: SearchIndex) -> None:
    index.put([doc(version=5)], at_once=True)
    index.put([tombstone(Kind.CHALLENGE, "c1", 6)], at_once=True)
    index.put([doc(version=5)], at_once=True)
    assert found(index) == []
    assert dict(index.held(Kind.CHALLENGE)) == {}
    index.put([doc(version=7)], at_once=True)
    assert found(index) == ["c1"]


def test_a_removal_that_comes_before_the_document_holds_too(index: SearchIndex) -> None:
    index.put([tombstone(Kind.CHALLENGE, "c1", 6)], at_once=True)
    index.put([doc(version=6 - 1)], at_once=True)
    assert found(index) == []


def test_a_late_removal_does_not_take_out_a_newer_document(index: SearchIndex) -> None:
    index.put([doc(version=7)], at_once=True)
    index.put([tombstone(Kind.CHALLENGE, "c1", 6)], at_once=True)
    assert found(index) == ["c1"]


def test_kinds_never_mix(index: SearchIndex) -> None:
    build(index, Kind.ARCHIVE, Kind.EXPERT)
    index.put([doc(1), doc(2, kind=Kind.ARCHIVE, state="", opened_at=None)], at_once=True)
    index.put([doc(3, kind=Kind.EXPERT, state="", opened_at=None)], at_once=True)
    index.put([tombstone(Kind.EXPERT, "nobody", 1)], at_once=True)
    index.put([tombstone(Kind.ARCHIVE, "nothing", 1)], at_once=True)
    everything = {kind: found(index, "固态电池", kind=kind, stage=Stage.ALL) for kind in Kind}
    assert everything == {Kind.CHALLENGE: ["c1"], Kind.ARCHIVE: ["c2"], Kind.EXPERT: ["c3"]}


@pytest.mark.parametrize(
    ("ask", "ids"),
    [
        ({"field": "batteries"}, ["c1"]),
        ({"region": "420000"}, ["c1"]),
        ({"region": "CN"}, ["c2", "c1"]),
        ({"region": "42"}, []),
        ({"mode": "BOUNTY"}, ["c2"]),
        ({"sponsor": "s1"}, ["c1"]),
        ({"stage": Stage.ALL}, ["c3", "c2", "c1"]),
        ({"stage": Stage.JUDGING}, ["c3"]),
        ({"bounty_min": 200}, ["c2"]),
        ({"bounty_max": 200}, ["c1"]),
        ({"bounty_min": 100, "bounty_max": 300}, ["c2", "c1"]),
        ({"closing_within": 7}, ["c1"]),
        ({"field": "batteries", "mode": "BOUNTY"}, []),
    ],
)
def test_filters_narrow(shelf: SearchIndex, ask: dict[str, Any], ids: list[str]) -> None:
    assert found(shelf, **ask) == ids


def test_every_order_is_total_and_what_lacks_the_value_comes_last(index: SearchIndex) -> None:
    index.put(
        [
            doc(1, bounty=100, deadline="2027-03-01T00:00:00Z"),
            doc(2, bounty=300, deadline="2027-01-01T00:00:00Z"),
            doc(3, opened_at=None),
            doc(4, bounty=200, deadline="2027-02-01T00:00:00Z", opened_at="2026-01-01T00:02:00Z"),
        ],
        at_once=True,
    )
    assert found(index, sort=Sort.NEWEST) == ["c2", "c4", "c1", "c3"]
    assert found(index, sort=Sort.DEADLINE) == ["c2", "c4", "c1", "c3"]
    assert found(index, sort=Sort.DEADLINE, stage=Stage.ALL) == ["c1", "c4", "c2", "c3"]
    assert found(index, sort=Sort.BOUNTY) == ["c2", "c4", "c1", "c3"]
    assert found(index, "固态电池", sort=Sort.RELEVANCE) == ["c2", "c4", "c1", "c3"]


def test_the_title_counts_more_than_the_body(index: SearchIndex) -> None:
    index.put(
        [doc(2, title="其他事项", keywords="", body="碳化硅"), doc(1, title="碳化硅", keywords="", body="")],
        at_once=True,
    )
    assert found(index, "碳化硅") == ["c1", "c2"]


def test_by_relevance_one_word_is_enough_in_another_order_most_are_needed(index: SearchIndex) -> None:
    index.put(
        [doc(1, title="海水淡化膜", keywords="", body=""), doc(2, title="海水养殖", keywords="", body="")], at_once=True
    )
    assert found(index, "海水 膜") == ["c1", "c2"]
    assert found(index, "海水 膜", sort=Sort.NEWEST) == ["c1"]


def test_a_part_of_a_thing_is_no_answer_unless_asked_loosely(index: SearchIndex) -> None:
    index.put(
        [doc(1, title="燃料电池", keywords="", body=""), doc(2, title="固态储氢", keywords="", body="")], at_once=True
    )
    for sort in (Sort.RELEVANCE, Sort.NEWEST):
        strictly = asked("固态电池", sort=sort)
        assert strictly.can_be_loosened
        assert index.search(strictly).ids == []
        assert sorted(index.search(replace(strictly, loosely=True)).ids) == ["c1", "c2"]
    assert not asked("膜").can_be_loosened


@pytest.mark.parametrize(
    "text",
    [
        "锂离子电池",
        "li-ion",
        "Lithium Batteries",
        "鋰電池",
        "ｌｉ－ｉｏｎ",
        "dianchi",
        "dian chi",
        "lithum battery",
        "锂点池",
        "GH4169",
        "gh 4169",
        "Inconel 718",
        "４１６９",
        "müller",
        "MULLER",
    ],
)
def test_the_same_thing_is_found_however_it_is_written(shelf: SearchIndex, text: str) -> None:
    assert found(shelf, text) == ["c1"]


def test_a_slip_in_a_word_that_no_list_knows_is_forgiven(index: SearchIndex) -> None:
    index.put([doc(title="Zeppelin envelope", keywords="", body="")], at_once=True)
    assert found(index, "zepelin") == ["c1"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST])
def test_no_query_is_a_command(shelf: SearchIndex, text: str, sort: Sort) -> None:
    hits = shelf.search(asked(text, sort=sort))
    assert hits.total == len(hits.ids) <= 2


def test_hostile_content_is_content(index: SearchIndex) -> None:
    index.put(
        [doc(number, title=text[:2000], body=text[:2000]) for number, text in enumerate(HOSTILE, 1)], at_once=True
    )
    assert index.search(asked()).total == len(HOSTILE)
    assert found(index, "c++")[0] == f"c{HOSTILE.index('c++ c#') + 1}"


def test_pages_follow_each_other_without_gap_or_overlap(index: SearchIndex) -> None:
    index.put([doc(number, opened_at="2026-01-01T00:00:00Z") for number in range(1, 46)], at_once=True)
    pages = [index.search(asked("固态电池", page=page)) for page in (1, 2, 3, 4)]
    assert [len(page.ids) for page in pages] == [20, 20, 5, 0]
    assert {page.total for page in pages} == {45}
    assert len({one for page in pages for one in page.ids}) == 45


def test_held_names_every_document_with_version_and_digest(index: SearchIndex) -> None:
    contents = [content(number, version=number) for number in range(1, 4)]
    index.put(document(one) for one in contents)
    assert dict(index.held(Kind.CHALLENGE)) == {one.public_id: (one.version, one.digest) for one in contents}


def test_without_an_index_writing_and_searching_say_so(bare: SearchIndex) -> None:
    assert bare.missing() == list(Kind)
    with pytest.raises(IndexMissing):
        bare.search(asked())
    with pytest.raises(IndexMissing):
        bare.put([doc()])
    with pytest.raises(IndexMissing):
        bare.put([tombstone(Kind.CHALLENGE, "c1", 1)], at_once=True)
    assert bare.missing() == list(Kind)


def test_writes_reach_the_index_in_use_and_the_one_being_built(index: SearchIndex) -> None:
    index.put([doc(1), doc(2), doc(3)], at_once=True)
    with index.beside(Kind.CHALLENGE) as put:
        index.put([doc(1, version=2, title="改了的标题")], at_once=True)
        index.put([tombstone(Kind.CHALLENGE, "c3", 2)], at_once=True)
        put([doc(1), doc(2), doc(3)])  # as read before the two changes
        assert found(index, "改了的标题") == ["c1"]
        assert found(index) == ["c2", "c1"]
    assert found(index, "改了的标题") == ["c1"]
    assert found(index) == ["c2", "c1"]


def test_searches_see_the_old_index_until_the_new_one_is_whole(index: SearchIndex) -> None:
    index.put([doc(1)], at_once=True)
    with index.beside(Kind.CHALLENGE) as put:
        put([doc(2)])
        assert found(index) == ["c1"]
    assert found(index) == ["c2"]


def test_a_failed_rebuild_leaves_nothing_behind(index: SearchIndex) -> None:
    index.put([doc(1)], at_once=True)

    def fail() -> None:
        with index.beside(Kind.CHALLENGE) as put:
            put([doc(2)])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert found(index) == ["c1"]
    index.put([doc(3)], at_once=True)
    assert found(index) == ["c3", "c1"]


def test_of_two_rebuilds_at_once_the_later_wins_and_the_earlier_fails(index: SearchIndex) -> None:

    def overtaken() -> None:
        with index.beside(Kind.CHALLENGE) as earlier:
            earlier([doc(1)])
            with index.beside(Kind.CHALLENGE) as later:
                later([doc(2)])
            earlier([doc(3)])

    with pytest.raises(EngineUnavailable):
        overtaken()
    assert found(index) == ["c2"]


def test_a_field_nobody_declared_is_refused(index: SearchIndex) -> None:
    """Elasticsearch refuses it by its strict mapping; the embedded engine has columns for what is declared alone."""
    try:
        index.put([{**doc(), "contact_person": "secret"}], at_once=True)
    except EngineUnavailable:
        assert found(index) == []
    assert all("secret" not in str(hit) for hit in index.held(Kind.CHALLENGE))


def test_many_threads_may_write_and_search_at_once(index: SearchIndex) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for version in range(1, 6):
                index.put([doc(number, version=version)], at_once=version == 5)
                found(index, "固态电池")
        except BaseException as failure:  # noqa: BLE001  # told to the test below
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert dict(index.held(Kind.CHALLENGE)) == {
        f"c{number}": (5, replace(content(number), version=5).digest) for number in range(1, 7)
    }


def test_an_engine_tells_its_name_and_version(index: SearchIndex) -> None:
    name, _, version = index.describe().rpartition(" ")
    assert name in {"SQLite FTS5", "Elasticsearch"}
    assert version[0].isdigit()
