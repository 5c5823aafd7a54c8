"""Opening, panel, review, decision, notice: who may, in what order, and what each leaves behind (L10–L16, L21)."""

import pytest

from marketplace.accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.outbox.models import Fact
from marketplace.sealing import queries as sealing
from tasks.adjudication import lottery, opening, policy, queries, services
from tasks.adjudication.models import Assignment, PublicNotice, Review
from tasks.challenges.lifecycle import FailureReason, State
from tasks.challenges.models import Challenge
from tasks.proposals import services as proposing
from tasks.proposals.models import Proposal
from tests import clock as movable
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def fresh(challenge: Challenge) -> Challenge:
    return Challenge.objects.get(pk=challenge.pk)


def case(answers: int = 2) -> Challenge:
    """A closed challenge with this many answers, not yet opened."""
    challenge = factories.open_challenge()
    for _ in range(answers):
        factories.submitted_proposal(challenge)
    return factories.closed(challenge)


def judge(challenge: Challenge) -> User:
    assert challenge.adjudicator
    return challenge.adjudicator


def watcher(challenge: Challenge) -> User:
    assert challenge.supervisor
    return challenge.supervisor


def holders(challenge: Challenge) -> list[User]:
    return sealing.holders_of(challenge.public_id)


def confirm(challenge: Challenge, person: User) -> None:
    """As whoever they are: a supervisor needs no phrase."""
    phrase = factories.phrase_of(person) if person in holders(challenge) else ""
    opening.confirm_opening(public_id=challenge.public_id, actor=person, phrase=phrase)


def seats(challenge: Challenge) -> list[Assignment]:
    return list(queries.seated(challenge))


def test_two_confirmations_open_nothing_and_three_open_everything_submitted() -> None:
    challenge = case()
    one, other = holders(challenge)
    for confirming in (one, watcher(challenge)):
        confirm(challenge, confirming)
        assert set(challenge.proposals.values_list("state", flat=True)) == {"SUBMITTED"}
        assert fresh(challenge).proposals_opened_at is None
    confirm(challenge, other)
    assert sorted(challenge.proposals.values_list("state", "code")) == [("OPENED", "P01"), ("OPENED", "P02")]
    assert Fact.objects.get(kind="challenge.proposals_opened").data == {"count": 2}


def test_nobody_can_confirm_twice_nor_anybody_else_once() -> None:
    challenge = case()
    for person in (watcher(challenge), holders(challenge)[0]):
        confirm(challenge, person)
        with pytest.raises(Stale):
            confirm(challenge, person)
    for other in (challenge.author, judge(challenge), factories.person()):
        with pytest.raises(Refusal):
            opening.confirm_opening(public_id=challenge.public_id, actor=other)
    assert fresh(challenge).proposals_opened_at is None


def test_nothing_is_opened_before_the_deadline() -> None:
    challenge = factories.open_challenge()
    factories.submitted_proposal(challenge)
    for person in (watcher(challenge), *holders(challenge)):
        with pytest.raises(Refusal):
            confirm(challenge, person)


def test_a_draft_and_a_withdrawn_answer_are_never_opened() -> None:
    challenge = factories.open_challenge()
    draft = factories.proposal_draft(challenge)
    factories.submitted_proposal(challenge)
    factories.opened(factories.closed(challenge))
    draft.refresh_from_db()
    assert (draft.state, draft.code) == ("DRAFT", "")


def test_a_call_without_answers_ends_at_its_opening_as_an_ordinary_outcome() -> None:
    challenge = factories.opened(case(answers=0))
    assert (challenge.state, challenge.failure_reason) == (State.FAILED, FailureReason.NO_PROPOSAL)


def test_a_call_without_admissible_answers_is_ended_by_its_adjudicator() -> None:
    challenge = factories.opened(case(answers=1))
    with pytest.raises(Refusal):
        services.declare_failed(public_id=challenge.public_id, actor=judge(challenge), reasons="")
    services.reject_proposal(public_id=challenge.public_id, code="P01", actor=judge(challenge), reason="缺少指标数据")
    failed = services.declare_failed(public_id=challenge.public_id, actor=judge(challenge), reasons="")
    assert (failed.state, failed.failure_reason) == (State.FAILED, FailureReason.NONE_ADMISSIBLE)
    assert Proposal.objects.get(challenge=challenge).rejection == "缺少指标数据"


