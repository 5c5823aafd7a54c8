"""What the clock does to live messages: old ones are forgotten, the counting goes on."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from realtime.models import LiveMessage

KEEP = timedelta(days=2)
"""A browser that was away longer fetches its page afresh instead of hearing everything again."""


@shared_task(name="realtime.prune")
def prune() -> int:
    """Forget messages older than two days; returns how many."""
    return LiveMessage.objects.filter(created_at__lt=timezone.now() - KEEP).delete()[0]
