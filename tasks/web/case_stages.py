"""Where a case stands, as the stepper of its page shows it. Pure."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tasks.adjudication.turns import Duty, Turn
from tasks.challenges.lifecycle import FailureReason, State
from tasks.challenges.models import Challenge
from tasks.web.stages import Stage

STAGES: tuple[tuple[Any, frozenset[Duty]], ...] = (
    (_("Call"), frozenset({Duty.AWAIT_DEADLINE})),
    (_("Opening"), frozenset({Duty.CONFIRM_OPENING})),
    (_("Formal check"), frozenset({Duty.CHECK_PROPOSALS, Duty.END_CALL})),
    (_("Panel"), frozenset({Duty.DRAW_PANEL, Duty.FILL_PANEL, Duty.AWAIT_REVIEWERS, Duty.START_REVIEW})),
    (_("Review"), frozenset({Duty.AWAIT_SCORES, Duty.DECIDE_OR_WAIT})),
    (_("Decision"), frozenset({Duty.DECIDE})),
    (_("Public notice"), frozenset({Duty.AWAIT_NOTICE})),
    (_("Award"), frozenset({Duty.FINISHED})),
)
STOPPED_AT = {
    FailureReason.NO_PROPOSAL: 1,
    FailureReason.UNOPENED: 1,
    FailureReason.NONE_ADMISSIBLE: 2,
    FailureReason.BELOW_THRESHOLD: 5,
}
"""At which step a call without an award came to its end (L10, L14)."""


def case_stages(challenge: Challenge, turn: Turn) -> list[Stage]:
    """The steps of a case, what is done, what is next."""
    here = _place(challenge, turn)
    return [_stage(challenge, number, here, label) for number, (label, _duties) in enumerate(STAGES)]


def _place(challenge: Challenge, turn: Turn) -> int:
    if challenge.state == State.CANCELLED:
        return 0
    if challenge.state == State.FAILED:
        return STOPPED_AT[FailureReason(challenge.failure_reason)]
    return next(number for number, (_label, duties) in enumerate(STAGES) if turn.duty in duties)


def _stage(challenge: Challenge, number: int, here: int, label: Any) -> Stage:
    if number != here:
        return Stage(label, "done" if number < here else "next")
    if challenge.state == State.CANCELLED:
        return Stage(label, "stopped", State.CANCELLED.label)
    if challenge.state == State.FAILED:
        return Stage(label, "stopped", FailureReason(challenge.failure_reason).label)
    return Stage(label, "done" if challenge.state == State.AWARDED else "now")