def test_a_rejection_needs_its_reason() -> None:
    challenge = factories.opened(case(answers=1))
    with pytest.raises(Refusal):
        services.reject_proposal(public_id=challenge.public_id, code="P01", actor=judge(challenge), reason=" ")
    assert Proposal.objects.get(challenge=challenge).state == "OPENED"


def test_a_proposal_of_another_challenge_cannot_be_checked_here() -> None:
    challenge, other = factories.opened(case(answers=1)), factories.opened(case(answers=2))
    with pytest.raises(NotFound):
        services.admit_proposal(public_id=challenge.public_id, code="P02", actor=judge(challenge))
    assert set(other.proposals.values_list("state", flat=True)) == {"OPENED"}


def test_the_pool_is_a_fact_before_the_seed_and_the_draw_can_be_recomputed() -> None:
    challenge = case()
    experts = [factories.expert() for _ in range(5)]
    panel = services.draw_panel(public_id=challenge.public_id, actor=judge(challenge))
    fixed, drawn = Fact.objects.filter(kind__startswith="challenge.panel").order_by("sequence")
    assert (fixed.kind, fixed.data["pool"]) == ("challenge.panel_pool_fixed", lottery.pool_digest(panel.pool))
    assert panel.order == lottery.drawn_order(panel.pool, str(drawn.data["seed"]))
    assert set(panel.pool) == {one.public_id for one in experts}
    assert [seat.reviewer.public_id for seat in seats(challenge)] == panel.order[:3]


@pytest.mark.parametrize("size", [0, 1, 2, 4, 9])
def test_a_panel_is_small_and_odd(size: int) -> None:
    challenge = case()
    with pytest.raises(Refusal):
        services.draw_panel(public_id=challenge.public_id, actor=judge(challenge), size=size)


def test_too_few_experts_is_said_and_nothing_is_drawn() -> None:
    challenge = case()
    factories.expert()
    with pytest.raises(Refusal):
        services.draw_panel(public_id=challenge.public_id, actor=judge(challenge))
    assert queries.panel_of(challenge) is None
    assert not Fact.objects.filter(kind__startswith="challenge.panel").exists()


def test_people_of_sponsor_and_case_are_not_in_the_pool() -> None:
    challenge = case()
    fit = [factories.expert() for _ in range(3)]
    bound = factories.expert()
    assert challenge.sponsor
    factories.member(challenge.sponsor, bound)
    panel = services.draw_panel(public_id=challenge.public_id, actor=judge(challenge))
    assert set(panel.pool) == {one.public_id for one in fit}


def test_who_left_the_sponsor_two_years_ago_is_still_bound_and_after_four_is_not() -> None:
    challenge = case()
    expert = factories.expert()
    assert challenge.sponsor
    membership = factories.member(challenge.sponsor, expert)
    type(membership).objects.filter(pk=membership.pk).update(valid_until=clock.now())
    movable.shift(days=730)
    assert queries.conflicts(expert, challenge)
    movable.shift(days=730)
    assert not queries.conflicts(expert, challenge)


def test_an_expert_who_turns_out_to_answer_is_recused_at_opening_and_replaced_in_the_drawn_order() -> None:
    challenge = factories.open_challenge()
    experts = [factories.expert() for _ in range(5)]
    for one in experts[:2]:
        factories.submitted_proposal(challenge, author=one)
    factories.closed(challenge)
    panel = services.draw_panel(public_id=challenge.public_id, actor=judge(challenge), size=3)
    factories.opened(challenge)
    proposers = {one.public_id for one in experts[:2]}
    expected = [one for one in panel.order if one not in proposers][:3]
    assert sorted(seat.reviewer.public_id for seat in seats(challenge)) == sorted(expected)


def test_declining_hands_the_seat_to_the_next_of_the_order() -> None:
    challenge = case()
    for _ in range(4):
        factories.expert()
    panel = services.draw_panel(public_id=challenge.public_id, actor=judge(challenge))
    first = seats(challenge)[0]
    services.decline_invitation(public_id=first.public_id, actor=first.reviewer, reason="出差")
    invited = [seat.reviewer.public_id for seat in seats(challenge)]
    assert first.reviewer.public_id not in invited
    assert sorted(invited) == sorted(one for one in panel.order[:4] if one != first.reviewer.public_id)


