"""What a record of ORCID says, and that no file does harm: it is read in a program of its own, and bounded."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.errors import Refusal
from marketplace.profiles import importing
from marketplace.profiles.reading import found, orcid
from marketplace.profiles.reading.found import Found, FoundReference, Unreadable
from tests.profiles.records import OWN, record, work

pytestmark = pytest.mark.usefixtures("in_english")

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


def read(said: Any) -> Found:
    return orcid.read(json.dumps(said).encode())


def test_works_patents_biography_and_keywords_are_read() -> None:
    answer = read(record(work("界面研究", doi="10.1000/ABC"), work("一种电池", patent="CN 114000000 A", year="2021")))
    assert answer == Found(
        orcid=OWN,
        references=[
            FoundReference(
                kind="PUBLICATION",
                title="界面研究",
                year=2023,
                identifier="10.1000/abc",
                place="电化学",
                link="https://example.org/a",
            ),
            FoundReference(
                kind="PATENT",
                title="一种电池",
                year=2021,
                identifier="cn 114000000 a",
                place="电化学",
                link="https://example.org/a",
            ),
        ],
        texts=["研究固态电池。", "阻抗谱, electrolytes"],
    )


def test_the_list_of_works_alone_is_read_too() -> None:
    assert [one.title for one in read({"group": [work("甲")]}).references] == ["甲"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff\xfe", b"[" * 200_000, b"9" * 9000, b'{"group":'])
def test_what_is_no_record_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable, match="no_record"):
        orcid.read(content)


def test_what_is_not_where_it_should_be_is_passed_over() -> None:
    odd = [
        None,
        {"work-summary": "x"},
        work(""),
        work("年份", year="MMXX"),
        work("链接", url={"value": "javascript:alert(1)"}),
    ]
    answer = read(record(*odd))  # type: ignore[arg-type]  # on purpose
    assert [(one.title, one.year, one.link) for one in answer.references] == [
        ("年份", None, "https://example.org/a"),
        ("链接", 2023, ""),
    ]
    assert answer.left_out == 3


def test_number_and_length_are_bounded() -> None:
    answer = read(record(*(work(f"{number} " + "长" * 900) for number in range(320))))
    assert (len(answer.references), answer.left_out) == (found.MOST, 20)
    assert {len(one.title) for one in answer.references} == {found.LONGEST_TITLE}
    with pytest.raises(Unreadable, match="too_large"):
        orcid.read(b" " * (found.LARGEST + 1))


@given(JSON, JSON, JSON, JSON)
def test_no_json_whatever_breaks_the_reader(works: Any, person: Any, title: Any, identifiers: Any) -> None:
    group = {"work-summary": [{"title": title, "external-ids": identifiers, "url": person, "type": title}]}
    for said in (
        {"group": works},
        {"group": [group, works]},
        {"orcid-identifier": title, "person": person, "activities-summary": {"works": works}},
        {**record({**work("x"), "external-ids": identifiers}), "person": person},
    ):
        try:
            answer = read(said)
        except Unreadable:
            continue
        for one in answer.references:
            assert one.title
            assert all(len(getattr(one, name)) <= 500 for name in ("title", "place", "identifier", "link"))
            f"{one.title}{one.place}{one.identifier}{one.link}".encode()
        assert all(len(text) <= found.LONGEST_TEXT for text in answer.texts)
        importing._offer(
            json.loads(json.dumps({"left_out": 0, "texts": [], "references": [vars(one) for one in answer.references]}))
        )


def test_the_program_answers_what_can_stand_in_a_profile() -> None:
    said = record(work("界面研究", doi="https://doi.org/10.1000/ABC"), work("界面研究二"))
    offer = importing.read_file("orcid", json.dumps(said).encode(), own_orcid=OWN)
    assert [(one.title, one.identifier) for one in offer.citations] == [("界面研究", "10.1000/abc"), ("界面研究二", "")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{}", "no public record"),
        (json.dumps(record(path="0000-0001-5109-3700")).encode(), "another ORCID iD"),
    ],
)
def test_the_program_says_why_there_is_nothing(content: bytes, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        importing.read_file("orcid", content, own_orcid=OWN)


def test_a_file_of_millions_of_nothings_is_read_and_offers_nothing() -> None:
    offer = importing.read_file("orcid", b'{"group": [' + b"[]," * 1_600_000 + b"[]]}")
    assert (offer.citations, offer.left_out) == ([], 1_600_001)
