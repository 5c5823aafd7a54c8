"""The panel's scores as one sheet: criteria, reviewers by letter, totals, ranking. Withheld until it is complete."""

from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.crypto import salted_hmac

from tasks.adjudication import scoring
from tasks.adjudication.lifecycle import SEATED, AssignmentState, ReviewState
from tasks.adjudication.models import Assignment, Review
from tasks.adjudication.scoring import PERCENT, TRIM_FROM, Ranked
from tasks.adjudication.turns import QUORUM
from tasks.challenges.models import Challenge, Criterion
from tasks.proposals import queries as proposals
from tasks.proposals.lifecycle import ProposalState
from tasks.proposals.models import Proposal

ADMITTED = frozenset(
    {ProposalState.UNDER_REVIEW, ProposalState.WINNING, ProposalState.RESERVE, ProposalState.NOT_SELECTED}
)
"""States of a proposal that the panel scores or has scored."""


@dataclass(frozen=True)
class Mark:
    """One reviewer's locked review of one proposal; `points` in the order of the criteria.

    `trimmed` marks the highest and the lowest total, which do not count from five reviewers up (L13).
    """

    reviewer: str
    points: list[int]
    total: Fraction
    comment: str
    trimmed: bool = False

    @property
    def hundredths(self) -> int:
        """The total in hundredths of a point, rounded half up."""
        return int(self.total * PERCENT + Fraction(1, 2))


@dataclass(frozen=True)
class SheetLine:
    """One proposal: its place, its combined points in hundredths, whether they reach the threshold, its marks."""

    proposal: Proposal
    ranked: Ranked
    reaches: bool
    marks: list[Mark]
    criteria: list[Criterion]

    @property
    def rows(self) -> list[tuple[Criterion, list[int]]]:
        """The points with criteria down and reviewers across."""
        return [(one, [mark.points[place] for mark in self.marks]) for place, one in enumerate(self.criteria)]


@dataclass(frozen=True)
class ScoreSheet:
    """The ranking with what it rests on. Reviewers are letters, in an order that says nothing about the seats."""

    lines: list[SheetLine]
    outstanding: int

    @property
    def trimmed(self) -> bool:
        """Whether any total was left out (L13)."""
        return any(mark.trimmed for line in self.lines for mark in line.marks)

    @property
    def winners(self) -> list[SheetLine]:
        """Those that may be chosen: at or above the threshold, in the order of the ranking."""
        return [line for line in self.lines if line.reaches]


@dataclass
class _Gathered:
    proposal: Proposal
    reviews: list[Review] = field(default_factory=list)


def score_sheet(challenge: Challenge) -> ScoreSheet | None:
    """The sheet once every admitted proposal has a quorum of locked reviews; None before, so that nobody steers (L13).

    Only locked reviews of accepted seats count; `outstanding` says how many are still missing.
    """
    admitted = list(proposals.opened_in(challenge).filter(state__in=ADMITTED))
    gathered = {one.pk: _Gathered(one) for one in admitted}
    letters = _letters(challenge)
    for review in _locked(challenge):
        gathered[review.proposal_id].reviews.append(review)
    if not gathered or any(len(one.reviews) < QUORUM for one in gathered.values()):
        return None
    criteria = list(challenge.criteria.all())
    marks = {one.proposal.code: _marks(one.reviews, criteria, letters) for one in gathered.values()}
    ranking = scoring.ranking({code: [mark.total for mark in given] for code, given in marks.items()})
    by_code = {one.proposal.code: one.proposal for one in gathered.values()}
    lines = [
        SheetLine(by_code[one.code], one, one.points >= challenge.threshold, marks[one.code], criteria)
        for one in ranking
    ]
    due = Assignment.objects.filter(panel__challenge=challenge, state__in=SEATED).count() * len(lines)
    return ScoreSheet(lines, due - sum(len(line.marks) for line in lines))


def _locked(challenge: Challenge) -> list[Review]:
    rows = Review.objects.filter(
        assignment__panel__challenge=challenge,
        assignment__state=AssignmentState.ACCEPTED,
        state=ReviewState.LOCKED,
        proposal__state__in=ADMITTED,
    )
    return list(rows.select_related("assignment").prefetch_related("scores"))


def _letters(challenge: Challenge) -> dict[int, str]:
    """A letter for each accepted seat, in an order that only this server's key gives.

    The seats' own order would give the names away, and so would that of their ids, which stand in addresses beside
    the names.
    """
    accepted = Assignment.objects.filter(panel__challenge=challenge, state=AssignmentState.ACCEPTED)
    places = {pk: salted_hmac(__name__, seat).hexdigest() for pk, seat in accepted.values_list("pk", "public_id")}
    return {pk: chr(ord("A") + place) for place, pk in enumerate(sorted(places, key=places.__getitem__))}


def _marks(reviews: list[Review], criteria: list[Criterion], letters: dict[int, str]) -> list[Mark]:
    marks = [_mark(review, criteria, letters[review.assignment_id]) for review in reviews]
    left_out = sorted(marks, key=lambda mark: (mark.total, mark.reviewer))
    out = {left_out[0].reviewer, left_out[-1].reviewer} if len(marks) >= TRIM_FROM else set()
    ordered = sorted(marks, key=lambda mark: mark.reviewer)
    return [
        Mark(mark.reviewer, mark.points, mark.total, mark.comment, trimmed=mark.reviewer in out) for mark in ordered
    ]


def _mark(review: Review, criteria: list[Criterion], letter: str) -> Mark:
    given = {score.criterion_id: score.points for score in review.scores.all()}
    weights = {str(one.pk): one.weight for one in criteria}
    total = scoring.weighted_total({str(pk): points for pk, points in given.items()}, weights)
    return Mark(letter, [given[one.pk] for one in criteria], total, review.comment)
