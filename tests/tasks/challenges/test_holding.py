"""A suspended call stands still: nothing is taken, its deadline does not come, and moves by as long (L35)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.invariants.steps import challenges_moved_legally
from marketplace.kernel.errors import Refusal
from marketplace.notices.models import Notice
from marketplace.outbox.models import Fact
from tasks.amendments import services as amendments
from tasks.amendments.rules import Change
from tasks.cancelling import services as cancelling
from tasks.challenges import holding
from tasks.challenges import services as posting
from tasks.challenges.holds import Hold, moved
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tasks.jobs import advance
from tasks.proposals import intake
from tasks.proposals import services as proposing
from tasks.questions import services as questions
from tests import clock, factories
from tests.relay import drain
from tests.tasks.web import people

pytestmark = pytest.mark.django_db
REASON = "正在核查举报内容，暂停征集。"
NOW = datetime(2026, 9, 24, 3, 0, tzinfo=UTC)


@pytest.fixture
def challenge() -> Challenge:
    return factories.open_challenge()


@pytest.fixture
def supervisor() -> User:
    return factories.officer_with(Role.SUPERVISOR)


def suspend(challenge: Challenge, actor: User) -> Hold:
    return holding.suspend_call(public_id=challenge.public_id, actor=actor, reason=REASON)


def resume(challenge: Challenge, actor: User) -> Challenge:
    holding.resume_call(public_id=challenge.public_id, actor=actor, reason="核查完毕，未发现问题。")
    return Challenge.objects.get(pk=challenge.pk)


@given(left=st.integers(1, 10**8), length=st.integers(0, 10**8), micro=st.integers(0, 999_999))
def test_what_was_left_of_the_call_is_left_after_a_hold_and_never_less(left: int, length: int, micro: int) -> None:
    since, deadline = NOW, NOW + timedelta(seconds=left)
    until = since + timedelta(seconds=length, microseconds=micro)
    after = moved(deadline, since=since, until=until)
    assert timedelta() <= (after - until) - (deadline - since) < timedelta(minutes=1)


def test_the_deadline_passes_unheeded_and_moves_when_the_call_goes_on(challenge: Challenge, supervisor: User) -> None:
    draft = factories.proposal_draft(challenge)
    before = challenge.deadline
    assert before
    suspend(challenge, supervisor)
    clock.shift(days=40)
    assert advance() == 0
    with pytest.raises(Refusal):
        posting.close_challenge(public_id=challenge.public_id)
    after = resume(challenge, supervisor)
    assert after.state == State.OPEN
    assert after.held_since is None
    assert after.deadline
    assert challenges_moved_legally().violations == []
    assert timedelta(days=40) <= after.deadline - before < timedelta(days=40, minutes=2)
    assert proposing.submit_proposal(public_id=draft.public_id, actor=draft.author).state == "SUBMITTED"


def test_while_it_stands_still_nothing_is_taken_but_what_was_handed_in_can_be_withdrawn(
    challenge: Challenge, supervisor: User
) -> None:
    draft, handed = factories.proposal_draft(challenge), factories.submitted_proposal(challenge)
    suspend(challenge, supervisor)
    here, solver = challenge.public_id, factories.person()
    content, reasons = factories.content(), "因不可抗力试验条件已经无法继续提供，申请撤销。"
    acts = (
        lambda: proposing.start_proposal(challenge_id=here, actor=solver),
        lambda: proposing.submit_proposal(public_id=draft.public_id, actor=draft.author),
        lambda: proposing.save_proposal(
            public_id=draft.public_id, actor=draft.author, content=content, organisation=None
        ),
        lambda: questions.ask_question(public_id=here, actor=solver, text="测试温度是多少摄氏度？"),
        lambda: amendments.amend_challenge(public_id=here, actor=challenge.author, change=Change(bounty=10**9)),
        lambda: cancelling.ask_for_cancellation(
            public_id=here, actor=challenge.author, ground="OTHER", reasons=reasons
        ),
        lambda: suspend(challenge, supervisor),
    )
    for act in acts:
        with pytest.raises(Refusal, match=r"suspended|暂停"):
            act()
    assert proposing.withdraw_proposal(public_id=handed.public_id, actor=handed.author).state == "WITHDRAWN"


def test_what_came_before_the_suspension_is_sealed_during_it_and_what_came_after_is_not(
    challenge: Challenge, supervisor: User
) -> None:
    """I12: the moment of the ticket decides, however late the sealing comes."""
    early, tardy = factories.proposal_draft(challenge), factories.proposal_draft(challenge)
    before = intake.take_ticket(public_id=early.public_id, actor=early.author)
    clock.shift(seconds=1)
    suspend(challenge, supervisor)
    clock.shift(seconds=1)
    after = intake.take_ticket(public_id=tardy.public_id, actor=tardy.author)
    assert intake.settle(before).state == "SUBMITTED"
    with pytest.raises(Refusal, match=r"suspended|暂停"):
        intake.settle(after)


def test_supervision_of_the_region_alone_suspends_and_never_its_own_call(challenge: Challenge) -> None:
    elsewhere = factories.officer_with(Role.SUPERVISOR, code="330000")
    own = factories.officer_with(Role.SUPERVISOR)
    assert challenge.sponsor
    factories.member(challenge.sponsor, own)
    admin = factories.officer_with(Role.REGION_ADMIN)
    for actor in (challenge.author, challenge.adjudicator, admin, elsewhere, own, factories.person()):
        with pytest.raises(Refusal):
            suspend(challenge, actor)  # type: ignore[arg-type]  # an open challenge has an adjudicator
    assert not Hold.objects.exists()


def test_it_is_shown_instead_of_the_state_with_its_reason_and_everybody_concerned_is_told(
    client: Client, challenge: Challenge, supervisor: User
) -> None:
    solver = factories.proposal_draft(challenge).author
    people.seen_by(client, supervisor)
    address = f"/en/challenges/{challenge.public_id}/"
    assert client.post(f"{address}suspension/", {"reason": "短"}).status_code == 422
    assert client.post(f"{address}suspension/", {"reason": REASON, "version": challenge.version}).status_code == 302
    client.logout()
    page = client.get(address).content.decode()
    assert 'data-tone="held">suspended</span>' in page
    assert REASON in page
    assert "data-left-until" not in page.split("challenge-actions")[0].split("challenge-state")[1]
    drain()
    told = set(Notice.objects.filter(kind="challenge.suspended").values_list("user", "part"))
    assert told == {(challenge.author.pk, "SPONSOR"), (solver.pk, "SOLVER")}
    people.seen_by(client, supervisor)
    assert client.post(f"{address}suspension/", {"reason": "核查完毕，未发现问题。"}).status_code == 302
    after = Challenge.objects.get(pk=challenge.pk)
    fact = Fact.objects.get(kind="challenge.resumed")
    assert (fact.role, fact.data) == ("SUPERVISOR", {"deadline": after.deadline.isoformat()})  # type: ignore[union-attr]  # open
    assert "suspended</span>" not in client.get(address).content.decode()
