"""The limit of pages about people: a minute that ends, and counting that counts."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from marketplace.accounts.web import throttle
from marketplace.kernel import counting

pytestmark = pytest.mark.django_db


def test_the_next_minute_begins_anew_however_often_one_came_before(settings: Any, monkeypatch: Any) -> None:
    settings.PEOPLE_A_MINUTE = 3
    cache.clear()
    reader, moment = Client(REMOTE_ADDR="203.0.113.9"), 1_800_000_000.0

    def asked(times: int, at: float) -> list[int]:
        monkeypatch.setattr(counting.time, "time", lambda: at)
        return [reader.get(reverse("profiles:directory")).status_code for _time in range(times)]

    assert asked(5, moment) == [200, 200, 200, 429, 429]
    assert asked(4, moment + throttle.MINUTE) == [200, 200, 200, 429]
