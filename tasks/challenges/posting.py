"""What a sponsor writes, and what must be in it before it may be submitted (L02). Pure: no database, no request."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organisation
from marketplace.registry.models import Region, TechnologyField
from tasks.challenges.choices import LEVELS, NARROW, Abroad, Audience, CriterionKind, NameShown, PrizeRule, RewardKind
from tasks.challenges.models import ChallengeMode, IPTerms

SHORTEST_CALL = timedelta(days=15)
HIGHEST_BOUNTY = 10**12
"""分: ten billion yuan. More is a slip of the hand, not a reward."""
LOWEST_BOUNTY = 100_00
"""分: one hundred yuan."""
LONGEST_TITLE = 120
LONGEST_TEXT = 20_000
USUAL_CALL = timedelta(days=30)
"""How long a call runs where its sponsor says nothing."""
USUAL_TERMS = IPTerms.SOLVER_KEEPS
"""Who owns the result where its sponsor says nothing: the solver, and the sponsor is licensed."""
WHOLE = 100
LONGEST_PLAN = 520
"""Weeks: ten years."""


@dataclass(frozen=True)
class IndicatorLine:
    name: str
    op: str
    value: str
    unit: str = ""


@dataclass(frozen=True)
class CriterionLine:
    name: str
    weight: int
    kind: str = CriterionKind.JUDGED
    op: str = ""
    limit: str = ""
    unit: str = ""
    guideline: str = ""
    test_method: str = ""

    @property
    def target(self) -> str:
        """What a number has to reach."""
        return " ".join(part for part in (self.op, self.limit, self.unit) if part)

    @property
    def kind_words(self) -> str:
        """How it is judged, in words."""
        return str(CriterionKind(self.kind).label)


@dataclass(frozen=True)
class PlaceLine:
    """A prize place; the first line is the first place. In 分."""

    amount: int


@dataclass(frozen=True)
class MilestoneLine:
    """A step of the work: weeks after signature, share of the amount in percent."""

    name: str
    weeks: int
    share: int


def one_criterion() -> tuple[CriterionLine, ...]:
    """What is scored where a sponsor says nothing: how well the indicators are met, with all the weight."""
    guideline = _(
        "Full points where every indicator is met and shown by evidence, half where the plan makes it likely, "
        "none where it does not."
    )
    return (CriterionLine(str(_("Meets the indicators")), WHOLE, guideline=str(guideline)),)


class Problem(NamedTuple):
    """One thing that keeps a posting from being submitted, and the form field it belongs to."""

    field: str
    message: Any


@dataclass(frozen=True, kw_only=True)
class Posting:
    """The content of a challenge as its sponsor writes it. Amount in 分, deadline aware."""

    title: str
    title_en: str = ""
    description: str = ""
    description_en: str = ""
    language: str = "zh-hans"
    kind: str = "TECH_NEED"
    problem_kind: str = ""
    mode: str = ""
    fields: tuple[TechnologyField, ...] = ()
    keywords: tuple[str, ...] = ()
    region: Region | None = None
    indicators: tuple[IndicatorLine, ...] = ()
    criteria: tuple[CriterionLine, ...] = ()
    bounty_amount: int | None = None
    reward_kinds: tuple[str, ...] = (RewardKind.CASH,)
    reward_terms: str = ""
    prize_rule: str = PrizeRule.BEST_OF
    places: tuple[PlaceLine, ...] = ()
    milestones: tuple[MilestoneLine, ...] = ()
    audience: str = Audience.EXTERNAL
    chain: tuple[Organisation, ...] = ()
    abroad: str = Abroad.PARTNER
    abroad_reason: str = ""
    start_level: int | None = None
    target_level: int | None = None
    name_shown: str = NameShown.SHOWN
    no_secrets: bool = False
    deadline: datetime | None = None
    ip_terms: str = ""
    threshold: int = 60
    reserved_for_sme: bool = False
    eligibility_reason: str = ""
    consent_at_submission: bool = False
    contact_office: str = ""
    contact_person: str = ""
    contact_telephone: str = ""
    contact_address: str = ""

    def columns(self) -> dict[str, Any]:
        """What goes into the challenge's own columns; what there are several of has tables of its own."""
        plain = {name: value for name, value in vars(self).items() if name not in ROWS}
        return {**plain, "keywords": list(self.keywords), "reward_kinds": list(self.reward_kinds)}

    def with_defaults(self, region: Region | None) -> "Posting":
        """The posting with the sponsor's region where none was given."""
        return self if self.region else replace(self, region=region)


