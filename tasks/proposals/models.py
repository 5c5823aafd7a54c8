"""An answer to a challenge."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organisation, User
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful
from tasks.challenges.models import Challenge
from tasks.proposals.lifecycle import LIVE, ProposalState


class Proposal(Stateful):
    """A solver's answer to a challenge. Not yet sealed: the platform's operators could read it; pages say so.

    `code` is what reviewers see instead of a name, given at opening. `price_amount` is integer 分, task mode only.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=ProposalState.choices, default=ProposalState.DRAFT, db_index=True)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="proposals")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(_("title"), max_length=120, blank=True)
    approach = models.TextField(_("technical approach"), blank=True)
    indicators_answer = models.TextField(_("how the indicators are met"), blank=True)
    schedule = models.TextField(_("schedule and milestones"), blank=True)
    team = models.TextField(_("team and previous work"), blank=True)
    price_amount = models.BigIntegerField(null=True)
    code = models.CharField(max_length=8, blank=True)
    rejection = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True)
    saved_at = MomentField()
    created_at = MomentField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["challenge", "author"],
                condition=models.Q(state__in=sorted(LIVE)),
                name="proposal_one_live_per_solver",
            ),
            models.UniqueConstraint(
                fields=["challenge", "code"], condition=~models.Q(code=""), name="proposal_code_once_per_challenge"
            ),
            models.CheckConstraint(
                condition=models.Q(price_amount=None) | models.Q(price_amount__gt=0, price_amount__lte=10**15),
                name="proposal_price_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.public_id

    def get_absolute_url(self) -> str:
        return reverse("proposals:detail", args=[self.public_id])
