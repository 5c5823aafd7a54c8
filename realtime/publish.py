"""Number facts on their topics, keep the messages, and wake the sockets once they are committed."""

import asyncio
import threading
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any

import structlog
from channels.layers import get_channel_layer
from django.db import connection, transaction

from marketplace.outbox.models import Fact
from realtime.models import LiveMessage, LiveTopic
from realtime.topics import Topic, parse

log = structlog.get_logger(__name__)

LAYER_PATIENCE = 2.0
"""Seconds. A layer that hangs must not hold up the relay: sockets look for themselves every few seconds."""
REST = 5.0
"""Seconds for which a layer that hangs is left alone, so that not every message waits for it."""
_resting_until = 0.0


def publish(reached: Mapping[Fact, Iterable[Topic]]) -> list[LiveMessage]:
    """Write one numbered message a fact and topic, in the listener's own transaction; none is written twice.

    Call it once a listener with all facts: the topics are locked in the order of their names, so that two relays
    that publish to the same topics cannot wait for each other. Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A message is numbered in the transaction of its delivery.")
    owed = [(fact, name) for fact, topics in reached.items() for name in sorted({topic.name for topic in topics})]
    counters = _locked({name for _, name in owed})
    told = set(LiveMessage.objects.filter(fact__in=reached, topic__in=counters).values_list("fact_id", "topic"))
    written = [_next(fact, counters[name]) for fact, name in owed if (fact.pk, name) not in told]
    if written:
        LiveTopic.objects.bulk_update(counters.values(), ["last_seq"])
        LiveMessage.objects.bulk_create(written)
        transaction.on_commit(partial(wake, written))
    return written


def wake(written: Sequence[LiveMessage]) -> None:
    """Tell the sockets that are there. If the layer is not, they find the messages at their next look."""
    global _resting_until  # noqa: PLW0603  # one layer for the whole process, and so one rest
    if time.monotonic() < _resting_until:
        return
    try:
        asyncio.run_coroutine_threadsafe(_send(written), _lasting_loop()).result()
    except Exception as failure:  # noqa: BLE001  # whatever the layer raises: the messages are kept
        if isinstance(failure, TimeoutError):
            _resting_until = time.monotonic() + REST
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


def _locked(names: Collection[str]) -> dict[str, LiveTopic]:
    """Each topic's counter, nobody else counting until the end of this transaction."""
    LiveTopic.objects.bulk_create([LiveTopic(name=name) for name in sorted(names)], ignore_conflicts=True)
    rows = LiveTopic.objects.select_for_update().filter(name__in=names).order_by("name")
    return {row.name: row for row in rows}


def _next(fact: Fact, topic: LiveTopic) -> LiveMessage:
    """The fact under the topic's next number."""
    topic.last_seq += 1
    kind = fact.kind.partition(".")[0]
    return LiveMessage(
        topic=topic.name, seq=topic.last_seq, kind=kind, subject=fact.subject, version=fact.version, fact=fact
    )


@cache
def _lasting_loop() -> asyncio.AbstractEventLoop:
    """Where this process speaks to the layer. Were there a new loop for each wake, each would connect anew."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="wake", daemon=True).start()
    return loop


async def _send(written: Sequence[LiveMessage]) -> None:
    layer = get_channel_layer()
    async with asyncio.timeout(LAYER_PATIENCE):
        for message in written:
            topic = parse(message.topic)
            if topic is not None:
                await layer.group_send(topic.group(), event_of(message))
