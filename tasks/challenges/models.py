"""A challenge with its indicators and criteria, and the batch it may be published in."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organisation, User
from marketplace.kernel import clock
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful
from marketplace.kernel.moments import BEIJING
from tasks.challenges.choices import (
    Abroad,
    Audience,
    BatchKind,
    CriterionKind,
    NameShown,
    PrizeRule,
    RewardKind,
    level_words,
)
from tasks.challenges.lifecycle import PUBLIC, FailureReason, State


class ChallengeKind(models.TextChoices):
    """The policy documents' four words for what is posted (N17b, N17c, H08)."""

    TECH_NEED = "TECH_NEED", _("technical need")
    RD_TASK = "RD_TASK", _("R&D task")
    CORE_TECH_TASK = "CORE_TECH_TASK", _("core-technology task")
    KEY_TECH_PROJECT = "KEY_TECH_PROJECT", _("key-technology project")


class ProblemKind(models.TextChoices):
    """H02: key and common technology are told apart from a single product's need."""

    KEY = "KEY", _("key technology")
    COMMON = "COMMON", _("common technology")
    PRODUCT = "PRODUCT", _("product need")
    OTHER = "OTHER", _("other")


class ChallengeMode(models.TextChoices):
    """H10: work to be done, or a problem with a prize on its solution."""

    TASK = "TASK", _("task mode")
    BOUNTY = "BOUNTY", _("bounty mode")


WON_AS_PRIZE: dict[str, Any] = {
    State.ADJUDICATED: pgettext_lazy("bounty mode", "award proposed"),
    State.AWARDED: pgettext_lazy("bounty mode", "awarded"),
}
"""Two states read otherwise where a prize is won."""
HELD = _("suspended")
OPENED_BUT_NOT_REVIEWED = _("proposals opened, awaiting review")


class IPTerms(models.TextChoices):
    """Who holds the rights in the result, said before anybody proposes."""

    SOLVER_KEEPS = "SOLVER_KEEPS", _("the solver keeps the rights, the sponsor gets a licence")
    SPONSOR_OWNS = "SPONSOR_OWNS", _("the sponsor acquires the rights with the award")
    JOINT = "JOINT", _("joint ownership")
    NEGOTIATED = "NEGOTIATED", _("to be agreed in the contract")


def _today() -> date:
    return clock.now().astimezone(BEIJING).date()


