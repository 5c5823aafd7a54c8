"""Every state and step of every life-cycle table: moved or refused, and nothing between (I6, check 2)."""

from collections.abc import Mapping

import pytest

from marketplace.accounts.lifecycle import STEPS as ORGANISATION_STEPS
from marketplace.accounts.lifecycle import OrganisationState
from marketplace.kernel.errors import Stale
from marketplace.kernel.lifecycle import Step, expect, move, revise
from tasks.adjudication.lifecycle import ASSIGNMENT_STEPS, REVIEW_STEPS, AssignmentState, ReviewState
from tasks.amendments.lifecycle import STEPS as AMENDMENT_STEPS
from tasks.amendments.lifecycle import AmendmentState
from tasks.cancelling.lifecycle import STEPS as CANCELLATION_STEPS
from tasks.cancelling.lifecycle import RequestState
from tasks.challenges.lifecycle import STEPS as CHALLENGE_STEPS
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tasks.proposals.lifecycle import STEPS as PROPOSAL_STEPS
from tasks.proposals.lifecycle import ProposalState
from tasks.questions.lifecycle import STEPS as QUESTION_STEPS
from tasks.questions.lifecycle import QuestionState
from tests import factories

pytestmark = pytest.mark.django_db

TABLES: dict[str, tuple[type, Mapping[str, Step], int]] = {
    "challenge": (State, CHALLENGE_STEPS, 14),
    "proposal": (ProposalState, PROPOSAL_STEPS, 11),
    "organisation": (OrganisationState, ORGANISATION_STEPS, 8),
    "assignment": (AssignmentState, ASSIGNMENT_STEPS, 6),
    "review": (ReviewState, REVIEW_STEPS, 3),
    "amendment": (AmendmentState, AMENDMENT_STEPS, 2),
    "cancellation": (RequestState, CANCELLATION_STEPS, 2),
    "question": (QuestionState, QUESTION_STEPS, 2),
}
"""Each table with its states and the number of legal (state, step) pairs, counted by hand."""


@pytest.mark.parametrize("name", TABLES)
def test_the_legal_pairs_are_exactly_so_many(name: str) -> None:
    _states, steps, legal = TABLES[name]
    assert sum(len(step.sources) for step in steps.values()) == legal


@pytest.mark.parametrize("name", TABLES)
def test_every_step_ends_in_a_state_of_its_table_and_leads_somewhere_else(name: str) -> None:
    states, steps, _legal = TABLES[name]
    known = set(states.values)  # type: ignore[attr-defined]  # TextChoices
    for step in steps.values():
        assert step.sources | {step.target} <= known
        assert step.target not in step.sources


@pytest.mark.parametrize("step", CHALLENGE_STEPS)
@pytest.mark.parametrize("state", State.values)
def test_a_challenge_moves_by_a_legal_step_and_by_no_other(state: str, step: str) -> None:
    challenge = challenge_in(state)
    before = Challenge.objects.values().get(pk=challenge.pk)
    if state in CHALLENGE_STEPS[step].sources:
        move(challenge, CHALLENGE_STEPS[step])
        assert (challenge.state, challenge.version) == (CHALLENGE_STEPS[step].target, before["version"] + 1)
    else:
        with pytest.raises(Stale):
            move(challenge, CHALLENGE_STEPS[step])
        assert Challenge.objects.values().get(pk=challenge.pk) == before


def test_a_row_read_before_somebody_elses_move_is_stale_and_writes_nothing() -> None:
    mine = challenge_in(State.DRAFT)
    theirs = Challenge.objects.get(pk=mine.pk)
    move(theirs, CHALLENGE_STEPS["submit"])
    with pytest.raises(Stale):
        move(mine, CHALLENGE_STEPS["submit"])
    with pytest.raises(Stale):
        revise(mine, title="lost update")
    assert Challenge.objects.get(pk=mine.pk).title != "lost update"


def test_a_revision_counts_up_the_version_and_keeps_the_state() -> None:
    challenge = challenge_in(State.DRAFT)
    revise(challenge, title="新标题")
    assert (challenge.title, challenge.version, challenge.state) == ("新标题", 2, State.DRAFT)


def test_expecting_another_version_is_stale_and_expecting_none_is_not() -> None:
    challenge = challenge_in(State.DRAFT)
    expect(challenge, None)
    expect(challenge, challenge.version)
    with pytest.raises(Stale):
        expect(challenge, challenge.version + 1)


def challenge_in(state: str) -> Challenge:
    """A challenge put into a state from outside, which only a test may do."""
    made = factories.draft()
    Challenge.objects.filter(pk=made.pk).update(state=state)
    made.refresh_from_db()
    return made
