"""Ranking must not get worse unnoticed. Measured when written: 0.907 on both engines (docs/performance.md)."""

import pytest

from search.backends.base import SearchIndex
from tests.search import relevance

FLOOR = 0.89
FLOORS = {"trad": 0.85, "fullwidth": 0.85, "typo": 0.75, "pinyin": 0.85, "part": 0.85, "zh": 0.85, "en": 0.85}


@pytest.mark.django_db
def test_ndcg_at_10_on_the_development_set_stays_above_its_floor(index: SearchIndex) -> None:
    relevance.fill(index)
    means = relevance.by_type(relevance.ndcg(index))
    assert means["all"] >= FLOOR, means
    assert {name: means[name] for name, floor in FLOORS.items() if means[name] < floor} == {}
