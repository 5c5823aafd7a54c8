"""Numbers without gaps, one message a fact, however often and by however many relays it is delivered (I25)."""

import asyncio

import pytest
from django.db import connection, transaction

from marketplace.kernel.verdicts import SYSTEM
from marketplace.outbox import relay
from marketplace.outbox.models import Delivery, Fact
from marketplace.outbox.record import record
from realtime import publish as publishing
from realtime.jobs import KEEP, prune
from realtime.models import LiveMessage, LiveTopic
from realtime.publish import publish
from realtime.topics import Challenge, Challenges, Notices
from tasks.events import ChallengeEdited
from tests import factories
from tests.hands import together
from tests.relay import drain


def facts(number: int) -> list[Fact]:
    """Facts about one challenge that nobody has delivered."""
    one = "0123456789abcdef"
    with transaction.atomic():
        events = [ChallengeEdited(stream=f"challenge:{one}", subject=one, version=n) for n in range(number)]
        return [record(event, by=SYSTEM) for event in events]


def numbers(topic: str) -> list[int]:
    return list(LiveMessage.objects.filter(topic=topic).order_by("seq").values_list("seq", flat=True))


@pytest.mark.django_db
def test_each_topic_counts_for_itself_from_one() -> None:
    first, second = facts(2)
    publish({first: [Challenges(), Notices()]})
    publish({second: [Challenges()]})
    assert (numbers("challenges"), numbers("notices")) == ([1, 2], [1])


@pytest.mark.django_db
def test_facts_told_together_are_numbered_as_if_one_by_one(django_assert_num_queries) -> None:
    first, second, third = facts(3)
    publish({second: [Challenges()]})
    with django_assert_num_queries(5):
        publish({first: [Challenges(), Notices()], second: [Challenges()], third: [Notices(), Challenges()]})
    told = LiveMessage.objects.order_by("topic", "seq").values_list("topic", "seq", "fact")
    assert list(told) == [
        ("challenges", 1, second.pk),
        ("challenges", 2, first.pk),
        ("challenges", 3, third.pk),
        ("notices", 1, first.pk),
        ("notices", 2, third.pk),
    ]


@pytest.mark.django_db
def test_a_fact_delivered_twice_and_in_reverse_makes_one_message_a_topic() -> None:
    factories.open_challenge()
    drain()
    before = list(LiveMessage.objects.order_by("pk").values_list("topic", "seq", "fact"))
    assert before
    Delivery.objects.filter(listener__startswith="realtime.").update(state="WAITING", due_at="2020-01-01T00:00Z")
    for delivery in Delivery.objects.filter(listener__startswith="realtime.").order_by("-pk").select_related("fact"):
        relay.deliver([delivery], relay.listener_named(delivery.listener))
    assert list(LiveMessage.objects.order_by("pk").values_list("topic", "seq", "fact")) == before
    assert set(Delivery.objects.values_list("state", flat=True)) == {"DONE"}


@pytest.mark.django_db
def test_a_delivery_that_fails_leaves_no_hole() -> None:
    first, second = facts(2)
    with transaction.atomic():
        publish({first: [Challenges()]})
        transaction.set_rollback(True)
    publish({second: [Challenges()]})
    assert numbers("challenges") == [1]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_numbered() -> None:
    (fact,) = facts(1)
    with pytest.raises(RuntimeError):
        publish({fact: [Challenges()]})
    assert not LiveMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_relays_at_once_leave_no_gap_and_no_double() -> None:
    told = facts(24)
    one = Challenge("0123456789abcdef")
    orders = ([one, Challenges(), Notices()], [Notices(), Challenges(), one])

    def relay_of(place: int) -> None:
        for fact in told[place::3] + told[(place + 1) % 3 :: 3]:
            with transaction.atomic():
                publish({fact: orders[place % 2]})

    assert together(*(lambda place=place: relay_of(place) for place in range(3))) == [None] * 3
    for topic in (one.name, "challenges", "notices"):
        assert numbers(topic) == list(range(1, 25))
        assert LiveTopic.objects.get(name=topic).last_seq == 24
        assert LiveMessage.objects.filter(topic=topic).values("fact").distinct().count() == 24


@pytest.mark.django_db
def test_a_layer_that_is_away_loses_nothing(settings, django_capture_on_commit_callbacks) -> None:
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "tests.realtime.test_numbering.AwayLayer"}}
    (fact,) = facts(1)
    with django_capture_on_commit_callbacks(execute=True):
        publish({fact: [Challenges()]})
    assert numbers("challenges") == [1]


@pytest.mark.django_db
def test_a_layer_that_hangs_is_waited_for_once_and_then_left_alone(settings, monkeypatch) -> None:
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "tests.realtime.test_numbering.HangingLayer"}}
    monkeypatch.setattr(publishing, "LAYER_PATIENCE", 0.05)
    monkeypatch.setattr(publishing, "_resting_until", 0.0)
    (fact,) = facts(1)
    written = publish({fact: [Challenges()]})
    HangingLayer.asked = 0
    for _ in range(3):
        publishing.wake(written)
    assert HangingLayer.asked == 1
    monkeypatch.setattr(publishing, "_resting_until", 0.0)
    publishing.wake(written)
    assert HangingLayer.asked == 2


class HangingLayer:
    """A channel layer that takes what it is told and never answers."""

    asked = 0

    async def group_send(self, group: str, message: object) -> None:
        HangingLayer.asked += 1
        await asyncio.sleep(60)


class AwayLayer:
    """A channel layer that is away."""

    async def group_send(self, group: str, message: object) -> None:
        raise ConnectionRefusedError("away")


@pytest.mark.django_db
def test_old_messages_are_forgotten_and_the_counting_goes_on() -> None:
    first, second, third = facts(3)
    publish({first: [Challenges()]})
    publish({second: [Challenges()]})
    LiveMessage.objects.filter(fact=first).update(created_at=first.occurred_at - KEEP)
    assert prune() == 1
    publish({third: [Challenges()]})
    assert numbers("challenges") == [2, 3]


@pytest.mark.django_db
def test_an_auditor_reads_every_message_without_knowing_our_tables() -> None:
    (fact,) = facts(1)
    publish({fact: [Challenges()]})
    view = "verify.event" if connection.vendor == "postgresql" else "verify_event"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT topic, seq, kind, subject, version, fact_id FROM {view}")
        assert cursor.fetchall() == [("challenges", 1, "challenge", fact.subject, 0, fact.pk)]


@pytest.mark.django_db
@pytest.mark.parametrize("topics", [1, 3])
def test_more_topics_cost_no_more_queries(topics: int, django_assert_num_queries) -> None:
    (fact,) = facts(1)
    with django_assert_num_queries(5):
        publish({fact: [Challenge("0123456789abcdef"), Challenges(), Notices()][:topics]})
