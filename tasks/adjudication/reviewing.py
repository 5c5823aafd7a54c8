"""What a reviewer reads: the seats they hold, what each asks of them, and proposals without a name."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.queries import Person
from tasks.adjudication import queries
from tasks.adjudication.lifecycle import AssignmentState, ReviewState
from tasks.adjudication.models import Assignment, Review
from tasks.challenges.lifecycle import State
from tasks.proposals.content import Answer
from tasks.proposals.lifecycle import ProposalState
from tasks.proposals.models import Proposal


class ReviewerDuty(models.TextChoices):
    """What a seat asks of its reviewer next, in words for a list."""

    ANSWER = "ANSWER", _("Accept or decline the invitation")
    SCORE = "SCORE", _("Score the proposals")
    AWAIT_START = "AWAIT_START", _("Wait until the review begins")
    AWAIT_DECISION = "AWAIT_DECISION", _("All your scores are locked; the adjudicator decides")
    OVER = "OVER", _("The review is over")


ACTIVE = (ReviewerDuty.ANSWER, ReviewerDuty.SCORE)
"""Duties in which it is the reviewer's turn, the more urgent first."""


@dataclass(frozen=True)
class Seat:
    """One seat with how many proposals there are to score and how many are locked; 0 and 0 before the review."""

    assignment: Assignment
    due: int
    locked: int

    @property
    def duty(self) -> ReviewerDuty:
        """What comes next. Says nothing about proposals before the review has begun."""
        state = self.assignment.panel.challenge.state
        if state not in {State.SEALED, State.REVIEWING}:
            return ReviewerDuty.OVER
        if self.assignment.state == AssignmentState.INVITED:
            return ReviewerDuty.ANSWER
        if state == State.SEALED:
            return ReviewerDuty.AWAIT_START
        return ReviewerDuty.SCORE if self.locked < self.due else ReviewerDuty.AWAIT_DECISION

    @property
    def mine(self) -> bool:
        """Whether it is the reviewer's turn."""
        return self.duty in ACTIVE


@dataclass(frozen=True)
class MaskedProposal:
    """A proposal as a reviewer may read it: no author, no organisation, no team. `price_amount` in 分."""

    public_id: str
    """By which its files are asked for; no page of the proposal itself answers a reviewer."""
    code: str
    title: str
    approach: str
    indicators_answer: str
    answers: tuple[Answer, ...]
    ai_use: str
    ai_note: str
    schedule: str
    price_amount: int | None
    state: str

    @classmethod
    def of(cls, proposal: Proposal, review: Review | None) -> "MaskedProposal":
        """The proposal without names, and how far this reviewer has come with it ("" for not begun)."""
        said = proposal.content
        return cls(
            public_id=proposal.public_id,
            code=proposal.code,
            title=said.title,
            approach=said.approach,
            indicators_answer=said.indicators_answer,
            answers=said.answers,
            ai_use=said.ai_use,
            ai_note=said.ai_note,
            schedule=said.schedule,
            price_amount=said.price_amount,
            state=review.state if review else "",
        )


def seats_of(person: Person) -> list[Seat]:
    """The person's seats, those that wait for them first, in one query."""
    rows = queries.assignments_of(person).annotate(
        due_reviews=Coalesce(_admitted(), 0),
        locked_reviews=Count("reviews", filter=Q(reviews__state=ReviewState.LOCKED)),
    )
    seats = [_seat(row) for row in rows]
    order = list(ReviewerDuty)
    return sorted(seats, key=lambda seat: (order.index(seat.duty), seat.assignment.moved_at))


def proposals_for(assignment: Assignment) -> list[MaskedProposal]:
    """The proposals this reviewer scores, by code. Nothing before the review has begun or without acceptance."""
    return [MaskedProposal.of(proposal, review) for proposal, review in queries.to_review(assignment)]


def _seat(row: Assignment) -> Seat:
    counted = vars(row)
    reviewing = row.state == AssignmentState.ACCEPTED and row.panel.challenge.state == State.REVIEWING
    return Seat(row, counted["due_reviews"] if reviewing else 0, counted["locked_reviews"])


def _admitted() -> Subquery:
    """How many proposals the seat's challenge has under review, without a query for each seat."""
    admitted = Proposal.objects.filter(challenge=OuterRef("panel__challenge"), state=ProposalState.UNDER_REVIEW)
    return Subquery(admitted.order_by().values("challenge").annotate(number=Count("pk")).values("number"))
