"""Number a fact on its topics, keep the message, and wake the sockets once it is committed."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import connection, transaction
from django.db.models import F

from marketplace.outbox.models import Fact
from realtime.models import LiveMessage, LiveTopic
from realtime.topics import Topic, parse

log = structlog.get_logger(__name__)

LAYER_PATIENCE = 2.0
"""Seconds. A layer that hangs must not hold up the relay: sockets look for themselves every few seconds."""


def publish(fact: Fact, topics: Iterable[Topic]) -> list[LiveMessage]:
    """Write one numbered message a topic, in the listener's own transaction; a fact already told is not told twice.

    Call it once a listener with all topics: they are locked in the order of their names, so that two relays that
    publish to the same topics cannot wait for each other. Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A message is numbered in the transaction of its delivery.")
    counters = _locked({topic.name for topic in topics})
    told = set(LiveMessage.objects.filter(fact=fact, topic__in=counters).values_list("topic", flat=True))
    written = [_message(fact, name, seq + 1) for name, seq in counters.items() if name not in told]
    if written:
        LiveTopic.objects.filter(name__in=[one.topic for one in written]).update(last_seq=F("last_seq") + 1)
        LiveMessage.objects.bulk_create(written)
        transaction.on_commit(partial(wake, written))
    return written


def wake(written: Sequence[LiveMessage]) -> None:
    """Tell the sockets that are there. If the layer is not, they find the messages at their next look."""
    try:
        async_to_sync(_send)(written)
    except Exception as failure:  # noqa: BLE001  # whatever the layer raises: the messages are kept
        log.warning("sockets not woken", why=repr(failure), topics=[message.topic for message in written])


def event_of(message: LiveMessage) -> dict[str, Any]:
    """What travels through the channel layer."""
    return {
        "type": "live.changed",
        "topic": message.topic,
        "seq": message.seq,
        "kind": message.kind,
        "id": message.subject,
        "version": message.version,
    }


def _locked(names: Collection[str]) -> dict[str, int]:
    """How far each topic has counted, nobody else counting until the end of this transaction."""
    LiveTopic.objects.bulk_create([LiveTopic(name=name) for name in sorted(names)], ignore_conflicts=True)
    rows = LiveTopic.objects.select_for_update().filter(name__in=names).order_by("name")
    return {row.name: row.last_seq for row in rows}


def _message(fact: Fact, name: str, seq: int) -> LiveMessage:
    kind = fact.kind.partition(".")[0]
    return LiveMessage(topic=name, seq=seq, kind=kind, subject=fact.subject, version=fact.version, fact=fact)


async def _send(written: Sequence[LiveMessage]) -> None:
    layer = get_channel_layer()
    async with asyncio.timeout(LAYER_PATIENCE):
        for message in written:
            topic = parse(message.topic)
            if topic is not None:
                await layer.group_send(topic.group(), event_of(message))
