"""What a sponsor writes, and what must be in it before it may be submitted (L02). Pure: no database, no request."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from marketplace.registry.models import Region, TechnologyField
from tasks.challenges.models import ChallengeMode

SHORTEST_CALL = timedelta(days=15)
HIGHEST_BOUNTY = 10**12
"""分: ten billion yuan. More is a slip of the hand, not a reward."""
LOWEST_BOUNTY = 100_00
"""分: one hundred yuan."""
LONGEST_TITLE = 120
USUAL_WEIGHTS = (
    (_("Technical approach and originality"), 30),
    (_("How well the indicators are met"), 30),
    (_("Feasibility and team"), 25),
    (_("Cost and schedule"), 15),
)
LONGEST_TEXT = 20_000


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


def usual_criteria() -> tuple[CriterionLine, ...]:
    """What reviewers score where the sponsor names nothing else, in the active language."""
    return tuple(CriterionLine(str(name), weight) for name, weight in USUAL_WEIGHTS)


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
        """What goes into the challenge's own columns; fields, indicators and criteria have tables of their own."""
        rows = {"fields", "indicators", "criteria"}
        plain = {name: value for name, value in vars(self).items() if name not in rows}
        return {**plain, "keywords": list(self.keywords)}

    def with_defaults(self, region: Region | None) -> "Posting":
        """The posting with the sponsor's region where none was given."""
        return self if self.region else replace(self, region=region)


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


def problems(posting: Posting, *, now: datetime) -> Iterator[Problem]:
    """Everything that keeps the posting from being submitted (L02: H02, H04, H10, H22; the numbers are ours)."""
    yield from shape_problems(posting)
    yield from _missing(posting)
    yield from _criteria_problems(posting)
    if posting.deadline and posting.deadline < now + SHORTEST_CALL:
        yield Problem("deadline", _("The deadline must be at least 15 days away, so that solvers have time to answer."))
    if posting.reserved_for_sme and not posting.eligibility_reason.strip():
        yield Problem("eligibility_reason", _("A narrower call needs a reason, which everybody can read."))


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
    )
    yield from (Problem(field, message) for field, value, message in needed if not value)


def _criteria_problems(posting: Posting) -> Iterator[Problem]:
    if not posting.criteria:
        yield Problem("criteria", _("Please give at least one criterion."))
    elif any(not 0 < line.weight <= 100 for line in posting.criteria):
        yield Problem("criteria", _("Each weight must be between 1 and 100."))
    elif sum(line.weight for line in posting.criteria) != 100:  # percent
        yield Problem("criteria", _("The weights must add up to 100."))
    if not 0 < posting.threshold <= 100:  # points
        yield Problem("threshold", _("The threshold must be between 1 and 100 points."))