def test_an_invitation_is_answered_by_the_invited_and_once() -> None:
    challenge = case()
    for _ in range(3):
        factories.expert()
    services.draw_panel(public_id=challenge.public_id, actor=judge(challenge))
    seat = seats(challenge)[0]
    with pytest.raises(NotFound):
        services.accept_invitation(public_id=seat.public_id, actor=factories.person(), declaration="")
    services.accept_invitation(public_id=seat.public_id, actor=seat.reviewer, declaration="无冲突")
    with pytest.raises(Stale):
        services.accept_invitation(public_id=seat.public_id, actor=seat.reviewer, declaration="无冲突")


def test_reviewers_read_nothing_before_they_accept_and_the_review_runs() -> None:
    challenge = factories.opened(case())
    for _ in range(3):
        factories.expert()
    services.draw_panel(public_id=challenge.public_id, actor=judge(challenge))
    seat = seats(challenge)[0]
    assert queries.to_review(seat) == []
    services.accept_invitation(public_id=seat.public_id, actor=seat.reviewer, declaration="无冲突")
    assert queries.to_review(seats(challenge)[0]) == []


def test_the_review_starts_only_when_all_is_ready() -> None:
    challenge = factories.opened(case(answers=1))
    start = {"public_id": challenge.public_id, "actor": judge(challenge)}
    with pytest.raises(Refusal, match="panel"):
        services.start_review(**start)
    for _ in range(3):
        factories.expert()
    services.draw_panel(public_id=challenge.public_id, actor=judge(challenge))
    with pytest.raises(Refusal, match="accepted"):
        services.start_review(**start)
    for seat in seats(challenge):
        services.accept_invitation(public_id=seat.public_id, actor=seat.reviewer, declaration="无冲突")
    with pytest.raises(Refusal, match="check every proposal"):
        services.start_review(**start)
    services.admit_proposal(public_id=challenge.public_id, code="P01", actor=judge(challenge))
    assert services.start_review(**start).state == State.REVIEWING


def review_of(challenge: Challenge, seat: Assignment, each: int, **changes: object) -> Review:
    values = dict.fromkeys(challenge.criteria.all(), each)
    given = {"points": values, "comment": "意见", **changes}
    return services.lock_review(public_id=seat.public_id, code="P01", actor=seat.reviewer, **given)  # type: ignore[arg-type]  # the test passes broken values on purpose


def test_scores_are_complete_in_range_commented_and_final() -> None:
    challenge = factories.under_review(factories.opened(case(answers=1)))
    seat = seats(challenge)[0]
    first = challenge.criteria.first()
    assert first
    for broken in ({"points": {first: 80}}, {"comment": " "}):
        with pytest.raises(Refusal):
            review_of(challenge, seat, 80, **broken)
    for impossible in (-1, 101):
        with pytest.raises(Refusal):
            review_of(challenge, seat, impossible)
    assert not Review.objects.filter(state="LOCKED").exists()
    review_of(challenge, seat, 80)
    with pytest.raises(Stale):
        review_of(challenge, seat, 81)
    assert set(Review.objects.get().scores.values_list("points", flat=True)) == {80}


def test_a_foreign_criterion_is_not_found() -> None:
    challenge = factories.under_review(factories.opened(case(answers=1)))
    foreign = factories.open_challenge().criteria.first()
    assert foreign
    with pytest.raises(NotFound):
        review_of(challenge, seats(challenge)[0], 80, points={foreign: 80})


def test_a_reviewer_who_joins_a_solvers_firm_can_review_no_longer() -> None:
    challenge = factories.open_challenge()
    owner = factories.person()
    firm = factories.organisation(owner)
    draft = factories.proposal_draft(challenge, author=owner)
    Proposal.objects.update(organisation=firm)
    proposing.submit_proposal(public_id=draft.public_id, actor=owner)
    factories.under_review(factories.opened(factories.closed(challenge)))
    seat = seats(challenge)[0]
    proposal = queries.masked(seat, "P01")
    assert policy.may_review(seat.reviewer, seat, proposal)
    factories.member(firm, seat.reviewer)
    assert not policy.may_review(seat.reviewer, seat, proposal)
    with pytest.raises(NotFound):
        review_of(challenge, seat, 80)


def test_a_decision_waits_for_three_locked_reviews_of_every_proposal() -> None:
    challenge = factories.under_review(factories.opened(case(answers=1)))
    for seat in seats(challenge)[:2]:
        review_of(challenge, seat, 90)
    with pytest.raises(Refusal, match="three locked"):
        factories.adjudicated(challenge)
    assert fresh(challenge).state == State.REVIEWING


