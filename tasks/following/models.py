"""Who follows which challenge."""

from typing import ClassVar

from django.db import models

from marketplace.accounts.models import User
from marketplace.kernel.fields import MomentField
from tasks.challenges.models import Challenge


class Follow(models.Model):
    """A person wants to be told what becomes of a challenge. No page, figure or fact says so to anybody else."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="follows")
    since = MomentField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "person"], name="follow_once_a_challenge"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.challenge_id}"
