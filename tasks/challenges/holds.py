"""What stops a challenge for a while (L35). The state stays as it is; what is held is shown instead of it."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from tasks.challenges.models import Challenge

MINUTE = timedelta(minutes=1)


class HoldKind(models.TextChoices):
    """Disputes will be another."""

    SUSPENSION = "SUSPENSION", _("suspended by the supervising authority")


class Hold(models.Model):
    """One time during which a challenge stands still, with the public reason; `until` is null while it lasts.

    `Challenge.held_since` says the same of the one that lasts, so that lists and policies need not ask.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=16, choices=HoldKind.choices, default=HoldKind.SUSPENSION)
    since = MomentField(editable=False)
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000)
    end_reason = models.CharField(max_length=1000, blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["challenge"], condition=models.Q(until=None), name="hold_one_lasts_a_challenge"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="hold_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


def standing(challenge: Challenge) -> Hold | None:
    """The hold that lasts, if one does."""
    return Hold.objects.filter(challenge=challenge, until=None).first()


def moved(deadline: datetime, *, since: datetime, until: datetime) -> datetime:
    """The deadline after a hold: later by its length, in full minutes and never by less (L35). Pure."""
    minutes = -(-(until - since) // MINUTE)
    return deadline + minutes * MINUTE
