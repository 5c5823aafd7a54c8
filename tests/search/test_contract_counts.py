"""The contract of counting: what `search.backends.base` promises of `counts`, asked of both engines."""

from dataclasses import replace

import pytest
from django.utils import timezone

from search.backends.base import SearchIndex
from search.projection import Kind
from search.queries import Ask, Stage, request
from tests.search.hostile import HOSTILE


def values(made: SearchIndex, ask: Ask, field: str, **changes: tuple[str, ...]) -> dict[str, int]:
    asked = replace(request(Kind.CHALLENGE, ask, now=timezone.now()), **changes)
    return made.counts(asked, [field])[field]


@pytest.mark.parametrize(
    ("ask", "field", "counted"),
    [
        (Ask(stage=Stage.ALL), "state", {"OPEN": 2, "SEALED": 1}),
        (Ask(stage=Stage.OPEN), "state", {"OPEN": 2, "SEALED": 1}),
        (Ask(stage=Stage.ALL), "fields", {"batteries": 1, "software": 1}),
        (Ask(stage=Stage.ALL, field="software"), "fields", {"batteries": 1, "software": 1}),
        (Ask(stage=Stage.ALL, field="software"), "mode", {"BOUNTY": 1}),
        (Ask(stage=Stage.ALL), "regions", {"420100": 1, "420000": 1, "440000": 1, "CN": 2, "US": 1}),
        (Ask(stage=Stage.ALL, text="锂电池"), "regions", {"420100": 1, "420000": 1, "CN": 1}),
        (Ask(stage=Stage.ALL, text="火星农场"), "mode", {}),
    ],
)
def test_each_value_is_counted_under_the_other_filters(
    shelf: SearchIndex, ask: Ask, field: str, counted: dict[str, int]
) -> None:
    found = values(shelf, ask, field)
    assert {value: number for value, number in found.items() if value in counted} == counted
    assert sum(found.values()) >= sum(counted.values())


@pytest.mark.parametrize("text", ["", "锂电池"])
def test_what_must_not_be_learnt_of_is_neither_found_nor_counted(shelf: SearchIndex, text: str) -> None:
    ask = Ask(stage=Stage.ALL, text=text)
    asked = request(Kind.CHALLENGE, ask, now=timezone.now())
    everything, found = shelf.search(asked), shelf.search(replace(asked, without=("c1",)))
    assert "c1" in everything.ids
    assert found.ids == [one for one in everything.ids if one != "c1"]
    assert found.total == everything.total - 1
    assert "batteries" not in values(shelf, ask, "fields", without=("c1",))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_counted_without_fuss(shelf: SearchIndex, text: str) -> None:
    assert isinstance(values(shelf, Ask(text=text, stage=Stage.ALL), "mode"), dict)
