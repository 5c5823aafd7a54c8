"""The drill of the lost card: one of three officers is gone, the other two open (operations.md, “Opening officers”).

Where nobody can open any more, or nobody does, the call ends by itself and its proposals stay closed for good.
"""

import pytest
from django.test import Client

from marketplace.kernel.errors import Refusal
from marketplace.management.commands.verify_invariants import CHECKERS
from marketplace.notices.models import Notice
from marketplace.sealing import policy, queries
from tasks.adjudication import opening
from tasks.adjudication.openingrecord import LAPSES
from tasks.challenges.models import Challenge
from tasks.jobs import advance
from tests import clock, factories
from tests.relay import drain

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


def test_what_nobody_opens_ends_without_an_award_and_is_never_read(client: Client) -> None:
    challenge = closed_with(2)
    proposal = challenge.proposals.get()
    officer, other = queries.holders_of(challenge.public_id)
    opening.confirm_opening(public_id=challenge.public_id, actor=challenge.supervisor)
    opening.confirm_opening(public_id=challenge.public_id, actor=officer, phrase=factories.phrase_of(officer))
    clock.shift(seconds=LAPSES.total_seconds() - 60)
    assert advance() == 0
    assert list(policy.keys_bind(other))
    clock.shift(seconds=60)
    with pytest.raises(Refusal, match="not opened in time"):  # the rule holds before the job has come
        opening.confirm_opening(public_id=challenge.public_id, actor=other, phrase=factories.phrase_of(other))
    assert advance() == 1
    challenge.refresh_from_db()
    assert (challenge.state, challenge.failure_reason) == ("FAILED", "UNOPENED")
    assert challenge.proposals.get().state == "SUBMITTED"
    assert not list(policy.keys_bind(other))
    assert "were not opened in time" in client.get(challenge.get_absolute_url()).content.decode()
    client.force_login(proposal.author)
    assert "Nothing was opened" in client.get(proposal.get_absolute_url()).content.decode()
    drain()
    told = Notice.objects.filter(kind="challenge.failed", part="SOLVER")
    assert list(told.values_list("user", flat=True)) == [proposal.author_id]
    assert [violation for check in CHECKERS for violation in check().violations] == []


def test_an_opened_call_and_one_without_proposals_do_not_lapse() -> None:
    opened = factories.opened(closed_with(3))
    empty = factories.closed(factories.open_challenge())
    factories.opened(empty)
    clock.shift(seconds=LAPSES.total_seconds() + 1)
    advance()
    opened.refresh_from_db()
    empty.refresh_from_db()
    assert (opened.state, empty.failure_reason) == ("SEALED", "NO_PROPOSAL")
