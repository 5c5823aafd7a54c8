"""Whose turn it is in a case, for what, and since when. Pure: the desk and "my work" read the same answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from tasks.challenges.lifecycle import State

QUORUM = 3
"""Locked reviews without which a proposal cannot be decided (L11, L15)."""


class Party(models.TextChoices):
    """Who may have to act in a case."""

    SOLVERS = "SOLVERS", _("solvers")
    ADJUDICATOR = "ADJUDICATOR", _("adjudicator")
    SUPERVISOR = "SUPERVISOR", _("supervisor")
    OFFICERS = "OFFICERS", _("opening officers")
    REVIEWERS = "REVIEWERS", _("reviewers")
    NOBODY = "NOBODY", _("nobody")


class Duty(models.TextChoices):
    """What is to be done next in a case, in words for a list."""

    AWAIT_DEADLINE = "AWAIT_DEADLINE", _("Proposals come in until the deadline")
    CONFIRM_OPENING = "CONFIRM_OPENING", _("Confirm the opening of the proposals")
    CHECK_PROPOSALS = "CHECK_PROPOSALS", _("Check the proposals formally")
    END_CALL = "END_CALL", _("No proposal was admitted: end the call without an award")
    DRAW_PANEL = "DRAW_PANEL", _("Draw the reviewers at random")
    FILL_PANEL = "FILL_PANEL", _("A seat of the panel is vacant: draw further experts")
    AWAIT_REVIEWERS = "AWAIT_REVIEWERS", _("Reviewers answer their invitations")
    START_REVIEW = "START_REVIEW", _("Start the review")
    AWAIT_SCORES = "AWAIT_SCORES", _("Reviewers score the proposals")
    DECIDE_OR_WAIT = "DECIDE_OR_WAIT", _("Enough reviews are locked: decide, or wait for the others")
    DECIDE = "DECIDE", _("Every review is locked: decide")
    AWAIT_NOTICE = "AWAIT_NOTICE", _("The public notice is running")
    FINISHED = "FINISHED", _("Nothing is left to do")


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a case has come, in numbers; `queries.progress_of` counts them for many cases at once.

    `supervised` says that the supervisor has confirmed the opening, `officers` how many officers have. `fewest_locked`
    is the number of locked reviews of the admitted proposal that has the fewest, `due` the number each is to have.
    """

    state: str
    moved_at: datetime
    opened_at: datetime | None = None
    supervised: bool = False
    officers: int = 0
    unchecked: int = 0
    admitted: int = 0
    panel_size: int | None = None
    drawn_at: datetime | None = None
    seated: int = 0
    accepted: int = 0
    answered_at: datetime | None = None
    fewest_locked: int = 0
    locked: int = 0
    locked_at: datetime | None = None

    @property
    def due(self) -> int:
        """How many reviews the case is waiting for in all, of those who have still to answer too."""
        return self.admitted * self.seated

    @property
    def vacant(self) -> int:
        """How many seats of the panel nobody holds and nobody is invited to."""
        return (self.panel_size or 0) - self.seated


@dataclass(frozen=True)
class Turn:
    """What is next, by whom, and since when it has been waiting."""

    duty: Duty
    whose: frozenset[Party]
    since: datetime


def turn_of(case: Progress) -> Turn:
    """The next step of a case and whose turn it is (L09–L16, L21)."""
    if case.state == State.SEALED:
        return _before_review(case)
    if case.state == State.REVIEWING:
        return _in_review(case)
    duty, party = _ELSEWHERE.get(State(case.state), (Duty.FINISHED, Party.NOBODY))
    return _turn(duty, party, case.moved_at)


_ELSEWHERE = {
    State.OPEN: (Duty.AWAIT_DEADLINE, Party.SOLVERS),
    State.NOTICE: (Duty.AWAIT_NOTICE, Party.NOBODY),
}


def _before_review(case: Progress) -> Turn:
    if case.opened_at is None:
        return Turn(Duty.CONFIRM_OPENING, _who_opens(case), case.moved_at)
    if case.unchecked:
        return _turn(Duty.CHECK_PROPOSALS, Party.ADJUDICATOR, case.opened_at)
    if not case.admitted:
        return _turn(Duty.END_CALL, Party.ADJUDICATOR, case.opened_at)
    return _panel(case, case.opened_at)


def _who_opens(case: Progress) -> frozenset[Party]:
    """The second officer's turn comes after the supervisor's, for theirs is the last word."""
    if not case.supervised:
        return frozenset({Party.SUPERVISOR} if case.officers else {Party.SUPERVISOR, Party.OFFICERS})
    return frozenset({Party.OFFICERS})


def _panel(case: Progress, opened_at: datetime) -> Turn:
    if case.panel_size is None:
        return _turn(Duty.DRAW_PANEL, Party.ADJUDICATOR, opened_at)
    since = case.drawn_at or opened_at
    if case.vacant > 0:
        return _fill(case, since)
    if case.accepted < case.seated:
        return _turn(Duty.AWAIT_REVIEWERS, Party.REVIEWERS, since)
    return _turn(Duty.START_REVIEW, Party.ADJUDICATOR, case.answered_at or since)


def _fill(case: Progress, since: datetime) -> Turn:
    """The order has run out, or the next would be invited already; those still to answer may do so meanwhile."""
    whose = {Party.ADJUDICATOR, Party.REVIEWERS} if case.accepted < case.seated else {Party.ADJUDICATOR}
    return Turn(Duty.FILL_PANEL, frozenset(whose), case.answered_at or since)


def _in_review(case: Progress) -> Turn:
    since = case.locked_at or case.moved_at
    if case.seated < min(QUORUM, case.panel_size or QUORUM):
        return _fill(case, case.moved_at)
    if case.fewest_locked < QUORUM:
        return _turn(Duty.AWAIT_SCORES, Party.REVIEWERS, case.moved_at)
    if case.locked < case.due:
        return Turn(Duty.DECIDE_OR_WAIT, frozenset({Party.ADJUDICATOR, Party.REVIEWERS}), since)
    return _turn(Duty.DECIDE, Party.ADJUDICATOR, since)


def _turn(duty: Duty, party: Party, since: datetime) -> Turn:
    return Turn(duty, frozenset({party}), since)
