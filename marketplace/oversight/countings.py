"""The named countings: what each figure counts, said once. The figure is the number of its rows, its list shows them.

A counting is a condition on published challenges, or on their awards. Nothing here looks at a proposal before the
opening: conditions about proposals and winners hold for opened and for awarded challenges only (I9).
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import OrganisationKind, SponsorClass
from marketplace.kernel.errors import NotFound
from marketplace.oversight.scope import Scope
from marketplace.registry.codes import CHINA
from tasks.adjudication.models import ChallengeAward
from tasks.challenges import queries as challenges
from tasks.challenges.lifecycle import FailureReason, State
from tasks.challenges.models import Challenge

JUDGED = (State.SEALED, State.REVIEWING, State.ADJUDICATED, State.NOTICE)
"""From the deadline to the end of the public notice."""

LATEST = 1000
"""Who answers, who wins and how long it takes is told of this many of the newest challenges concerned: of how it is
now, and at a cost that does not grow with the platform."""


def listed() -> QuerySet[Challenge]:
    """Everything ever published, with what a list shows, newest first."""
    return challenges.public_challenges()


def published(scope: Scope) -> QuerySet[Challenge]:
    """The same rows of a scope, to be counted."""
    return listed().select_related(None).prefetch_related(None).order_by().filter(scope.narrow())


def newest(scope: Scope, condition: Q) -> QuerySet[Challenge]:
    """The newest `LATEST` challenges of a scope that fulfil the condition."""
    return published(scope).filter(condition).order_by("-opened_at", "-pk")[:LATEST]


def awards(scope: Scope) -> QuerySet[ChallengeAward]:
    """First prizes of the newest awarded challenges, one a challenge, with the provinces of the two sides beside them.

    A province is told by the first two characters of the code; countries other than China count as one each.
    """
    rows = ChallengeAward.objects.filter(challenge__in=newest(scope, AWARDED).values("pk"), place=1)
    return rows.annotate(
        sponsor_province=Substr("challenge__sponsor__region__code", 1, 2),
        winner_province=Substr("proposal__organisation__region__code", 1, 2),
    )


@dataclass(frozen=True)
class Counting:
    """A name, the words for it, and the condition under which a challenge counts.

    With `prize`, a condition on its first prize, only the newest awarded ones are looked at.
    """

    name: str
    label: Any
    condition: Q = field(default_factory=Q)
    prize: Q | None = None
    recent: bool = False

    def rows(self, scope: Scope) -> QuerySet[Challenge]:
        """The challenges that count, as lists show them, newest first."""
        if self.prize is not None:
            prizes = awards(scope).filter(self.prize)
            return listed().filter(pk__in=list(prizes.values_list("challenge", flat=True)))
        if self.recent:
            return listed().filter(pk__in=list(newest(scope, self.condition).values_list("pk", flat=True)))
        return listed().filter(scope.narrow(), self.condition)

    @property
    def number(self) -> Count:
        """The figure, to be computed beside others over `published()`, or over `awards()`."""
        held = self.condition if self.prize is None else self.prize
        return Count("pk", filter=held) if held else Count("pk")

    @property
    def column(self) -> str:
        """The counting's name where a column is meant."""
        return self.name.replace("-", "_")


AWARDED = Q(state=State.AWARDED)
ANSWERED = Q(proposals_opened_at__isnull=False) & ~Q(failure_reason=FailureReason.NO_PROPOSAL)
"""At least one proposal was opened; of an unopened challenge nobody knows whether it has any."""

OWN_LINE = (OrganisationKind.ENTERPRISE, OrganisationKind.UNIVERSITY, OrganisationKind.INSTITUTE)
"""Kinds of organisation with a line of their own; the rest stand together."""


def _of_kind(*kinds: str) -> Q:
    return Q(proposal__organisation__kind__in=kinds)


_ALONE = Q(proposal__organisation=None)
_FIRM = _of_kind(OrganisationKind.ENTERPRISE)
_SMALL = Q(proposal__organisation__sponsor_class=SponsorClass.SME)
_SCHOLARLY = _of_kind(OrganisationKind.UNIVERSITY, OrganisationKind.INSTITUTE)
_PLACED = ~_ALONE & ~Q(sponsor_province=CHINA) & ~Q(winner_province=CHINA)
_BELOW = Q(failure_reason=FailureReason.BELOW_THRESHOLD)

