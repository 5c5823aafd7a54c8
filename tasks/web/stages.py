"""Where a challenge stands, as the stepper shows it. Pure."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tasks.challenges.lifecycle import PUBLIC, FailureReason, State
from tasks.challenges.models import Challenge


@dataclass(frozen=True)
class Stage:
    """One step; `status` is done, now, next or stopped."""

    label: Any
    status: str
    note: Any = ""


STAGES: tuple[tuple[Any, frozenset[State], Any], ...] = (
    (_("Draft"), frozenset({State.DRAFT, State.RETURNED}), _("only its sponsor sees it")),
    (_("Approval"), frozenset({State.SUBMITTED, State.APPROVED}), _("with the region's administrator")),
    (_("Call"), frozenset({State.OPEN}), _("proposals are taken")),
    (_("Opening"), frozenset({State.SEALED}), _("two people confirm, then all are opened")),
    (_("Review"), frozenset({State.REVIEWING}), _("the panel scores, names hidden")),
    (
        _("Public notice"),
        frozenset({State.ADJUDICATED, State.NOTICE}),
        _("the decision stands for objections"),
    ),
    (_("Award"), frozenset({State.AWARDED}), ""),
)
"""The steps of a challenge's life with the states each covers (4.3) and what is said while it is there."""

STOPPED_IN = {
    FailureReason.NO_PROPOSAL: State.SEALED,
    FailureReason.UNOPENED: State.SEALED,
    FailureReason.NONE_ADMISSIBLE: State.SEALED,
    FailureReason.BELOW_THRESHOLD: State.REVIEWING,
}
"""In which state a call without an award came to its end (L10, L14; UNOPENED is ours)."""


def stages(challenge: Challenge) -> list[Stage]:
    """The steps for this challenge; drafting is left out once it is public."""
    here = _place(challenge)
    first = 1 if challenge.state in PUBLIC else 0
    return [_stage(challenge, number, here) for number in range(first, len(STAGES))]


def _place(challenge: Challenge) -> int:
    state = State(challenge.state)
    if state == State.CANCELLED:
        state = State.OPEN
    if state == State.FAILED:
        state = STOPPED_IN[FailureReason(challenge.failure_reason)]
    return next(number for number, (_label, states, _note) in enumerate(STAGES) if state in states)


def _stage(challenge: Challenge, number: int, here: int) -> Stage:
    label, _states, note = STAGES[number]
    if number != here:
        return Stage(label, "done" if number < here else "next")
    if challenge.held_since:
        return Stage(label, "now", challenge.state_label)
    if challenge.state == State.CANCELLED:
        return Stage(label, "stopped", State.CANCELLED.label)
    if challenge.state == State.FAILED:
        return Stage(label, "stopped", FailureReason(challenge.failure_reason).label)
    return Stage(label, "done" if challenge.state == State.AWARDED else "now", note)
