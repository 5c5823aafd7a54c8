"""Who answers, by kind: told in bands and only of many at once, so that nobody who lost is given away.

Names of those who did not win are not published. A kind can be as good as a name where few answered, so kinds are
shown from ten solvers of three challenges on, and as bands of five, the lowest of which holds none as well as four.
docs/decisions/0004-public-figures.md gives the reasons.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import OrganisationKind, SponsorClass
from marketplace.oversight import countings
from marketplace.oversight.scope import Scope
from tasks.proposals.lifecycle import OPENED
from tasks.proposals.models import Proposal

FEWEST_SOLVERS = 10
FEWEST_CHALLENGES = 3
BAND = 5

KINDS: dict[str, Any] = {
    "ALONE": _("Persons in their own name"),
    "SME": _("Small and medium enterprises"),
    "ENTERPRISE": _("Other enterprises"),
    "UNIVERSITY": _("Universities"),
    "INSTITUTE": _("Research institutes"),
    "OTHER": _("Other organisations"),
}
_SME = Q(organisation__kind=OrganisationKind.ENTERPRISE, organisation__sponsor_class=SponsorClass.SME)


@dataclass(frozen=True)
class Band:
    """From `low` to `high` solvers, both included."""

    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.low}–{self.high}"


@dataclass(frozen=True)
class Solvers:
    """What is published about those who answered: all proposals exactly, the newest solvers in bands or not at all."""

    proposals: int
    challenges: int
    """The newest challenges whose solvers are told by kind."""
    kinds: dict[str, Band]
    """Empty where too few answered to tell."""


def opened_proposals(scope: Scope) -> QuerySet[Proposal]:
    """Proposals past the opening. Only the opening itself gives these states, so nothing earlier can be among them."""
    return Proposal.objects.filter(scope.narrow("challenge__"), state__in=OPENED).order_by()


def solvers(scope: Scope) -> Solvers:
    """All opened proposals, and the kinds of those who wrote to the newest answered challenges."""
    proposals = opened_proposals(scope).count()
    newest = list(countings.newest(scope, countings.ANSWERED).values_list("pk", flat=True))
    counts = _by_kind(newest)
    enough = sum(counts.values()) >= FEWEST_SOLVERS and len(newest) >= FEWEST_CHALLENGES
    return Solvers(proposals, len(newest), banded(counts) if enough else {})


def banded(counts: dict[str, int]) -> dict[str, Band]:
    """Each number as the band of five it lies in."""
    return {kind: Band(count - count % BAND, count - count % BAND + BAND - 1) for kind, count in counts.items()}


def _by_kind(challenges: list[int]) -> dict[str, int]:
    """How many organisations, or persons who answered alone, of each kind; each counts once."""
    opened = Proposal.objects.filter(challenge__in=challenges, state__in=OPENED).order_by()
    alone = Case(When(organisation=None, then=F("author")))
    parties = opened.values("organisation", kind=_kind(), alone=alone).annotate(written=Count("pk"))
    return parties.aggregate(**{kind: Count("written", filter=Q(kind=kind)) for kind in KINDS})


def _kind() -> Case:
    return Case(
        When(organisation=None, then=Value("ALONE")),
        When(_SME, then=Value("SME")),
        When(organisation__kind__in=countings.OWN_LINE, then=F("organisation__kind")),
        default=Value("OTHER"),
        output_field=CharField(),
    )
