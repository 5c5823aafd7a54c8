"""An amendment: what it changes, from what, and what it makes clear."""

from typing import ClassVar

from django.db import models

from marketplace.accounts.models import User
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful
from tasks.amendments.lifecycle import AmendmentState
from tasks.amendments.rules import Change
from tasks.challenges.models import Challenge


class Amendment(Stateful):
    """A supplementary announcement to an open challenge (补充公告第 N 号). What it leaves alone is null or empty.

    The columns `…_before` are written when it is published, with its number.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=AmendmentState.choices, default=AmendmentState.RELEASED)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="amendments")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(null=True)
    deadline_before = models.DateTimeField(null=True)
    deadline = models.DateTimeField(null=True)
    bounty_before = models.BigIntegerField(null=True)
    bounty = models.BigIntegerField(null=True)
    clarification = models.TextField(blank=True)
    clarification_en = models.TextField(blank=True)
    released_at = MomentField(editable=False)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "number"], name="amendment_number_once_a_challenge"),
            models.UniqueConstraint(
                fields=["challenge"], condition=models.Q(state="RELEASED"), name="amendment_one_waits_a_challenge"
            ),
            models.CheckConstraint(
                condition=models.Q(deadline=None)
                | models.Q(deadline_before=None)
                | models.Q(deadline__gt=models.F("deadline_before")),
                name="amendment_deadline_is_later",
            ),
            models.CheckConstraint(
                condition=models.Q(bounty=None)
                | models.Q(bounty_before=None)
                | models.Q(bounty__gt=models.F("bounty_before")),
                name="amendment_bounty_is_higher",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} no. {self.number}"

    @property
    def change(self) -> Change:
        """What it asks for, as the rules judge it."""
        return Change(
            deadline=self.deadline,
            bounty=self.bounty,
            clarification=self.clarification,
            clarification_en=self.clarification_en,
        )
