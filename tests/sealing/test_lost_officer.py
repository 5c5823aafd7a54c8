"""The drill of the lost card: one of three officers is gone, the other two open (operations.md, “Opening officers”)."""

import pytest

from marketplace.kernel.errors import Refusal
from marketplace.sealing import queries
from tasks.adjudication import opening
from tasks.challenges.models import Challenge
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def closed_with(officers: int) -> Challenge:
    for _one in range(officers):
        factories.enrolled(factories.opening_officer())
    challenge = factories.open_challenge()
    factories.submitted_proposal(challenge)
    return factories.closed(challenge)


def test_two_of_three_open_when_the_third_has_lost_the_card() -> None:
    challenge = closed_with(3)
    lost, one, other = queries.holders_of(challenge.public_id)
    factories.enrolled(lost)  # a new card: it opens what is sealed from now on, and nothing that was
    with pytest.raises(Refusal, match="not the pass phrase"):
        opening.confirm_opening(public_id=challenge.public_id, actor=lost, phrase=factories.phrase_of(lost))
    opening.confirm_opening(public_id=challenge.public_id, actor=challenge.supervisor)
    for officer in (one, other):
        opening.confirm_opening(public_id=challenge.public_id, actor=officer, phrase=factories.phrase_of(officer))
    assert challenge.proposals.get().content == factories.content()


def test_with_two_holders_and_one_lost_it_stays_closed() -> None:
    challenge = closed_with(2)
    lost, one = queries.holders_of(challenge.public_id)
    factories.enrolled(lost)
    opening.confirm_opening(public_id=challenge.public_id, actor=challenge.supervisor)
    opening.confirm_opening(public_id=challenge.public_id, actor=one, phrase=factories.phrase_of(one))
    with pytest.raises(Refusal):
        opening.confirm_opening(public_id=challenge.public_id, actor=lost, phrase=factories.phrase_of(lost))
    assert challenge.proposals.get().state == "SUBMITTED"
