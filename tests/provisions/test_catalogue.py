"""The list of provisions is whole, honest in its shape, and the document says the same."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from devtools import provisions_page
from marketplace.provisions.catalogue import FILE, Faulty, State, Validity, catalogue, parsed
from tests.provisions.ids import WRITTEN_OUT

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def said() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return content


def test_every_provision_of_the_five_documents_stands_there_exactly_once() -> None:
    assert len(WRITTEN_OUT) == len(set(WRITTEN_OUT)) == 132
    assert [row.id for row in catalogue().provisions()] == WRITTEN_OUT


def test_every_provision_stands_under_its_own_document() -> None:
    letters = {document.id: {row.id[0] for row in document.provisions} for document in catalogue().documents}
    assert letters == {"tianshui": {"T"}, "hubei": {"H"}, "wenzhou": {"W"}, "nantong": {"N"}, "jiaxing": {"J"}}


def test_everything_is_said_in_both_languages() -> None:
    whole = catalogue()
    words = [row.line for row in whole.provisions()] + [row.why for row in whole.provisions() if row.why]
    words += [*whole.limits, *(text for one in whole.documents for text in (one.title, one.issuer, one.note))]
    assert [text.zh for text in words if not HAN.search(text.zh)] == []
    assert [text.en for text in words if not re.search(r"[a-z]{3}", text.en)] == []
    line = next(whole.provisions()).line
    with override("zh-hans"):
        assert str(line) == line.zh
    with override("en"):
        assert str(line) == line.en


def test_the_states_are_counted() -> None:
    counts = catalogue().counts()
    assert list(counts) == list(State)
    assert sum(counts.values()) == 132
    assert [len(list(catalogue().only(state).provisions())) for state in State] == list(counts.values())


def test_what_is_known_of_the_documents_is_said() -> None:
    """Section 6 of the analysis: one is repealed, one has run out, of the others nothing is claimed (J01)."""
    known = {one.id: (one.validity, one.until) for one in catalogue().documents}
    assert known == {
        "tianshui": (Validity.UNCHECKED, ""),
        "hubei": (Validity.UNCHECKED, ""),
        "wenzhou": (Validity.EXPIRED, "2019"),
        "nantong": (Validity.UNCHECKED, ""),
        "jiaxing": (Validity.REPEALED, "2021"),
    }
    notes = {one.id: one.note.en for one in catalogue().documents}
    assert "breaks off" in notes["tianshui"]
    assert "breaks off" in notes["jiaxing"]
    assert "annexes" in notes["wenzhou"]
    assert "twice" in notes["hubei"]
    assert [bool(one.day) for one in catalogue().documents] == [False, True, True, True, False]
    assert "life services" in catalogue().limits[0].en


def test_every_page_that_a_row_names_can_be_opened_by_a_visitor(client: Client, db: None) -> None:
    addresses = {row.address for row in catalogue().provisions() if row.page}
    answers = {address: client.get(address, follow=True).status_code for address in addresses}
    assert set(answers.values()) == {200}, answers


def test_a_row_without_a_page_has_no_address() -> None:
    assert {row.address for row in catalogue().provisions() if not row.page} == {""}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"state": "works", "tests": []}, "T01: is said to work and names no test"),
        ({"why_zh": "", "why_en": ""}, "T01: lacks a language"),
        ({"why_zh": None, "why_en": None}, "T01: does not work and gives no reason"),
        ({"state": "planned", "tests": ["tests/test_a.py::test_a"]}, "T01: names a test although nothing works"),
        ({"en": " "}, "T01: lacks a language"),
        ({"clause": ""}, "T01: names no clause"),
        ({"id": "T02"}, "T02: stands there 2 times"),
        ({"id": "X01"}, "X01: is no id of a provision"),
    ],
)
def test_a_dishonest_row_is_refused(said: dict[str, Any], change: dict[str, Any], fault: str) -> None:
    row = {**said["documents"][0]["provisions"][0], **change}
    said["documents"][0]["provisions"][0] = {name: value for name, value in row.items() if value is not None}
    with pytest.raises(Faulty, match=re.escape(fault)):
        parsed(said)


def test_a_state_that_is_none_is_refused(said: dict[str, Any]) -> None:
    said["documents"][0]["provisions"][0]["state"] = "nearly"
    with pytest.raises(ValueError, match="nearly"):
        parsed(said)


def test_the_document_says_what_the_data_say() -> None:
    written = provisions_page.PAGE.read_text(encoding="utf-8")
    assert written == provisions_page.written(catalogue()), "run `python3 dev.py provisions`"
    assert [row.id for row in catalogue().provisions() if f"\n| {row.id} |" not in written] == []
