"""What one administrator proposed about an office and a second one made of it; who asked for a new second factor."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role, Scope
from marketplace.administration.lifecycle import UNDER_WAY, RequestState, ResetState
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


class FactorReset(Stateful):
    """Somebody has lost their second factor and asks that it be forgotten; two administrators decide (I21).

    `vouched_by` is the first, who has found out that it is really them, and `decided_by` the second, or whoever
    refused. None of both where the operator did it. Rows stay as history.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=ResetState.choices, default=ResetState.ASKED)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=LONGEST_REASON)
    """The asker's own words, which administrators read and no fact holds."""
    asked_at = MomentField(editable=False)
    not_before = models.DateTimeField()
    lapses_at = models.DateTimeField()
    vouched_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    vouched_how = models.CharField(max_length=LONGEST_REASON, blank=True)
    """How the first administrator found out who asks."""
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=LONGEST_REASON, blank=True)
    """Why it was refused."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state__in=sorted(UNDER_WAY)), name="factor_reset_one_under_way"
            ),
            models.CheckConstraint(
                condition=Q(vouched_by=None) | ~Q(vouched_by=F("user")), name="factor_reset_not_for_oneself"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | (~Q(decided_by=F("user")) & (Q(vouched_by=None) | ~Q(decided_by=F("vouched_by")))),
                name="factor_reset_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state="CONFIRMED")
                | Q(vouched_by__isnull=False, decided_by__isnull=False)
                | Q(decided_by=None),
                name="factor_reset_by_two_or_the_operator",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