def test_a_decision_needs_reasons_a_fit_winner_and_a_ground_for_passing_over_the_first() -> None:
    challenge = factories.under_review(factories.opened(case(answers=3)))
    factories.scored(challenge, {"P01": 90, "P02": 70, "P03": 40})
    decide = {"public_id": challenge.public_id, "actor": judge(challenge), "reasons": "综合最优"}
    for broken, field in (
        ({"winner": "P09"}, "winner"),
        ({"winner": "P03"}, "winner"),
        ({"winner": "P01", "reasons": " "}, "reasons"),
        ({"winner": "P02"}, "deviation_reason"),
    ):
        with pytest.raises(Refusal) as refused:
            services.adjudicate(**{**decide, **broken})
        assert refused.value.field == field
    services.adjudicate(**decide, winner="P02", deviation_reason="P01 报价依据不足")
    states = dict(challenge.proposals.values_list("code", "state"))
    assert states == {"P01": "RESERVE", "P02": "WINNING", "P03": "NOT_SELECTED"}
    award = challenge.awards.get()
    assert (award.proposal.code, award.amount, award.final_at) == ("P02", 2_000_000_00, None)


def test_in_bounty_mode_the_award_is_the_bounty() -> None:
    challenge = factories.open_challenge(mode="BOUNTY")
    factories.submitted_proposal(challenge, price_amount=None)
    factories.under_review(factories.opened(factories.closed(challenge)))
    factories.adjudicated(factories.scored(challenge, {"P01": 90}))
    assert challenge.awards.get().amount == 3_000_000_00


def test_only_the_named_adjudicator_decides() -> None:
    challenge = factories.under_review(factories.opened(case(answers=1)))
    factories.scored(challenge, {"P01": 90})
    for other in (watcher(challenge), challenge.author, factories.person()):
        with pytest.raises(Refusal):
            services.adjudicate(public_id=challenge.public_id, actor=other, winner="P01", reasons="x")
    assert fresh(challenge).state == State.REVIEWING


def test_an_adjudicator_who_belongs_to_a_solver_leaves_it_to_another() -> None:
    challenge = factories.open_challenge()
    owner = factories.person()
    firm = factories.organisation(owner)
    draft = factories.proposal_draft(challenge, author=owner)
    Proposal.objects.update(organisation=firm)
    proposing.submit_proposal(public_id=draft.public_id, actor=owner)
    factories.under_review(factories.opened(factories.closed(challenge)))
    factories.scored(challenge, {"P01": 90})
    factories.member(firm, judge(challenge))
    with pytest.raises(Refusal, match="somebody else"):
        factories.adjudicated(challenge)


def test_when_nobody_reaches_the_threshold_the_call_ends_with_its_reasons() -> None:
    challenge = factories.under_review(factories.opened(case(answers=2)))
    factories.scored(challenge, {"P01": 59, "P02": 10})
    with pytest.raises(Refusal, match="threshold"):
        factories.adjudicated(challenge)
    failed = services.declare_failed(public_id=challenge.public_id, actor=judge(challenge), reasons="均未达到门槛")
    assert (failed.state, failed.failure_reason) == (State.FAILED, FailureReason.BELOW_THRESHOLD)
    assert set(challenge.proposals.values_list("state", flat=True)) == {"NOT_SELECTED"}


def test_failure_cannot_be_declared_over_a_proposal_that_reached_the_threshold() -> None:
    challenge = factories.under_review(factories.opened(case(answers=1)))
    factories.scored(challenge, {"P01": 60})
    with pytest.raises(Refusal, match="reached the threshold"):
        services.declare_failed(public_id=challenge.public_id, actor=judge(challenge), reasons="x")


def test_the_notice_names_where_objections_go_and_the_award_waits_for_its_end() -> None:
    challenge = factories.under_review(factories.opened(case(answers=1)))
    factories.adjudicated(factories.scored(challenge, {"P01": 90}))
    notice = PublicNotice.objects.get()
    assert (notice.office, notice.telephone, notice.address, notice.working_days) == (
        challenge.contact_office,
        challenge.contact_telephone,
        challenge.contact_address,
        5,
    )
    movable.shift(seconds=(notice.ends_at - clock.now()).total_seconds() - 2)
    with pytest.raises(Refusal):
        services.finish_notice(public_id=challenge.public_id)
    assert challenge.awards.get().final_at is None
    movable.shift(seconds=3)
    assert services.finish_notice(public_id=challenge.public_id).state == State.AWARDED
    assert challenge.awards.get().final_at is not None
