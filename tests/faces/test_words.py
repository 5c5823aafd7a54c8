"""The words of the page: what the tags and filters print."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, RequestContext, Template
from django.test import Client, RequestFactory
from django.utils.translation import override

from marketplace.kernel import clock
from marketplace.templatetags.zhongyan import TONES, left_words, state_badge
from tasks.challenges.lifecycle import State
from tests import clock as movable

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def rendered(source: str, **context: object) -> str:
    return Template("{% load zhongyan %}" + source).render(Context(context))


def test_money_and_moments_follow_the_language() -> None:
    source = "{{ fen|money }} {{ at|moment }}"
    with override("en"):
        assert "CNY 3 million" in rendered(source, fen=300_000_000, at=NOW)
        assert "18:00 (Beijing time)</time>" in rendered(source, fen=300_000_000, at=NOW)
    with override("zh-hans"):
        assert "300 万元" in rendered(source, fen=300_000_000, at=NOW)
        assert '<time datetime="2026-11-22T10:00:00Z" data-moment>' in rendered(source, fen=1, at=NOW)


def test_nothing_is_printed_for_nothing() -> None:
    assert rendered("{{ a|money }}{{ a|moment }}{{ a|day }}{{ a|hour }}{% time_left a %}", a=None) == ""


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=3, hours=4, minutes=59), "3 days 4 h left"),
        (timedelta(days=1), "1 day 0 h left"),
        (timedelta(hours=23, minutes=59), "23 h 59 min left"),
        (timedelta(minutes=1, seconds=59), "1 min left"),
        (timedelta(seconds=1), "0 min left"),
        (timedelta(0), "the deadline has passed"),
        (timedelta(days=-1), "the deadline has passed"),
    ],
)
def test_time_left_is_half_open(left: timedelta, words: str) -> None:
    with override("en"):
        assert left_words(left) == words


def test_a_list_asks_the_clock_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(clock, "now", lambda: asked.append(1) or NOW)
    source = "{% load zhongyan %}{% for at in moments %}{% time_left at %}{% endfor %}"
    context = RequestContext(RequestFactory().get("/"), {"moments": [NOW + timedelta(days=1)] * 3})
    assert Template(source).render(context).count("data-left-until") == 3
    assert asked == [1]


def test_what_people_wrote_is_escaped() -> None:
    assert "<script>" not in state_badge("OPEN", "<script>alert(1)</script>")


def test_every_state_of_a_challenge_has_a_look() -> None:
    assert {state.value for state in State} <= set(TONES)


def test_an_address_that_is_not_served_leaves_no_dead_entry() -> None:
    assert rendered('{% nav_link "nowhere:at_all" "Nothing" %}') == ""


@pytest.mark.django_db
def test_a_deadline_is_told_to_the_second_with_the_first_moment_that_is_too_late() -> None:
    source = '{% include "components/deadline.html" %}'
    with override("en"):
        said = rendered(source, deadline=NOW)
    assert '<time datetime="2026-11-22T10:00:00Z" data-moment>2026-11-22 18:00:00 (Beijing time)</time>' in said
    assert "at 18:00:00 it is too late" in said
    with override("zh-hans"):
        assert "2026-11-22 18:00:00（北京时间）" in rendered(source, deadline=NOW)


@pytest.mark.django_db
def test_the_clock_of_a_page_is_the_platforms_and_says_where_to_ask_for_it(client: Client) -> None:
    movable.shift(days=3)
    said = rendered("{% server_clock %}")
    (told,) = re.findall(r'data-now="([^"]+)" data-clock-src="/clock"', said)
    asked = datetime.fromisoformat(client.get("/clock").json()["now"])
    assert abs(asked - datetime.fromisoformat(told)) < timedelta(seconds=5)
    assert asked - datetime.now(UTC) > timedelta(days=2)