ROWS = frozenset({"fields", "indicators", "criteria", "places", "milestones", "chain"})
"""Parts of a posting with tables of their own."""


def shape_problems(posting: Posting) -> Iterator[Problem]:
    """What no draft may hold either: a text without end, an amount that cannot be."""
    if not posting.title.strip():
        yield Problem("title", _("Please give the challenge a title."))
    if len(posting.title) > LONGEST_TITLE:
        yield Problem("title", _("The title is too long: 120 characters at most."))
    if max(len(posting.description), len(posting.description_en)) > LONGEST_TEXT:
        yield Problem("description", _("The description is too long: 20,000 characters at most."))
    if posting.bounty_amount is not None and not LOWEST_BOUNTY <= posting.bounty_amount <= HIGHEST_BOUNTY:
        yield Problem("bounty", _("The reward must be between CNY 100 and CNY 10 billion."))
    if any(not 0 < place.amount <= HIGHEST_BOUNTY for place in posting.places):
        yield Problem("places", _("Each prize must be more than nothing and at most CNY 10 billion."))
    if any(not 0 < line.share <= WHOLE or not 0 < line.weeks <= LONGEST_PLAN for line in posting.milestones):
        yield Problem("milestones", _("Each milestone takes 1 to 520 weeks and 1 to 100 % of the amount."))


def problems(posting: Posting, *, now: datetime) -> Iterator[Problem]:
    """Everything that keeps the posting from being submitted (L02: H02, H04, H10, H22; the numbers are ours)."""
    yield from shape_problems(posting)
    yield from _missing(posting)
    yield from _criteria_problems(posting)
    if posting.deadline and posting.deadline < now + SHORTEST_CALL:
        yield Problem("deadline", _("The deadline must be at least 15 days away, so that solvers have time to answer."))
    yield from _audience_problems(posting)
    yield from _reward_problems(posting)
    yield from _plan_problems(posting)
    yield from _level_problems(posting)


def _missing(posting: Posting) -> Iterator[Problem]:
    needed = (
        ("description", posting.description.strip(), _("Please describe the need.")),
        ("problem_kind", posting.problem_kind, _("Please say what kind of problem it is.")),
        ("mode", posting.mode in ChallengeMode.values, _("Please choose task mode or bounty mode.")),
        ("fields", posting.fields, _("Please choose at least one technology field.")),
        ("region", posting.region, _("Please choose the region.")),
        ("indicators", posting.indicators, _("Please give at least one measurable indicator.")),
        ("bounty", posting.bounty_amount, _("Please state the reward.")),
        ("deadline", posting.deadline, _("Please set the deadline.")),
        ("ip_terms", posting.ip_terms, _("Please say who will hold the rights in the result.")),
        ("contact_office", posting.contact_office.strip(), _("Please name the office that receives objections.")),
        ("contact_telephone", posting.contact_telephone.strip(), _("Please give a telephone number.")),
        ("contact_address", posting.contact_address.strip(), _("Please give an address.")),
        (
            "no_secrets",
            posting.no_secrets,
            _("Please confirm that your organisation has looked the text through and nothing in it is classified."),
        ),
    )
    yield from (Problem(field, message) for field, value, message in needed if not value)