class ChallengeBatch(models.Model):
    """Several challenges under one roof: a government's publication on a planned day (榜单, N17c), or a leading
    enterprise's product programme with the goals and resources it opens (H08).
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="batches")
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=BatchKind.choices, default=BatchKind.BATCH)
    opens_on = models.DateField(default=_today)
    """The planned day; the calendar shows it from the beginning on."""
    study = models.TextField(blank=True)
    resources = models.TextField(blank=True)
    announced = models.BooleanField(default=False)
    """Everybody may know of it before its first challenge is published."""
    is_sample = models.BooleanField(default=False)
    created_at = MomentField()

    def __str__(self) -> str:
        return self.title_en if self.title_en and _english() else self.title


def _cash() -> list[str]:
    return [RewardKind.CASH.value]


class Challenge(Stateful):
    """A posted need for R&D with measurable indicators, a reward and a deadline.

    Amounts are integer 分 of CNY. Before submission every content column may be empty: anyone may draft.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT, db_index=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="challenges_drafted")
    sponsor = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="challenges")
    batch = models.ForeignKey(ChallengeBatch, null=True, on_delete=models.PROTECT, related_name="challenges")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="work_packages")
    reserved_for_sme = models.BooleanField(default=False)
    eligibility_reason = models.CharField(max_length=300, blank=True)
    consent_at_submission = models.BooleanField(default=False)
    """J08: whoever answers alone brings the employer's consent with the proposal; else it is due with the contract."""

    kind = models.CharField(max_length=20, choices=ChallengeKind.choices, default=ChallengeKind.TECH_NEED)
    problem_kind = models.CharField(max_length=8, choices=ProblemKind.choices, blank=True)
    mode = models.CharField(max_length=8, choices=ChallengeMode.choices, blank=True)
    language = models.CharField(max_length=8, default="zh-hans")
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    keywords = models.JSONField(default=list)
    fields = models.ManyToManyField("registry.TechnologyField", related_name="challenges")
    region = models.ForeignKey("registry.Region", null=True, on_delete=models.PROTECT, related_name="challenges")
    bounty_amount = models.BigIntegerField(null=True)
    reward_kinds = models.JSONField(default=_cash)
    reward_terms = models.CharField(max_length=600, blank=True)
    prize_rule = models.CharField(max_length=12, choices=PrizeRule.choices, default=PrizeRule.BEST_OF)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.EXTERNAL)
    chain = models.ManyToManyField(Organisation, related_name="challenges_of_its_chain")
    """J07: the suppliers an audience CHAIN means."""
    abroad = models.CharField(max_length=8, choices=Abroad.choices, default=Abroad.PARTNER)
    abroad_reason = models.CharField(max_length=300, blank=True)
    start_level = models.PositiveSmallIntegerField(null=True)
    target_level = models.PositiveSmallIntegerField(null=True)
    name_shown = models.CharField(max_length=10, choices=NameShown.choices, default=NameShown.SHOWN)
    no_secrets = models.BooleanField(default=False)
    """The sponsor has had the text and the files looked through: nothing in them is classified (不含涉密内容)."""
    deadline = models.DateTimeField(null=True)
    ip_terms = models.CharField(max_length=16, choices=IPTerms.choices, blank=True)
    threshold = models.PositiveSmallIntegerField(default=60)
    contact_office = models.CharField(max_length=80, blank=True)
    contact_person = models.CharField(max_length=40, blank=True)
    contact_telephone = models.CharField(max_length=40, blank=True)
    contact_address = models.CharField(max_length=160, blank=True)

    adjudicator = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="cases_adjudicated")
    supervisor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="cases_supervised")
    return_reason = models.TextField(blank=True)
    failure_reason = models.CharField(max_length=16, choices=FailureReason.choices, blank=True)
    opened_at = models.DateTimeField(null=True)
    proposals_opened_at = models.DateTimeField(null=True)
    held_since = models.DateTimeField(null=True)
    """While this is set the challenge stands still (`holds.Hold`): its deadline does not come."""
    created_at = MomentField(editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "deadline"]),
            models.Index(fields=["-opened_at"]),
            models.Index(fields=["state", "opened_at"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(bounty_amount=None) | models.Q(bounty_amount__gt=0, bounty_amount__lte=10**15),
                name="challenge_bounty_in_range",
            ),
            models.CheckConstraint(
                condition=models.Q(adjudicator=None) | ~models.Q(adjudicator=models.F("supervisor")),
                name="challenge_adjudicator_is_not_supervisor",
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        return reverse("challenges:detail", args=[self.public_id])

    @property
    def state_label(self) -> str:
        """The state in words, or that it stands still.

        A task is taken on (中榜), a prize is won (获奖); after the opening no opening is awaited.
        """
        if self.held_since:
            return str(HELD)
        if self.state == State.SEALED and self.proposals_opened_at:
            return str(OPENED_BUT_NOT_REVIEWED)
        won = WON_AS_PRIZE if self.mode == ChallengeMode.BOUNTY else {}
        return str(won.get(self.state) or State(self.state).label)

    @property
    def look(self) -> str:
        """The code by which the state's mark is chosen."""
        return "SUSPENDED" if self.held_since else str(self.state)

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it: published, and not for the sponsor's own people alone (T07, H04)."""
        return self.state in PUBLIC and self.audience != Audience.INTERNAL

    @property
    def names_sponsor(self) -> bool:
        """Whether everybody may know who posts it; `policy.may_know_sponsor` answers for one person (名称保密)."""
        return self.name_shown == NameShown.SHOWN or self.state == State.AWARDED

    @property
    def named_sponsor(self) -> Organisation | None:
        """The sponsor, for pages that everybody reads; None where it keeps its name to itself."""
        return self.sponsor if self.names_sponsor else None

    @property
    def reward_words(self) -> str:
        """The kinds of reward in words."""
        return " + ".join(str(RewardKind(one).label) for one in self.reward_kinds)

    @property
    def start_words(self) -> str:
        """How ready the technology is now, in words."""
        return level_words(self.start_level)

    @property
    def target_words(self) -> str:
        """How ready it has to become, in words."""
        return level_words(self.target_level)

    @property
    def heading(self) -> str:
        """The title in the reader's language, if the sponsor wrote one."""
        return self.title_en if self.title_en and _english() else self.title

    @property
    def heading_language(self) -> str:
        """The language `heading` is in, for `lang=`."""
        return "en" if self.title_en and _english() else self.language


class ChallengeRelease(models.Model):
    """An officer has handed in this version of a posting, as the first of the two its organisation asks for."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="releases")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    of_version = models.PositiveIntegerField()
    released_at = MomentField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "person", "of_version"], name="release_once_by_each"),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} version {self.of_version}"


class Indicator(models.Model):
    """A measurable target (考核指标): name, comparison, value, unit. The value may be a range, hence text."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="indicators")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    op = models.CharField(max_length=4, blank=True)
    value = models.CharField(max_length=60)
    unit = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        return " ".join(part for part in (self.name, self.op, self.value, self.unit) if part)


class Criterion(models.Model):
    """What reviewers score, with its weight in percent; the weights of a challenge add up to 100 (L02).

    A number has a limit to reach, a judgement a guideline; either says how it is tested.
    """

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    weight = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=CriterionKind.choices, default=CriterionKind.JUDGED)
    op = models.CharField(max_length=4, blank=True)
    limit = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    guideline = models.CharField(max_length=1000, blank=True)
    test_method = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(weight__gt=0, weight__lte=100), name="criterion_weight_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.weight}"


class PrizePlace(models.Model):
    """A place that wins a prize of its own, where several do; the amounts add up to the bounty. In 分."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="prize_places")
    order = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount__gt=0, amount__lte=10**15), name="prize_place_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.order + 1}: {self.amount}"


class PlannedMilestone(models.Model):
    """A step of the work in task mode: when after signature, and which share of the amount it is paid with."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="planned_milestones")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    weeks = models.PositiveSmallIntegerField()
    share = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(share__gt=0, share__lte=100), name="milestone_share_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.share}"


class NonDisclosure(models.Model):
    """Somebody has accepted the non-disclosure terms of a challenge, in this edition (附件保密承诺)."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="disclosures")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    edition = models.CharField(max_length=10)
    accepted_at = MomentField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "person", "edition"], name="non_disclosure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.edition}"


def _english() -> bool:
    return (get_language() or "").startswith("en")
