"""The numbered messages behind every socket, so that what a browser missed can be told again."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from marketplace.outbox.models import Fact


class LiveTopic(models.Model):
    """How far a topic has counted. Numbers are given under the lock of this row, hence without gaps."""

    name = models.CharField(max_length=64, primary_key=True)
    last_seq = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} up to {self.last_seq}"


class LiveMessage(models.Model):
    """One message on one topic: which row changed, and to which version. Never content.

    `created_at` is real time: sockets know nothing of the demo's movable clock.
    """

    topic = models.CharField(max_length=64)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=32)
    subject = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "seq"], name="live_message_once_per_number"),
            models.UniqueConstraint(fields=["topic", "fact"], name="live_message_once_per_fact"),
        ]

    def __str__(self) -> str:
        return f"{self.topic}#{self.seq}"
