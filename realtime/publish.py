"""Number a fact on its topics, keep the message, and wake the sockets once it is committed."""

import asyncio
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import connection, transaction

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
    names = sorted({topic.name for topic in topics})
    written = [message for name in names if (message := _numbered(name, fact))]
    if written:
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


def _numbered(name: str, fact: Fact) -> LiveMessage | None:
    LiveTopic.objects.bulk_create([LiveTopic(name=name)], ignore_conflicts=True)
    counter = LiveTopic.objects.select_for_update().get(name=name)
    if LiveMessage.objects.filter(topic=name, fact=fact).exists():
        return None
    counter.last_seq += 1
    counter.save(update_fields=["last_seq"])
    return LiveMessage.objects.create(
        topic=name,
        seq=counter.last_seq,
        kind=fact.kind.partition(".")[0],
        subject=fact.subject,
        version=fact.version,
        fact=fact,
    )


async def _send(written: Sequence[LiveMessage]) -> None:
    layer = get_channel_layer()
    async with asyncio.timeout(LAYER_PATIENCE):
        for message in written:
            topic = parse(message.topic)
            if topic is not None:
                await layer.group_send(topic.group(), event_of(message))
