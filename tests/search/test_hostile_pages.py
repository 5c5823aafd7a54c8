"""A hundred hostile queries through every page that searches, in both languages: an answer each time (F10)."""

from urllib.parse import quote

import pytest
from django.test import Client

from search.backends.base import SearchIndex
from tests import factories
from tests.relay import drain
from tests.search.hostile import HUNDRED

pytestmark = pytest.mark.django_db

PAGES = ("/challenges/", "/challenges/counts/", "/experts/", "/experts/counts/", "/archive/")


def test_there_are_a_hundred() -> None:
    assert len(set(HUNDRED)) == len(HUNDRED) == 100


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_hundred_hostile_queries_are_a_hundred_answers(index: SearchIndex, page: str, language: str) -> None:
    factories.open_challenge()
    drain()
    client = Client(raise_request_exception=False)
    typed = [quote(text.encode("utf-8", "surrogatepass")) for text in HUNDRED]
    answers = [(text[:60], client.get(f"{language}{page}?q={text}")) for text in typed]
    assert [(text, one.status_code) for text, one in answers if one.status_code not in {200, 422}] == []
    assert [text for text, one in answers if b"<script>alert" in one.content or b"<img src=x" in one.content] == []
