"""What one administrator proposed about an office, and what a second one made of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role, Scope
from marketplace.administration.lifecycle import RequestState
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful

LONGEST_REASON = 1000


class Act(models.TextChoices):
    """What is proposed."""

    GIVE = "GIVE", _("give")
    END = "END", _("end")


class GrantRequest(Stateful):
    """A proposal to give somebody a role, or to end it; a second person decides (I18). Rows stay as history."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=RequestState.choices, default=RequestState.PROPOSED)
    act = models.CharField(max_length=8, choices=Act.choices)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=24, choices=Role.choices)
    scope = models.CharField(max_length=16, choices=Scope.choices)
    scope_id = models.CharField(max_length=16, blank=True)
    until = models.DateTimeField(null=True)
    """When the role would end by itself; None for no end, and where an end is proposed."""
    reason = models.CharField(max_length=LONGEST_REASON)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = MomentField(editable=False)
    lapses_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=LONGEST_REASON, blank=True)
    """Why it was refused."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role", "scope", "scope_id"],
                condition=Q(state="PROPOSED"),
                name="grant_request_one_waiting",
            ),
            models.CheckConstraint(condition=~Q(user=F("proposed_by")), name="grant_request_not_for_oneself"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | (~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("user"))),
                name="grant_request_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
