"""Whose turn it is at every stop of a case, read from the same rows the services write."""

from typing import Any

import pytest
from django.utils import timezone

from tasks.adjudication import queries
from tasks.adjudication import services as judging
from tasks.adjudication.turns import Duty, Party, Progress, turn_of
from tasks.challenges.models import Challenge
from tests import factories

NOW = timezone.now()
PANEL: dict[str, Any] = {"state": "SEALED", "opened_at": NOW, "admitted": 2, "panel_size": 3}
REVIEW: dict[str, Any] = {"state": "REVIEWING", "admitted": 2, "panel_size": 5, "accepted": 5, "seated": 5}


@pytest.mark.parametrize(
    ("values", "duty", "whose"),
    [
        ({"state": "OPEN"}, Duty.AWAIT_DEADLINE, {Party.SOLVERS}),
        ({"state": "SEALED"}, Duty.CONFIRM_OPENING, {Party.SUPERVISOR, Party.OFFICERS}),
        ({"state": "SEALED", "officers": 1}, Duty.CONFIRM_OPENING, {Party.SUPERVISOR}),
        ({"state": "SEALED", "supervised": True}, Duty.CONFIRM_OPENING, {Party.OFFICERS}),
        ({"state": "SEALED", "supervised": True, "officers": 1}, Duty.CONFIRM_OPENING, {Party.OFFICERS}),
        ({"state": "SEALED", "opened_at": NOW, "unchecked": 1}, Duty.CHECK_PROPOSALS, {Party.ADJUDICATOR}),
        ({"state": "SEALED", "opened_at": NOW}, Duty.END_CALL, {Party.ADJUDICATOR}),
        ({**PANEL, "panel_size": None}, Duty.DRAW_PANEL, {Party.ADJUDICATOR}),
        ({**PANEL, "seated": 3, "accepted": 2}, Duty.AWAIT_REVIEWERS, {Party.REVIEWERS}),
        ({**PANEL, "seated": 2, "accepted": 2}, Duty.FILL_PANEL, {Party.ADJUDICATOR}),
        ({**PANEL, "seated": 3, "accepted": 3}, Duty.START_REVIEW, {Party.ADJUDICATOR}),
        ({**REVIEW, "fewest_locked": 2, "locked": 5}, Duty.AWAIT_SCORES, {Party.REVIEWERS}),
        (
            {**REVIEW, "fewest_locked": 3, "locked": 8},
            Duty.DECIDE_OR_WAIT,
            {Party.ADJUDICATOR, Party.REVIEWERS},
        ),
        ({**REVIEW, "fewest_locked": 5, "locked": 10}, Duty.DECIDE, {Party.ADJUDICATOR}),
        ({"state": "NOTICE"}, Duty.AWAIT_NOTICE, {Party.NOBODY}),
        ({"state": "AWARDED"}, Duty.FINISHED, {Party.NOBODY}),
        ({"state": "FAILED"}, Duty.FINISHED, {Party.NOBODY}),
    ],
)
def test_each_stage_has_one_next_step(values: dict[str, Any], duty: Duty, whose: set[Party]) -> None:
    turn = turn_of(Progress(moved_at=NOW, **values))
    assert (turn.duty, turn.whose) == (duty, whose)


def now_due(challenge: Challenge) -> Duty:
    challenge.refresh_from_db()
    return turn_of(queries.progress_of([challenge])[challenge.pk]).duty


@pytest.mark.django_db
def test_the_next_step_follows_the_case_from_deadline_to_notice() -> None:
    challenge = factories.open_challenge()
    factories.submitted_proposal(challenge)
    assert now_due(challenge) == Duty.AWAIT_DEADLINE
    factories.closed(challenge)
    assert now_due(challenge) == Duty.CONFIRM_OPENING
    factories.opened(challenge)
    assert now_due(challenge) == Duty.CHECK_PROPOSALS
    judging.admit_proposal(public_id=challenge.public_id, code="P01", actor=challenge.adjudicator)
    assert now_due(challenge) == Duty.DRAW_PANEL
    factories.under_review(challenge)
    assert now_due(challenge) == Duty.AWAIT_SCORES
    factories.scored(challenge, {"P01": 80})
    assert now_due(challenge) == Duty.DECIDE
    factories.adjudicated(challenge)
    assert now_due(challenge) == Duty.AWAIT_NOTICE


@pytest.mark.django_db
def test_many_cases_cost_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    cases = [factories.open_challenge() for _ in range(3)]
    with django_assert_num_queries(4):
        queries.progress_of(cases[:1])
    with django_assert_num_queries(4):
        queries.progress_of(cases)
