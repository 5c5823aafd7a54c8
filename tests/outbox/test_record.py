from typing import Any, ClassVar

import pytest
from django.db import transaction

from marketplace.kernel.verdicts import SYSTEM, Allowed
from marketplace.outbox import trail
from marketplace.outbox.digest import digest_of
from marketplace.outbox.events import Event
from marketplace.outbox.models import Delivery, Fact
from marketplace.outbox.record import record
from marketplace.outbox.registry import listens_to
from tests import relay


class Rang(Event):
    kind: ClassVar[str] = "test.rang"


heard: list[int] = []


@listens_to(Rang, name="test.hear")
def hear(fact: Fact) -> None:
    heard.append(fact.pk)


def rang(stream: str = "bell:1", **data: Any) -> Rang:
    return Rang(stream=stream, subject="1", version=1, data=data)


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        record(rang(), by=SYSTEM)
    assert not Fact.objects.exists()


@transaction.atomic
def ring_and_fail() -> None:
    record(rang(), by=SYSTEM)
    raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_a_fact_is_gone_with_the_change_that_was_rolled_back() -> None:
    with pytest.raises(ZeroDivisionError):
        ring_and_fail()
    assert (Fact.objects.count(), Delivery.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_fact_carries_who_as_what_and_is_owed_to_its_listener() -> None:
    fact = record(rang(loud=True), by=Allowed("someone", "ADJUDICATOR"))
    assert (fact.actor, fact.role, fact.data, fact.sequence) == ("someone", "ADJUDICATOR", {"loud": True}, 1)
    assert [delivery.listener for delivery in fact.deliveries.all()] == ["test.hear"]


@pytest.mark.django_db
@pytest.mark.parametrize("content", [1.5, [1], {"a": 1}, b"x"])
def test_what_has_no_one_canonical_form_is_refused(content: object) -> None:
    with pytest.raises(TypeError):
        record(rang(content=content), by=SYSTEM)


@pytest.mark.django_db
def test_each_stream_has_its_own_gapless_chain() -> None:
    for stream in ("bell:1", "bell:2", "bell:1"):
        record(rang(stream), by=SYSTEM)
    first, second = Fact.objects.filter(stream="bell:1").order_by("sequence")
    assert (first.sequence, second.sequence, second.previous_digest) == (1, 2, first.digest)
    assert Fact.objects.get(stream="bell:2").previous_digest == ""
    assert list(trail.verify()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "tampering",
    [{"actor": "other"}, {"reason": "other"}, {"data": {"loud": False}}, {"version": 9}, {"kind": "test.other"}],
)
def test_any_change_to_a_written_fact_breaks_its_chain(tampering: dict[str, Any]) -> None:
    for _ in range(3):
        record(rang(loud=True), by=SYSTEM)
    Fact.objects.filter(sequence=2).update(**tampering)
    assert [(found.sequence, found.what) for found in trail.verify()] == [(2, "was changed after it was written")]


@pytest.mark.django_db
def test_a_change_with_its_digest_rewritten_breaks_the_link_after_it() -> None:
    for _ in range(3):
        record(rang(), by=SYSTEM)
    second = Fact.objects.get(sequence=2)
    second.reason = "rewritten"
    second.digest = digest_of(second)
    second.save()
    assert [found.sequence for found in trail.verify()] == [3]


@pytest.mark.django_db
def test_a_missing_fact_is_seen() -> None:
    for _ in range(3):
        record(rang(), by=SYSTEM)
    Delivery.objects.filter(fact__sequence=2).delete()
    Fact.objects.filter(sequence=2).delete()
    assert [found.sequence for found in trail.verify()] == [3, 3]


@pytest.mark.django_db
def test_delivered_facts_are_heard() -> None:
    heard.clear()
    fact = record(rang(), by=SYSTEM)
    relay.drain()
    assert heard == [fact.pk]
    assert relay.drain() == 0
