"""Who was told of what (notifications), and the letters that carry it."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from marketplace.accounts.models import Organisation, User
from marketplace.kernel.fields import MomentField
from marketplace.outbox.models import Fact
from tasks.challenges.models import Challenge


class Notice(models.Model):
    """One person told of one fact. What it says is made when it is read, so that it says only what they may know.

    `part` is what the person is to the matter (sponsor, administrator, solver …); `target` and `argument` name the
    page it leads to.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=64)
    part = models.CharField(max_length=16)
    challenge = models.ForeignKey(Challenge, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    target = models.CharField(max_length=40)
    argument = models.CharField(max_length=16)
    created_at = MomentField(editable=False)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fact", "user"], name="notice_once_per_fact_and_person"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-created_at"]),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.user_id}"

    @property
    def address(self) -> str:
        """The page it leads to."""
        return reverse(self.target, args=[self.argument] if self.argument else [])


class Letter(models.Model):
    """A mail to be sent: written in the transaction that calls for it, sent by a job, kept until it is pruned.

    `doubts` counts the sendings whose end nobody heard, one under way included: what may have arrived is sent once
    more and no oftener (I24).
    """

    class State(models.TextChoices):
        WAITING = "WAITING"
        SENT = "SENT"
        PARKED = "PARKED"

    to = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    notice = models.OneToOneField(Notice, null=True, on_delete=models.PROTECT, related_name="letter")
    html = models.TextField(blank=True)
    sender = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    created_at = MomentField(editable=False)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=models.Q(state="WAITING"), name="letter_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
