"""Deliver what is owed: claim, hand to the listener, mark done in the listener's own transaction; retry, then park.

A delivery may happen twice (a process dies between the effect and the mark is ruled out by the shared transaction,
but effects outside the database are not), and in any order: listeners are idempotent by contract.
The relay lives in real time: the demo's movable clock does not touch it.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby, islice
from operator import attrgetter

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from marketplace.outbox.models import Delivery, Fact
from marketplace.outbox.registry import Listener, kinds_heard_by, listener_named, position

log = structlog.get_logger(__name__)

BATCH = 50
LEASE = timedelta(seconds=30)
"""So long nobody else takes what a process has claimed, which is how long it stays undone when that process dies."""
OFFER = timedelta(seconds=30)
LONGEST_OFFER = timedelta(minutes=10)
"""A slow delivery not done by then is offered again: its message may be lost. The longer it waits, the more rarely."""
NO_BROKER = timedelta(seconds=5)
ATTEMPTS = 8
"""With the back-off below a delivery is tried for about four minutes before it is parked for a person to look at."""


def deliver_due(*, limit: int = BATCH) -> int:
    """Claim and deliver up to `limit` waiting deliveries; returns how many were claimed."""
    claimed = sorted(_claim(limit), key=lambda delivery: (position(delivery.listener), delivery.pk))
    for name, owed in groupby(claimed, key=attrgetter("listener")):
        _deliver_all(name, list(owed))
    return len(claimed)


def deliver_slow(delivery_id: int) -> None:
    """Carry out one slow delivery by id, if it is still owed. Called by a job, perhaps by two for one delivery."""
    owed = Delivery.objects.filter(pk=delivery_id, state=Delivery.State.WAITING)
    owed.update(attempts=F("attempts") + 1, leased_until=timezone.now() + LEASE)
    delivery = owed.select_related("fact").first()
    listener = delivery and listener_named(delivery.listener)
    if delivery and listener:
        deliver([delivery], listener)


def deliver(owed: Sequence[Delivery], listener: Listener) -> None:
    """Let the listener react and mark the deliveries done, both or neither.

    When several fail together each is tried alone; one that fails alone is planned again.
    """
    try:
        with transaction.atomic():
            listener.handle([delivery.fact for delivery in owed])
            _mark_done(owed)
    except Exception as failure:  # whatever a listener raises is this delivery's problem alone
        if len(owed) > 1:
            for delivery in owed:
                deliver([delivery], listener)
            return
        log.warning("delivery failed", listener=listener.name, fact=owed[0].fact_id, exc_info=True)
        _retry(owed[0], failure)


def replay(listener: Listener, *, kind: str = "") -> int:
    """Owe every recorded fact that it hears (of one kind, if given) to this listener again; returns how many.

    Also what happened before there was such a listener, and what was delivered so long ago that it is forgotten.
    """
    facts = Fact.objects.filter(kind__in={kind} & set(kinds_heard_by(listener)) if kind else kinds_heard_by(listener))
    with transaction.atomic():
        Delivery.objects.filter(listener=listener.name, fact__in=facts).delete()
        owed = (Delivery(fact=fact, listener=listener.name, due_at=timezone.now()) for fact in facts.iterator())
        # What is recorded meanwhile brings its own delivery along: no conflict, but owed already.
        portions = iter(lambda: list(islice(owed, BATCH)), [])
        return sum(len(Delivery.objects.bulk_create(some, ignore_conflicts=True)) for some in portions)


def let_go(owed: QuerySet[Delivery]) -> int:
    """Mark deliveries done that nobody shall receive any more; returns how many."""
    return owed.update(state=Delivery.State.DONE, done_at=timezone.now(), leased_until=None)


def _deliver_all(name: str, owed: list[Delivery]) -> None:
    """What one listener is owed, in portions of as many facts as it takes at once."""
    listener = listener_named(name)
    if listener is None:
        for delivery in owed:
            _park(delivery, "No such listener in this code.")
    elif listener.slow:
        _offer(owed)
    else:
        for first in range(0, len(owed), listener.portion):
            deliver(owed[first : first + listener.portion], listener)


def _claim(limit: int) -> list[Delivery]:
    now = timezone.now()
    due = Delivery.objects.filter(
        Q(leased_until=None) | Q(leased_until__lt=now), done_at=None, state=Delivery.State.WAITING, due_at__lte=now
    ).order_by("due_at", "pk")  # as their index has them: by their keys, all that is done would be walked through
    locking = connection.features.has_select_for_update_skip_locked
    if not locking and not due.exists():  # an idle outbox is asked several times a second: no write lock for that
        return []
    with transaction.atomic():
        if locking:
            due = due.select_for_update(skip_locked=True, of=("self",))
        ids = list(due.values_list("pk", flat=True)[:limit])
        if not ids:
            return []
        Delivery.objects.filter(pk__in=ids).update(leased_until=now + LEASE, attempts=F("attempts") + 1)
    return list(Delivery.objects.filter(pk__in=ids).select_related("fact"))


def _offer(owed: Sequence[Delivery]) -> None:
    """Hand slow deliveries to the jobs. Only carrying one out counts as an attempt.

    Where one finds no broker the others are not tried: each would wait for it, and the relay with them.
    """
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in owed]).update(attempts=F("attempts") - 1)
    hand_over = import_string(settings.OUTBOX_HANDOFF)
    for number, delivery in enumerate(owed):
        Delivery.objects.filter(pk=delivery.pk).update(leased_until=timezone.now() + _until_next_offer(delivery))
        try:
            hand_over(delivery.pk)
        except Exception as failure:  # noqa: BLE001  # no broker just now: the rows stay and are offered again
            log.warning("no broker", why=repr(failure), waiting=len(owed) - number)
            _postpone(owed[number:], failure)
            return


def _until_next_offer(delivery: Delivery) -> timedelta:
    waited = timezone.now() - delivery.due_at
    return min(max(OFFER, waited / 2), LONGEST_OFFER)


def _postpone(owed: Sequence[Delivery], failure: Exception) -> None:
    """The broker's absence is not held against a delivery, however long it lasts: nothing is parked for it."""
    waiting = Delivery.objects.filter(pk__in=[delivery.pk for delivery in owed], state=Delivery.State.WAITING)
    waiting.update(leased_until=timezone.now() + NO_BROKER, last_error=repr(failure)[:2000])


def _mark_done(owed: Sequence[Delivery]) -> None:
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in owed]).update(
        state=Delivery.State.DONE, done_at=timezone.now(), leased_until=None, last_error=""
    )


def _retry(delivery: Delivery, failure: Exception) -> None:
    if delivery.attempts >= ATTEMPTS:
        _park(delivery, repr(failure))
        return
    wait = timedelta(seconds=2 ** min(delivery.attempts - 1, 6))
    Delivery.objects.filter(pk=delivery.pk).update(
        due_at=timezone.now() + wait, leased_until=None, last_error=repr(failure)[:2000]
    )


def _park(delivery: Delivery, why: str) -> None:
    log.error("delivery parked", listener=delivery.listener, fact=delivery.fact_id, why=why)
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.PARKED, leased_until=None, last_error=why[:2000]
    )
