from typing import ClassVar

from django.db import models


class Fact(models.Model):
    """One thing that happened, as written in the transaction that made it happen. Never edited, never deleted.

    `digest` covers every field above it and the digest before it in the stream (SHA-256 over canonical JSON).
    """

    stream = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=64, db_index=True)
    subject = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    actor = models.CharField(max_length=32, blank=True)
    role = models.CharField(max_length=32)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    occurred_at = models.DateTimeField()
    previous_digest = models.CharField(max_length=64, blank=True)
    digest_version = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "sequence"], name="fact_once_per_place_in_stream"),
        ]
        indexes: ClassVar = [models.Index(fields=["subject"])]

    def __str__(self) -> str:
        return f"{self.stream}#{self.sequence} {self.kind}"


class Delivery(models.Model):
    """One fact owed to one listener: a row each, because on PostgreSQL a smaller id may commit later."""

    class State(models.TextChoices):
        WAITING = "WAITING"
        DONE = "DONE"
        PARKED = "PARKED"

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="deliveries")
    listener = models.CharField(max_length=128)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fact", "listener"], name="delivery_once_per_fact_and_listener"),
        ]
        indexes: ClassVar = [
            # Not by the state: SQLite does not use a partial index for a condition that comes as a parameter.
            models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="delivery_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.fact_id} → {self.listener}"
