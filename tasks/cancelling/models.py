"""A sponsor's request that its call be cancelled, and what became of it."""

from typing import ClassVar

from django.db import models

from marketplace.accounts.models import User
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful
from tasks.cancelling.lifecycle import CancellationGround, RequestState
from tasks.challenges.models import Challenge


class CancellationRequest(Stateful):
    """At most one waits a challenge. `reasons` are for the adjudicator, `decision` is public if granted."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=RequestState.choices, default=RequestState.ASKED)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="cancellation_requests")
    asker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=16, choices=CancellationGround.choices)
    reasons = models.TextField()
    asked_at = MomentField(editable=False)
    decider = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["challenge"], condition=models.Q(state="ASKED"), name="cancellation_one_waits_a_challenge"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
