"""An expert's comment on a draft, asked for by its sponsor."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from tasks.challenges.models import Challenge


class Diagnosis(models.Model):
    """One expert asked; `answered_at` is empty until they have written.

    From `read_at` on, when they opened the draft, they neither answer nor judge it. Being asked binds nobody.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="diagnoses")
    expert = models.ForeignKey(User, on_delete=models.PROTECT, related_name="diagnoses")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    comment = models.TextField(blank=True)
    asked_at = MomentField(editable=False)
    read_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "expert"], name="diagnosis_once_by_each"),
        ]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        return reverse("diagnosis:comment", args=[self.public_id])
