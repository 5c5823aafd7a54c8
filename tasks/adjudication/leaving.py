"""When the adjudicator may give a seat to the next expert: a conflict in the records, or no answer or score in time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.registry import queries as registry
from tasks.adjudication import queries
from tasks.adjudication.lifecycle import SEATED, AssignmentState, ReviewState
from tasks.adjudication.models import Assignment
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tasks.proposals import queries as proposals
from tasks.proposals.lifecycle import ProposalState

ANSWER_WORKING_DAYS = 3
"""How long an invitation waits for its answer before the adjudicator may pass it on."""
REVIEW_WORKING_DAYS = 10
"""How long a reviewer has for scoring, from acceptance or from the start of the review, whichever is later."""

UNDECIDED = frozenset({State.SEALED, State.REVIEWING})
"""Between the deadline and the decision: seats are taken, given up and passed on."""


class Ground(models.TextChoices):
    """Why a seat may be given to the next."""

    CONFLICT = "CONFLICT", _("The records show a conflict of interest.")
    UNANSWERED = "UNANSWERED", _("The invitation was not answered in time.")
    UNSCORED = "UNSCORED", _("Not every proposal was scored in time.")


def ground_for(assignment: Assignment, now: datetime) -> Ground | None:
    """The ground on which this seat may be given to the next at this moment; None while there is none."""
    return grounds_for(assignment.panel.challenge, [assignment], now).get(assignment.pk)


def grounds_for(challenge: Challenge, seats: Iterable[Assignment], now: datetime) -> dict[int, Ground]:
    """The same for several seats of one panel, by primary key; seats that are their reviewers' are left out."""
    if challenge.state not in UNDECIDED:
        return {}
    bound = queries.bound_to(challenge)
    held = [seat for seat in seats if seat.state in SEATED]
    found = {seat.pk: Ground.CONFLICT if seat.reviewer_id in bound else _overdue(seat, challenge, now) for seat in held}
    return {pk: ground for pk, ground in found.items() if ground}


def answer_due(assignment: Assignment) -> datetime:
    """Until when the invitation is the invited person's alone to answer; it stays open until it is passed on."""
    return registry.add_working_days(assignment.moved_at, ANSWER_WORKING_DAYS).end


def scores_due(assignment: Assignment) -> datetime:
    """Until when the seat is its reviewer's alone, once the review runs."""
    since = max(assignment.moved_at, assignment.panel.challenge.moved_at)
    return registry.add_working_days(since, REVIEW_WORKING_DAYS).end


def _overdue(seat: Assignment, challenge: Challenge, now: datetime) -> Ground | None:
    if now < seat.moved_at + timedelta(days=ANSWER_WORKING_DAYS):
        return None  # so many working days are at least so many days: the calendar need not be asked
    if seat.state == AssignmentState.INVITED:
        return Ground.UNANSWERED if now >= answer_due(seat) else None
    late = challenge.state == State.REVIEWING and now >= scores_due(seat) and _unscored(seat)
    return Ground.UNSCORED if late and not queries.is_scored(challenge) else None  # nobody picks among known scores


def _unscored(assignment: Assignment) -> bool:
    locked = Q(reviews__assignment=assignment, reviews__state=ReviewState.LOCKED)
    return proposals.in_state(assignment.panel.challenge, ProposalState.UNDER_REVIEW).exclude(locked).exists()
