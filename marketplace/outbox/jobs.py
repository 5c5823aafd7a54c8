"""Celery jobs of the outbox: slow deliveries by id, and the pruning of what is done."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from marketplace.outbox import relay
from marketplace.outbox.models import Delivery

KEEP = timedelta(days=30)


@shared_task(name="outbox.deliver")
def deliver(delivery_id: int) -> None:
    """Carry out one slow delivery. The row is the truth; the message only wakes somebody."""
    relay.deliver_slow(delivery_id)


@shared_task(name="outbox.prune")
def prune() -> int:
    """Forget deliveries done over 30 days ago. Facts stay for good."""
    old = Delivery.objects.filter(state=Delivery.State.DONE, done_at__lt=timezone.now() - KEEP)
    return old.delete()[0]


def hand_over(delivery_id: int) -> None:
    """Production's seam for slow deliveries: called by the relay process alone, never by a web request.

    The message does not expire: whoever was away finds it, and one about what is done already costs a look.
    """
    deliver.apply_async((delivery_id,), retry=False)
