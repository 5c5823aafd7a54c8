"""Write a fact with the change that it tells of: same transaction, or not at all."""

import structlog
from django.db import connection
from django.utils import timezone

from marketplace.kernel import clock
from marketplace.kernel.one_at_a_time import one_at_a_time
from marketplace.kernel.verdicts import Allowed
from marketplace.outbox.digest import check_scalars, digest_of
from marketplace.outbox.events import Event
from marketplace.outbox.models import Delivery, Fact
from marketplace.outbox.registry import listeners_of


def record(event: Event, *, by: Allowed) -> Fact:
    """Append the fact to its stream and owe it to every listener.

    Must be called inside a transaction; raises RuntimeError otherwise. `by` is the verdict that allowed the act:
    it names the actor and the role they acted in (I16).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A fact is written in the transaction of the change it tells of.")
    check_scalars(event.data)
    one_at_a_time(event.stream)  # one writer per stream
    fact = _chained(event, by)
    fact.save(force_insert=True)
    _owe(fact)
    return fact


def _chained(event: Event, by: Allowed) -> Fact:
    ended = Fact.objects.filter(stream=event.stream).order_by("-sequence").values_list("sequence", "digest")
    sequence, digest = ended.first() or (0, "")
    fact = Fact(
        stream=event.stream,
        sequence=sequence + 1,
        kind=event.kind,
        subject=event.subject,
        version=event.version,
        actor=by.actor,
        role=by.role,
        reason=event.reason,
        data=dict(event.data),
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
        occurred_at=clock.now(),
        previous_digest=digest,
    )
    fact.digest = digest_of(fact)
    return fact


def _owe(fact: Fact) -> None:
    owed = [Delivery(fact=fact, listener=one.name, due_at=timezone.now()) for one in listeners_of(fact.kind)]
    Delivery.objects.bulk_create(owed)
    if owed and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("NOTIFY outbox")
