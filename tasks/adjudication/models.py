from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful
from tasks.adjudication.lifecycle import SEATED, AssignmentState, ReviewState
from tasks.challenges.models import Challenge, Criterion
from tasks.proposals.models import Proposal


class OpeningConfirmation(models.Model):
    """One of the three confirmations without which nothing is opened (L12): the supervisor's, and two officers'.

    Before proposals were sealed the adjudicator's stood in place of the officers'.
    """

    class Side(models.TextChoices):
        ADJUDICATOR = "ADJUDICATOR", _("adjudicator")
        SUPERVISOR = "SUPERVISOR", _("supervisor")
        OFFICER = "OFFICER", _("opening officer")

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="opening_confirmations")
    side = models.CharField(max_length=16, choices=Side.choices)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = MomentField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "user"], name="opening_confirmed_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.side}"


class Draw(models.Model):
    """How experts were drawn (L11): the pool, fixed before the seed existed, the seed, and the order it gives.

    Anyone can recompute it: sort the pool's public ids by SHA-256 of "<seed>:<id>".
    """

    size = models.PositiveSmallIntegerField()
    pool = models.JSONField()
    pool_digest = models.CharField(max_length=64)
    widened = models.BooleanField(default=False)
    seed = models.CharField(max_length=64)
    order = models.JSONField()
    drawn_at = MomentField()

    class Meta:
        abstract = True


class ReviewPanel(Draw):
    """The panel of a challenge with its first draw; `size` seats."""

    challenge = models.OneToOneField(Challenge, on_delete=models.PROTECT, related_name="panel")

    def __str__(self) -> str:
        return f"{self.challenge_id}: {self.size}"


class FurtherDraw(Draw):
    """A later draw among those not asked before, made when the drawn order had run out; `size` vacant seats."""

    panel = models.ForeignKey(ReviewPanel, on_delete=models.PROTECT, related_name="further_draws")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["panel", "number"], name="further_draw_once_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.panel_id} #{self.number}"


class Assignment(Stateful):
    """One reviewer's seat on a panel, from invitation to acceptance or refusal. Who sits there is secret."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=AssignmentState.choices, default=AssignmentState.INVITED)
    panel = models.ForeignKey(ReviewPanel, on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    declaration = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    created_at = MomentField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["panel", "reviewer"], name="assignment_once_per_reviewer"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reviewer"], condition=models.Q(state__in=sorted(SEATED)), name="assignment_seated"),
        ]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        return reverse("adjudication:assignment", args=[self.public_id])


class Recusal(models.Model):
    """What a reviewer who had accepted declared when giving up the seat because of a conflict (L13)."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="recusal")
    reason = models.TextField()
    declared_at = MomentField()

    def __str__(self) -> str:
        return f"{self.assignment_id}"


class Review(Stateful):
    """One reviewer's judgement of one proposal; final once locked, kept but not counted once void."""

    state = models.CharField(max_length=16, choices=ReviewState.choices, default=ReviewState.DRAFT)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reviews")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="reviews")
    comment = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment", "proposal"], name="review_once_per_reviewer_and_proposal"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} on {self.proposal_id}"


class CriterionScore(models.Model):
    """Points from 0 to 100 for one criterion. No row means not scored, which is not zero."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once_per_criterion"),
            models.CheckConstraint(condition=models.Q(points__lte=100), name="score_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.points}"


class Adjudication(models.Model):
    """The adjudicator's decision with its written reasons (L15)."""

    challenge = models.OneToOneField(Challenge, on_delete=models.PROTECT, related_name="adjudication")
    adjudicator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reasons = models.TextField()
    deviation_reason = models.TextField(blank=True)
    decided_at = MomentField()

    def __str__(self) -> str:
        return f"{self.challenge_id}"


class RankedProposal(models.Model):
    """One line of the panel's ranking as it stood at the decision; `points` in hundredths of a point."""

    adjudication = models.ForeignKey(Adjudication, on_delete=models.PROTECT, related_name="ranking")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="ranked")
    rank = models.PositiveSmallIntegerField()
    points = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["rank", "proposal__code"]

    def __str__(self) -> str:
        return f"{self.rank}. {self.proposal_id}"


class ChallengeAward(models.Model):
    """Who is to get what: proposed with the decision, final once the notice has run. `amount` in 分."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="awards")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="award")
    place = models.PositiveSmallIntegerField(default=1)
    amount = models.BigIntegerField()
    proposed_at = MomentField()
    final_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "place"], name="award_once_per_place"),
            models.CheckConstraint(condition=models.Q(amount__gt=0, amount__lte=10**15), name="award_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} #{self.place}"


class PublicNotice(models.Model):
    """The public notice (公示) of a decision: how long it runs and where objections go (L16)."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    challenge = models.OneToOneField(Challenge, on_delete=models.PROTECT, related_name="notice")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    working_days = models.PositiveSmallIntegerField()
    provisional = models.BooleanField(default=False)
    office = models.CharField(max_length=80)
    person = models.CharField(max_length=40, blank=True)
    telephone = models.CharField(max_length=40)
    address = models.CharField(max_length=160)

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        return reverse("adjudication:notice", args=[self.public_id])
