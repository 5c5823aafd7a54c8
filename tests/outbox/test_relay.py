"""Delivery: once each when all is well, again when not, parked at last; two relays share the work (check 4)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import connection, transaction
from django.utils import timezone

from marketplace.kernel.verdicts import SYSTEM
from marketplace.outbox import relay
from marketplace.outbox.events import Event
from marketplace.outbox.jobs import prune
from marketplace.outbox.models import Delivery, Fact
from marketplace.outbox.record import record
from marketplace.outbox.registry import PORTION, Listener, listener_named, listens_to, listens_to_many
from tests.hands import together

pytestmark = pytest.mark.django_db(transaction=True)


class Happened(Event):
    kind: ClassVar[str] = "test.happened"


class Slowly(Event):
    kind: ClassVar[str] = "test.slowly"


class Crowded(Event):
    kind: ClassVar[str] = "test.crowded"


heard: list[str] = []
calls: list[int] = []
failing: set[str] = set()


@listens_to(Happened, name="test.listener")
def listener(fact: Fact) -> None:
    heard.append(fact.subject)
    Fact.objects.filter(pk=fact.pk).update(reason="touched")
    if fact.subject in failing:
        raise RuntimeError("the listener failed after writing")


@listens_to(Slowly, name="test.slow", slow=True)
def slow_listener(fact: Fact) -> None:
    heard.append(f"slow {fact.subject}")


@listens_to_many(Crowded, name="test.many")
def many_at_once(facts: Sequence[Fact]) -> None:
    calls.append(len(facts))
    heard.extend(fact.subject for fact in facts)
    Fact.objects.filter(pk__in=[fact.pk for fact in facts]).update(reason="touched")
    if failing & {fact.subject for fact in facts}:
        raise RuntimeError("the listener failed after writing")


@listens_to(Crowded, name="test.one_by_one")
def one_by_one(fact: Fact) -> None:
    heard.append(f"afterwards {fact.subject}")


@pytest.fixture(autouse=True)
def nothing_heard() -> None:
    heard.clear()
    calls.clear()
    failing.clear()


def happen(subject: str, event: type[Event] = Happened) -> Delivery:
    with transaction.atomic():
        fact = record(event(stream=f"thing:{subject}", subject=subject, version=1), by=SYSTEM)
    return fact.deliveries.get()


def known(name: str) -> Listener:
    listener = listener_named(name)
    assert listener is not None
    return listener


def make_due(delivery: Delivery) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=past, leased_until=None)


def test_one_failing_listener_holds_up_nobody_and_its_writing_is_undone() -> None:
    bad, good = happen("bad"), happen("good")
    failing.add("bad")
    assert relay.deliver_due() == 2
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == ("WAITING", "DONE")
    assert bad.due_at > timezone.now()
    assert "failed after writing" in bad.last_error
    assert Fact.objects.get(subject="bad").reason == ""


def crowd(number: int) -> list[str]:
    """Facts that a many-at-once listener and another one hear; returns their subjects."""
    subjects = [f"c{one:02}" for one in range(number)]
    with transaction.atomic():
        for subject in subjects:
            record(Crowded(stream=f"thing:{subject}", subject=subject, version=1), by=SYSTEM)
    return subjects


def test_what_many_ask_of_one_listener_is_told_in_portions_and_before_the_next_listener() -> None:
    subjects = crowd(PORTION + 5)
    assert relay.deliver_due(limit=1000) == 2 * len(subjects)
    assert calls == [PORTION, 5]
    assert heard == [*subjects, *(f"afterwards {subject}" for subject in subjects)]


def test_one_bad_fact_in_a_portion_fails_alone() -> None:
    subjects = crowd(4)
    failing.add("c02")
    relay.deliver_due()
    assert calls == [4, 1, 1, 1, 1]
    waiting = Delivery.objects.exclude(state="DONE").select_related("fact").get()
    assert (waiting.fact.subject, waiting.state, waiting.attempts) == ("c02", "WAITING", 1)
    touched = Fact.objects.filter(reason="touched").order_by("pk").values_list("subject", flat=True)
    assert list(touched) == [subject for subject in subjects if subject != "c02"]


def test_a_failure_is_tried_again_and_then_parked_for_a_person() -> None:
    delivery = happen("bad")
    failing.add("bad")
    for _ in range(relay.ATTEMPTS):
        make_due(delivery)
        relay.deliver_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("PARKED", relay.ATTEMPTS)
    make_due(delivery)
    assert relay.deliver_due() == 0


def test_a_parked_delivery_comes_back_by_replay() -> None:
    delivery = happen("once")
    relay.deliver_due()
    Delivery.objects.update(state="PARKED")
    assert relay.replay(known(delivery.listener)) == 1
    relay.deliver_due()
    assert heard == ["once", "once"]


def test_a_replay_owes_also_what_was_never_owed_or_is_long_forgotten() -> None:
    subjects = crowd(3)
    Delivery.objects.filter(listener="test.one_by_one").delete()
    assert relay.replay(known("test.one_by_one"), kind="test.happened") == 0
    assert relay.replay(known("test.one_by_one")) == 3
    while relay.deliver_due():
        pass
    assert [one for one in heard if one.startswith("afterwards")] == [f"afterwards {one}" for one in subjects]


def test_a_relay_that_died_after_claiming_loses_nothing() -> None:
    delivery = happen("claimed")
    relay._claim(10)
    assert relay.deliver_due() == 0
    Delivery.objects.filter(pk=delivery.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    assert relay.deliver_due() == 1
    assert heard == ["claimed"]


def test_two_relays_at_once_deliver_each_fact_once() -> None:
    for number in range(40):
        happen(str(number))
    together(lambda: relay.deliver_due(limit=40), lambda: relay.deliver_due(limit=40))
    while relay.deliver_due():
        pass
    assert sorted(heard) == sorted(str(number) for number in range(40))


def test_a_delivery_whose_listener_is_gone_is_parked_with_the_reason() -> None:
    delivery = happen("orphan")
    Delivery.objects.update(listener="no.such.listener")
    relay.deliver_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == ("PARKED", "No such listener in this code.")


def test_a_slow_delivery_goes_to_the_job_and_is_done_there() -> None:
    delivery = happen("parcel", Slowly)
    relay.deliver_due()
    delivery.refresh_from_db()
    assert (heard, delivery.state) == (["slow parcel"], "DONE")


def test_a_slow_delivery_that_no_broker_takes_stays_owed(settings: object) -> None:
    settings.OUTBOX_HANDOFF = "tests.outbox.test_relay.no_broker"  # type: ignore[attr-defined]  # pytest-django
    delivery = happen("parcel", Slowly)
    relay.deliver_due()
    delivery.refresh_from_db()
    assert (heard, delivery.state, "no broker" in delivery.last_error) == ([], "WAITING", True)


def test_the_absence_of_a_broker_is_asked_about_once_a_batch_and_parks_nothing(settings: object) -> None:
    settings.OUTBOX_HANDOFF = "tests.outbox.test_relay.no_broker"  # type: ignore[attr-defined]  # pytest-django
    parcels = [happen(f"parcel {number}", Slowly) for number in range(3)]
    for _ in range(2 * relay.ATTEMPTS):
        calls.clear()
        assert relay.deliver_due() == 3
        assert calls == [parcels[0].pk]
        assert set(Delivery.objects.values_list("state", "attempts")) == {("WAITING", 0)}
        assert relay.deliver_due() == 0
        Delivery.objects.update(leased_until=timezone.now() - timedelta(seconds=1))


def test_a_message_that_got_lost_is_sent_again_half_a_minute_later_and_then_ever_more_rarely(settings: object) -> None:
    settings.OUTBOX_HANDOFF = "tests.outbox.test_relay.lost_on_the_way"  # type: ignore[attr-defined]  # pytest-django
    delivery = happen("parcel", Slowly)
    for waited, until_next in ((0, 30), (40, 30), (600, 300), (7200, 600)):
        due = timezone.now() - timedelta(seconds=waited)
        Delivery.objects.update(due_at=due, leased_until=None)
        relay.deliver_due()
        delivery.refresh_from_db()
        assert delivery.leased_until is not None
        assert (delivery.leased_until - timezone.now()).total_seconds() == pytest.approx(until_next, abs=2)
    assert (heard, calls, delivery.attempts) == ([], 4 * [delivery.pk], 0)
    relay.deliver_slow(delivery.pk)
    relay.deliver_slow(delivery.pk)
    delivery.refresh_from_db()
    assert (heard, delivery.state, delivery.attempts) == (["slow parcel"], "DONE", 1)


def no_broker(delivery_id: int) -> None:
    calls.append(delivery_id)
    raise ConnectionError("no broker")


def lost_on_the_way(delivery_id: int) -> None:
    calls.append(delivery_id)


def test_pruning_forgets_old_deliveries_and_keeps_the_facts() -> None:
    delivery = happen("old")
    relay.deliver_due()
    Delivery.objects.filter(pk=delivery.pk).update(done_at=timezone.now() - timedelta(days=31))
    happen("new")
    assert prune() == 1
    assert Fact.objects.filter(kind="test.happened").count() == 2


@pytest.mark.production
def test_a_waiting_relay_is_woken_by_the_transaction() -> None:
    """NOTIFY reaches LISTEN when, and only when, the transaction commits."""
    assert connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("LISTEN outbox")
    happen("loud")
    woken = list(connection.connection.notifies(timeout=2, stop_after=1))
    assert [note.channel for note in woken] == ["outbox"]
