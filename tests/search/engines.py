"""Both engines and documents to put into them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from search.backends.base import SearchIndex
from search.projection import Content, Document, Kind, document, sortable
from search.queries import Ask, Request, request

ENGINES = [
    pytest.param("embedded", marks=pytest.mark.embedded),
    pytest.param("elastic", marks=pytest.mark.production),
]


def engine(name: str, folder: Path) -> SearchIndex:
    """An engine without any index, apart from all others."""
    if name == "embedded":
        from search.backends.embedded import EmbeddedIndex

        return EmbeddedIndex(folder / "search.db")
    from search.backends.elastic import ElasticIndex

    return ElasticIndex(f"{settings.SEARCH_INDEX_PREFIX}-{folder.name.lower()}")


def build(index: SearchIndex, *kinds: Kind) -> None:
    for kind in kinds:
        with index.beside(kind):
            pass


def content(number: int = 1, **changes: Any) -> Content:
    values: dict[str, Any] = {
        "kind": Kind.CHALLENGE,
        "public_id": f"c{number}",
        "version": 1,
        "title": "固态电池界面阻抗",
        "keywords": "锂电池",
        "body": "降低电解质与正极之间的阻抗",
        "state": "OPEN",
        "opened_at": f"2026-01-01T00:{number:02d}:00Z",
    }
    return Content(**{**values, **changes})


def doc(number: int = 1, **changes: Any) -> Document:
    return document(content(number, **changes))


def asked(text: str = "", kind: Kind = Kind.CHALLENGE, **changes: Any) -> Request:
    return request(kind, Ask(text=text, **changes), now=timezone.now())


def found(index: SearchIndex, text: str = "", **changes: Any) -> list[str]:
    return index.search(asked(text, **changes)).ids


def shelved(index: SearchIndex) -> None:
    """Three challenges, the third no longer open."""
    soon, later = (sortable(timezone.now() + timedelta(days=days)) for days in (3, 30))
    one = {
        "fields": ("batteries",),
        "regions": ("420100", "420000", "CN"),
        "mode": "TASK",
        "sponsor": "s1",
        "bounty": 100,
    }
    two = {"fields": ("software",), "regions": ("440000", "CN"), "mode": "BOUNTY", "sponsor": "s2", "bounty": 300}
    index.put(
        [
            doc(1, title="锂电池回收 GH4169 Müller", keywords="", body="", deadline=soon, **one),
            doc(2, title="水稻育种", keywords="", body="", deadline=later, **two),
            doc(3, title="风机叶片", state="SEALED", regions=("US",)),
        ],
        at_once=True,
    )
