"""Two people pressing the same button at the same moment: one wins, the other is told, exactly one fact (check 3)."""

import os
from collections.abc import Callable
from typing import Any

import pytest

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.kernel.errors import Expected, Stale
from marketplace.outbox.models import Fact
from tasks.adjudication import services as judging
from tasks.challenges import services as posting
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tasks.proposals import services as proposing
from tasks.proposals.models import Proposal
from tests import clock, factories
from tests.hands import together

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = int(os.environ.get("TWO_HANDS_ROUNDS", "50"))
"""Fifty are the bar, on both databases; `make quick` asks for fewer."""


def one_won(results: list[Any], refusal: type[Expected] = Stale) -> None:
    """Exactly one act went through; every other one was told why not, in the way it is meant to be."""
    failures = [result for result in results if isinstance(result, Exception)]
    assert len(results) - len(failures) == 1, results
    assert all(isinstance(failure, refusal) for failure in failures), failures


def facts(subject: str, kind: str) -> int:
    return Fact.objects.filter(subject=subject, kind=kind).count()


def officers() -> tuple[User, User, User, User]:
    factories.opening_officers()
    admin, other = factories.officer_with(Role.REGION_ADMIN), factories.officer_with(Role.REGION_ADMIN)
    return admin, other, factories.officer_with(Role.ADJUDICATOR), factories.officer_with(Role.SUPERVISOR)


def test_two_administrators_decide_on_one_posting() -> None:
    admin, other, adjudicator, supervisor = officers()
    owner = factories.person()
    sponsor = factories.organisation(owner)
    for _round in range(ROUNDS):
        drafted = posting.draft_challenge(actor=owner, content=factories.posting_content(), sponsor=sponsor)
        waiting = posting.submit_challenge(public_id=drafted.public_id, actor=owner)
        seen = waiting.version

        def approve(actor: User, one: Challenge = waiting, version: int = seen) -> Callable[[], Challenge]:
            return lambda: posting.approve_challenge(
                public_id=one.public_id, actor=actor, adjudicator=adjudicator, supervisor=supervisor, version=version
            )

        def send_back(actor: User, one: Challenge = waiting, version: int = seen) -> Callable[[], Challenge]:
            return lambda: posting.return_challenge(
                public_id=one.public_id, actor=actor, reason="补充指标", version=version
            )

        one_won(together(approve(admin), send_back(other), approve(other)))
        decided = facts(waiting.public_id, "challenge.opened") + facts(waiting.public_id, "challenge.returned")
        assert decided == 1


def test_one_solver_begins_twice_and_has_one_draft() -> None:
    challenge = factories.open_challenge()
    for _round in range(ROUNDS):
        solver = factories.person()
        begin = lambda actor=solver: proposing.start_proposal(challenge_id=challenge.public_id, actor=actor)  # noqa: E731  # an act to be pressed twice
        results = together(begin, begin)
        assert {result.pk for result in results if isinstance(result, Proposal)} == {
            Proposal.objects.get(author=solver).pk
        }


def test_submitting_and_submitting_again_in_another_window() -> None:
    challenge = factories.open_challenge()
    for _round in range(ROUNDS):
        mine = factories.proposal_draft(challenge)
        submit = lambda one=mine: proposing.submit_proposal(  # noqa: E731  # an act to be pressed twice
            public_id=one.public_id, actor=one.author, version=one.version
        )
        one_won(together(submit, submit))
        assert facts(mine.public_id, "proposal.submitted") == 1


def test_withdrawing_while_the_call_closes_never_opens_a_withdrawn_proposal() -> None:
    for _round in range(ROUNDS):
        clock.reset()
        challenge = factories.open_challenge()
        mine = factories.submitted_proposal(challenge)
        assert challenge.deadline
        clock.shift(days=29, hours=23, minutes=59, seconds=59.5)
        withdraw = lambda one=mine: proposing.withdraw_proposal(public_id=one.public_id, actor=one.author)  # noqa: E731  # an act to be pressed twice
        close = lambda one=challenge: posting.close_challenge(public_id=one.public_id)  # noqa: E731  # an act to be pressed twice
        together(withdraw, close)
        clock.shift(seconds=5)
        if Challenge.objects.get(pk=challenge.pk).state == State.OPEN:
            close()
        factories.opened(challenge)
        mine.refresh_from_db()
        assert mine.state in {"WITHDRAWN", "OPENED"}
        assert facts(mine.public_id, "proposal.withdrawn") + facts(mine.public_id, "proposal.opened") == 1


def test_two_windows_decide_one_case_and_two_clocks_finish_its_notice() -> None:
    for _round in range(ROUNDS):
        clock.reset()
        challenge = factories.open_challenge()
        factories.submitted_proposal(challenge)
        factories.submitted_proposal(challenge)
        factories.closed(challenge)
        factories.under_review(factories.opened(challenge))
        factories.scored(challenge, {"P01": 80, "P02": 80})
        challenge.refresh_from_db()
        decide = lambda winner, one=challenge: judging.adjudicate(  # noqa: E731  # an act to be pressed twice
            public_id=one.public_id, actor=one.adjudicator, winner=winner, reasons="理由", version=one.version
        )
        one_won(together(lambda act=decide: act("P01"), lambda act=decide: act("P02")))
        assert challenge.awards.count() == 1
        assert facts(challenge.public_id, "challenge.adjudicated") == 1

        clock.shift(days=20)
        finish = lambda one=challenge: judging.finish_notice(public_id=one.public_id)  # noqa: E731  # an act to be pressed twice
        one_won(together(finish, finish))
        assert facts(challenge.public_id, "challenge.awarded") == 1
