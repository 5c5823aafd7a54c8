"""The movable clock: one row for every process, forward only, and each move a fact."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from marketplace.demo import clock as movable
from marketplace.demo.models import MovableClock
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.verdicts import Allowed
from marketplace.outbox.models import Fact

pytestmark = pytest.mark.django_db
VISITOR = Allowed("", "DEMO")


@pytest.fixture(autouse=True)
def demo_clock(settings) -> Iterator[None]:
    settings.CLOCK = "marketplace.demo.clock.offset"
    movable.forget()
    yield
    movable.forget()


def test_without_a_move_the_clock_shows_real_time() -> None:
    assert movable.offset() == timedelta(0)


def test_it_answers_before_its_table_exists(monkeypatch) -> None:
    monkeypatch.setattr(movable, "_exists", False)
    monkeypatch.setattr(connection.introspection, "table_names", list)
    assert movable.offset() == timedelta(0)


def test_a_move_shifts_the_platform_and_is_a_fact() -> None:
    wanted = timezone.now() + timedelta(days=16)
    movable.advance_to(wanted, by=VISITOR)
    assert wanted <= clock.now() < wanted + timedelta(seconds=5)
    fact = Fact.objects.get(stream="demo:clock")
    assert (fact.kind, fact.role, fact.data) == ("demo.clock_moved", "DEMO", {"ahead": 16 * 86400})


def test_it_never_goes_back() -> None:
    movable.advance_to(timezone.now() + timedelta(days=2), by=VISITOR)
    with pytest.raises(Refusal):
        movable.advance_to(timezone.now() + timedelta(days=1), by=VISITOR)
    assert MovableClock.objects.get().ahead == 2 * 86400
    assert Fact.objects.filter(stream="demo:clock").count() == 1


def test_it_does_not_leave_the_century() -> None:
    with pytest.raises(Refusal):
        movable.advance_to(timezone.now() + timedelta(days=4000), by=VISITOR)


def test_telling_a_story_moves_this_thread_only() -> None:
    past = timezone.now() - timedelta(days=40)
    with movable.at(past):
        assert abs(clock.now() - past) < timedelta(seconds=1)
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=1)


def test_a_question_costs_one_query_and_is_kept_for_a_blink(django_assert_num_queries) -> None:
    movable.offset()
    movable.forget()
    with django_assert_num_queries(1):
        movable.offset()
        movable.offset()