COURSE = (
    Counting("posted", _("Posted")),
    Counting("open", _("Open for proposals"), Q(state=State.OPEN)),
    Counting("judged", _("Being judged"), Q(state__in=JUDGED)),
    Counting("awarded", _("Awarded"), AWARDED),
    Counting("failed", _("Ended without an award"), Q(state=State.FAILED)),
    Counting("cancelled", _("Cancelled"), Q(state=State.CANCELLED)),
)
"""Where a challenge stands; the last five add up to the first."""

REASONS = (
    Counting("failed-no-proposal", _("No proposal was received"), Q(failure_reason=FailureReason.NO_PROPOSAL)),
    Counting("failed-unopened", _("The proposals were not opened in time"), Q(failure_reason=FailureReason.UNOPENED)),
    Counting(
        "failed-none-admissible",
        _("No proposal passed the formal check"),
        Q(failure_reason=FailureReason.NONE_ADMISSIBLE),
    ),
    Counting("failed-below-threshold", _("No proposal reached the threshold"), _BELOW),
)

OPENINGS = (
    Counting("opened", _("Challenges whose proposals have been opened"), Q(proposals_opened_at__isnull=False)),
    Counting("answered", _("Challenges with at least one opened proposal"), ANSWERED),
)
"""Only what lies past the opening; an unopened challenge does not count here, whatever it has received."""

SAMPLES = Counting("samples", _("Sample records"), Q(is_sample=True))

ANSWERED_LATELY = Counting(
    "answered-lately", _("Newest challenges with at least one opened proposal"), ANSWERED, recent=True
)
"""Those whose solvers are told by kind."""

WON = Counting("won", _("Newest awarded challenges"), prize=Q())
"""The awards that are looked at for who won."""

WINNERS = (
    Counting("won-alone", _("Persons in their own name"), prize=_ALONE),
    Counting("won-sme", _("Small and medium enterprises"), prize=_FIRM & _SMALL),
    Counting("won-enterprise", _("Other enterprises"), prize=_FIRM & ~_SMALL),
    Counting("won-university", _("Universities"), prize=_of_kind(OrganisationKind.UNIVERSITY)),
    Counting("won-institute", _("Research institutes"), prize=_of_kind(OrganisationKind.INSTITUTE)),
    Counting("won-other", _("Other organisations"), prize=~_ALONE & ~_of_kind(*OWN_LINE)),
)
"""By kind; winners are named in the public notice anyway. These add up to `WON`."""

SHARES = (
    Counting(
        "enterprise-university",
        _("Posted by an enterprise, won by a university or research institute"),
        prize=Q(challenge__sponsor__kind=OrganisationKind.ENTERPRISE) & _SCHOLARLY,
    ),
    Counting("placed", _("Won by an organisation, with the places of both sides known"), prize=_PLACED),
    Counting(
        "cross-region",
        _("Won from another province or country than the sponsor's"),
        prize=_PLACED & ~Q(sponsor_province=F("winner_province")),
    ),
)

_REVIEWED = Q(state__in=[State.REVIEWING, State.ADJUDICATED, State.NOTICE, State.AWARDED]) | _BELOW

STAGES = (
    Counting("took-approval", _("From submission to publication"), recent=True),
    Counting("took-call", _("Open for proposals"), ~Q(state=State.OPEN), recent=True),
    Counting("took-opening", _("From the deadline to the start of review"), _REVIEWED, recent=True),
    Counting(
        "took-review",
        _("From the start of review to the decision"),
        Q(state__in=[State.NOTICE, State.AWARDED]) | _BELOW,
        recent=True,
    ),
    Counting("took-notice", _("Public notice until the award"), AWARDED, recent=True),
)
"""Newest challenges that have left a stage behind; `stages.py` says from when to when it ran."""

COUNTINGS: dict[str, Counting] = {
    one.name: one
    for group in (COURSE, REASONS, OPENINGS, (SAMPLES, ANSWERED_LATELY, WON), WINNERS, SHARES, STAGES)
    for one in group
}


def counting(name: str) -> Counting:
    """The counting of this name. Raises NotFound."""
    if name not in COUNTINGS:
        raise NotFound
    return COUNTINGS[name]