def _criteria_problems(posting: Posting) -> Iterator[Problem]:
    if not posting.criteria:
        yield Problem("criteria", _("Please give at least one criterion."))
    elif any(not 0 < line.weight <= 100 for line in posting.criteria):
        yield Problem("criteria", _("Each weight must be between 1 and 100."))
    elif sum(line.weight for line in posting.criteria) != WHOLE:
        yield Problem("criteria", _("The weights must add up to 100."))
    numbers = [line for line in posting.criteria if line.kind == CriterionKind.NUMBER]
    if any(not (line.op and line.limit.strip()) for line in numbers):
        yield Problem("criteria", _("A criterion that is a number needs a comparison and a limit."))
    if any(not line.test_method.strip() for line in numbers):
        yield Problem("criteria", _("A criterion that is a number needs a test method: how it is measured."))
    if not 0 < posting.threshold <= 100:  # points
        yield Problem("threshold", _("The threshold must be between 1 and 100 points."))


def _audience_problems(posting: Posting) -> Iterator[Problem]:
    """T07, J07, H22, N17d: a narrower call says why, and whoever is called from abroad can read it."""
    narrow = posting.reserved_for_sme or posting.audience in NARROW
    if narrow and not posting.eligibility_reason.strip():
        yield Problem("eligibility_reason", _("A narrower call needs a reason, which everybody can read."))
    if posting.audience not in Audience.values:
        yield Problem("audience", _("Please say who may propose."))
    if posting.audience == Audience.CHAIN and not posting.chain:
        yield Problem("chain", _("Please name the suppliers of your chain who may answer."))
    if posting.abroad == Abroad.NO and not posting.abroad_reason.strip():
        yield Problem("abroad_reason", _("Please say why solvers from abroad may not answer; everybody can read it."))
    if posting.abroad == Abroad.YES and not posting.title_en.strip():
        yield Problem("title_en", _("A call that is open abroad needs a title in English."))
    if posting.abroad == Abroad.YES and not posting.description_en.strip():
        yield Problem("description_en", _("A call that is open abroad needs a summary in English."))


def _reward_problems(posting: Posting) -> Iterator[Problem]:
    """H04, 4.1: each kind of reward is said, and the places share the whole bounty."""
    if not posting.reward_kinds or not set(posting.reward_kinds) <= set(RewardKind.values):
        yield Problem("reward_kinds", _("Please say what the reward is."))
    if set(posting.reward_kinds) - {RewardKind.CASH} and not posting.reward_terms.strip():
        yield Problem("reward_terms", _("Please describe the part of the reward that is not cash."))
    if posting.prize_rule == PrizeRule.PLACES and posting.mode == ChallengeMode.BOUNTY:
        yield from _place_problems(posting)


def _place_problems(posting: Posting) -> Iterator[Problem]:
    amounts = [place.amount for place in posting.places]
    if len(amounts) < 2:  # one place is no places
        yield Problem("places", _("Please give the prizes of at least two places."))
    elif sum(amounts) != posting.bounty_amount:
        yield Problem("places", _("The prizes of the places must add up to the reward."))
    elif amounts != sorted(amounts, reverse=True):
        yield Problem("places", _("No place wins more than the one before it."))


def _plan_problems(posting: Posting) -> Iterator[Problem]:
    """4.6: milestones follow each other, and their shares make the whole amount."""
    if not posting.milestones or posting.mode != ChallengeMode.TASK:
        return
    if sum(line.share for line in posting.milestones) != WHOLE:
        yield Problem("milestones", _("The shares of the milestones must add up to 100."))
    weeks = [line.weeks for line in posting.milestones]
    if weeks != sorted(set(weeks)):
        yield Problem("milestones", _("Each milestone comes later than the one before it."))


def _level_problems(posting: Posting) -> Iterator[Problem]:
    for name, level in (("start_level", posting.start_level), ("target_level", posting.target_level)):
        if level is not None and level not in LEVELS:
            yield Problem(name, _("Please choose one of the nine levels of readiness."))
    if posting.start_level and posting.target_level and posting.target_level < posting.start_level:
        yield Problem("target_level", _("The technology wanted cannot be less ready than what there is."))
