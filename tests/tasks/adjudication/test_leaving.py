"""Seats given up, passed on and filled again: what counts, who may read, who comes next (L11, L13, 4.5)."""

from datetime import timedelta

import pytest

from marketplace.accounts.models import User
from marketplace.kernel import clock as platform
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.management.commands.verify_invariants import CHECKERS
from marketplace.outbox.models import Fact
from tasks.adjudication import leaving, lottery, policy, queries, services
from tasks.adjudication.casefile import case_file
from tasks.adjudication.models import Assignment, Review
from tasks.adjudication.scoresheet import score_sheet
from tasks.adjudication.turns import Duty
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tests import clock, factories
from tests.tasks.web_adjudication.stage import closed_case, everything, fresh, judge, opened_case, running_case, seats

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def reviewing(*, answers: int = 1, reviewers: int = 3, spare: int = 0) -> Challenge:
    """A case under review whose pool holds this many experts beyond the panel."""
    challenge = opened_case(answers)
    for _ in range(reviewers + spare):
        factories.expert()
    return factories.under_review(challenge, reviewers=reviewers)


def recuse(seat: Assignment, reason: str = "与揭榜方近期合作", **options: int) -> Assignment:
    return services.recuse_reviewer(public_id=seat.public_id, actor=seat.reviewer, reason=reason, **options)


def duty(challenge: Challenge) -> Duty:
    return case_file(fresh(challenge), judge(challenge)).turn.duty


def expert_elsewhere(number: int) -> list[User]:
    return [factories.expert() for _ in range(number)]


def test_recusing_voids_the_scores_keeps_them_and_invites_the_next_of_the_order() -> None:
    challenge = factories.scored(reviewing(spare=2), {"P01": 80})
    seat = seats(challenge)[0]
    order = queries.whole_order(seat.panel)
    version = fresh(challenge).version
    recuse(seat)
    review = Review.objects.get(assignment=seat)
    assert (review.state, review.scores.count()) == ("VOID", 2)
    assert queries.locked_counts(challenge) == {"P01": 2}
    assert score_sheet(challenge) is None
    left = Fact.objects.get(kind="reviewer.recused")
    assert (left.subject, left.actor, left.data) == (
        seat.public_id,
        seat.reviewer.public_id,
        {"drafts": 0, "locked": 1},
    )
    told = Fact.objects.get(kind="challenge.scores_voided")
    assert (told.actor, told.data, fresh(challenge).version) == ("", {"reviews": 1}, version + 1)
    assert "与揭榜方" not in str(list(Fact.objects.values_list("data", "reason")))
    assert [(one.reviewer.public_id, one.state) for one in seats(challenge)][-1] == (order[3], "INVITED")


def test_a_draft_is_void_too_and_the_ranking_needs_no_new_version_for_it() -> None:
    challenge = reviewing(spare=1)
    seat = seats(challenge)[0]
    services.save_review(public_id=seat.public_id, code="P01", actor=seat.reviewer, points={}, comment="未完")
    recuse(seat)
    assert Review.objects.get().state == "VOID"
    assert not Fact.objects.filter(kind="challenge.scores_voided").exists()


def test_from_that_moment_the_proposals_are_closed_to_the_reviewer() -> None:
    challenge = reviewing(spare=1)
    seat = seats(challenge)[0]
    proposal = queries.masked(seat, "P01")
    recuse(seat)
    seat.refresh_from_db()
    assert queries.to_review(seat) == []
    assert not policy.may_review(seat.reviewer, seat, proposal)
    assert not queries.reviewing(seat.reviewer, proposal)
    for act in (services.save_review, services.lock_review):
        with pytest.raises(NotFound):
            act(public_id=seat.public_id, code="P01", actor=seat.reviewer, points={}, comment="x")
    with pytest.raises(NotFound):
        queries.own_assignment(seat.public_id, seat.reviewer)


def test_a_substitute_accepts_and_scores_while_the_review_runs_and_the_decision_counts_only_those_who_stayed() -> None:
    challenge = factories.scored(reviewing(answers=2, spare=1), {"P01": 90, "P02": 10})
    recuse(seats(challenge)[0])
    assert duty(challenge) == Duty.AWAIT_SCORES
    with pytest.raises(Refusal, match="three locked"):
        factories.adjudicated(challenge)
    new = seats(challenge)[-1]
    services.accept_invitation(public_id=new.public_id, actor=new.reviewer, declaration="无利益冲突")
    for code in ("P01", "P02"):
        points = dict.fromkeys(challenge.criteria.all(), 60)
        services.lock_review(public_id=new.public_id, code=code, actor=new.reviewer, points=points, comment="意见")
    factories.adjudicated(challenge)
    decided = {line.proposal.code: line.points for line in fresh(challenge).adjudication.ranking.all()}
    assert decided == {"P01": 8000, "P02": 2667}
    assert [check().violations for check in CHECKERS] == [[]] * len(CHECKERS)


def test_a_seat_is_given_up_before_the_review_too_but_not_before_it_is_taken_nor_after_the_decision() -> None:
    challenge = closed_case()
    expert_elsewhere(4)
    services.draw_panel(public_id=challenge.public_id, actor=judge(challenge))
    seat = seats(challenge)[0]
    with pytest.raises(Refusal, match="taken"):
        recuse(seat)
    services.accept_invitation(public_id=seat.public_id, actor=seat.reviewer, declaration="无")
    recuse(seat)
    assert len(seats(challenge)) == 3

    decided = factories.scored(reviewing(), {"P01": 80})
    late = seats(decided)[0]
    factories.adjudicated(decided)
    before = everything()
    with pytest.raises(Refusal, match="decided"):
        recuse(late)
    assert everything() == before


def test_recusing_is_the_reviewers_own_act_with_a_reason_and_only_once() -> None:
    challenge = reviewing(spare=3)
    seat, other, _third = seats(challenge)
    before = everything()
    with pytest.raises(Refusal) as refused:
        recuse(seat, " ")
    assert refused.value.field == "reason"
    for person in (judge(challenge), other.reviewer, challenge.author):
        with pytest.raises(NotFound):
            services.recuse_reviewer(public_id=seat.public_id, actor=person, reason="x")
    with pytest.raises(Stale):
        recuse(seat, version=seat.version - 1)
    assert everything() == before
    recuse(seat, version=seat.version)
    with pytest.raises(NotFound):
        recuse(seat)


def test_the_decision_page_that_showed_other_scores_hears_stale() -> None:
    challenge = factories.scored(reviewing(reviewers=5), {"P01": 80})
    seen = fresh(challenge).version
    recuse(seats(challenge)[0])
    with pytest.raises(Stale):
        services.adjudicate(
            public_id=challenge.public_id, actor=judge(challenge), winner="P01", reasons="好", version=seen
        )


def emptied_order(size: int = 3) -> Challenge:
    """Under review, everybody of the pool seated; then one leaves and nobody is left in the order."""
    challenge = reviewing(reviewers=size)
    recuse(seats(challenge)[0])
    assert len(seats(challenge)) == size - 1
    return fresh(challenge)


def further(challenge: Challenge):
    return services.draw_further(public_id=challenge.public_id, actor=judge(challenge))


def test_a_further_draw_takes_those_not_asked_by_the_same_rule_with_a_seed_of_its_own() -> None:
    challenge = emptied_order()
    asked = set(Assignment.objects.values_list("reviewer__public_id", flat=True))
    fresh_ones = {one.public_id for one in expert_elsewhere(3)}
    assert duty(challenge) == Duty.FILL_PANEL
    made = further(challenge)
    fixed, drawn = Fact.objects.filter(kind__startswith="challenge.panel", data__draw=2).order_by("sequence")
    assert (fixed.data["pool"], fixed.data["experts"]) == (lottery.pool_digest(made.pool), 3)
    assert made.order == lottery.drawn_order(made.pool, str(drawn.data["seed"]))
    assert (set(made.pool), set(made.pool) & asked, made.size) == (fresh_ones, set(), 1)
    assert made.seed != made.panel.seed
    assert seats(challenge)[-1].reviewer.public_id == made.order[0]
    recusing = seats(challenge)[-1]
    services.decline_invitation(public_id=recusing.public_id, actor=recusing.reviewer, reason="出差")
    assert seats(challenge)[-1].reviewer.public_id == made.order[1]
    file = case_file(fresh(challenge), judge(challenge))
    assert [(line.number, line.recomputed) for line in file.draws] == [(1, True), (2, True)]
    made.order.reverse()
    made.save()
    assert [line.recomputed for line in case_file(fresh(challenge), judge(challenge)).draws] == [True, False]


def test_a_further_draw_is_the_adjudicators_for_a_vacant_seat_before_the_decision() -> None:
    challenge = emptied_order()
    with pytest.raises(Refusal, match="vacant"):
        further(reviewing(spare=1))
    expert_elsewhere(1)
    before = everything()
    for person in (challenge.supervisor, challenge.author, factories.expert()):
        with pytest.raises(Refusal, match="Only the adjudicator"):
            services.draw_further(public_id=challenge.public_id, actor=person)  # type: ignore[arg-type]  # never None
    with pytest.raises(Stale):
        services.draw_further(public_id=challenge.public_id, actor=judge(challenge), version=challenge.version - 1)
    assert everything() == before
    done = factories.adjudicated(factories.scored(running_case(1, 5), {"P01": 80}))
    with pytest.raises(Refusal, match="decision"):
        further(done)


def test_with_the_database_exhausted_the_desk_says_so_and_goes_on_when_it_grows() -> None:
    challenge = emptied_order()
    before = everything()
    with pytest.raises(Refusal, match="has been asked"):
        further(challenge)
    assert everything() == before
    file = case_file(challenge, judge(challenge))
    assert (file.exhausted, file.may.draw_further) == (True, False)
    bound = factories.expert()
    assert challenge.sponsor
    factories.member(challenge.sponsor, bound)
    assert case_file(challenge, judge(challenge)).exhausted
    factories.expert()
    file = case_file(challenge, judge(challenge))
    assert (file.exhausted, file.may.draw_further) == (False, True)
    further(challenge)


def before_review(*, takers: int, size: int) -> Challenge:
    """Everybody in the database is asked; so many accept, the others decline."""
    challenge = opened_case(1)
    services.admit_proposal(public_id=challenge.public_id, code="P01", actor=judge(challenge))
    expert_elsewhere(size)
    services.draw_panel(public_id=challenge.public_id, actor=judge(challenge), size=size)
    for place, seat in enumerate(seats(challenge)):
        if place < takers:
            services.accept_invitation(public_id=seat.public_id, actor=seat.reviewer, declaration="无")
        else:
            services.decline_invitation(public_id=seat.public_id, actor=seat.reviewer, reason="出差")
    return fresh(challenge)


@pytest.mark.parametrize("takers", [2, 3, 4])
def test_with_the_database_exhausted_three_who_accepted_are_enough_to_start(takers: int) -> None:
    challenge = before_review(takers=takers, size=5)
    assert case_file(challenge, judge(challenge)).may.start is (takers >= 3)
    if takers >= 3:
        services.start_review(public_id=challenge.public_id, actor=judge(challenge))
        assert duty(challenge) == Duty.AWAIT_SCORES
    else:
        with pytest.raises(Refusal, match="not complete"):
            services.start_review(public_id=challenge.public_id, actor=judge(challenge))


def test_while_somebody_can_still_be_asked_the_review_waits_for_a_full_panel() -> None:
    challenge = before_review(takers=4, size=5)
    factories.expert()
    assert not case_file(challenge, judge(challenge)).may.start
    with pytest.raises(Refusal, match="not complete"):
        services.start_review(public_id=challenge.public_id, actor=judge(challenge))


def release(challenge: Challenge, seat: Assignment, actor: User | None = None) -> Assignment:
    return services.release_seat(
        public_id=challenge.public_id, seat=seat.public_id, actor=actor or judge(challenge), version=seat.version
    )


def until(moment) -> None:
    clock.shift(seconds=(moment - platform.now()).total_seconds())


def test_an_invitation_without_answer_is_passed_on_after_its_working_days_and_not_before() -> None:
    challenge = closed_case()
    expert_elsewhere(4)
    services.draw_panel(public_id=challenge.public_id, actor=judge(challenge))
    seat = seats(challenge)[0]
    until(leaving.answer_due(seat) - timedelta(seconds=5))
    with pytest.raises(Refusal, match="still time"):
        release(challenge, seat)
    clock.shift(seconds=10)
    for person in (challenge.supervisor, challenge.author, seat.reviewer):
        with pytest.raises(Refusal):
            release(challenge, seat, person)
    release(challenge, seat)
    assert Assignment.objects.get(pk=seat.pk).state == "LAPSED"
    assert len(seats(challenge)) == 3
    assert seat.reviewer not in [one.reviewer for one in seats(challenge)]


def test_a_seat_is_passed_on_when_scores_are_overdue_but_never_from_whoever_has_locked_all() -> None:
    challenge = reviewing(spare=2)
    idle, done, _third = seats(challenge)
    points = dict.fromkeys(challenge.criteria.all(), 70)
    services.lock_review(public_id=done.public_id, code="P01", actor=done.reviewer, points=points, comment="意见")
    with pytest.raises(Refusal):
        release(challenge, idle)
    until(leaving.scores_due(idle) + timedelta(seconds=1))
    with pytest.raises(Refusal):
        release(challenge, done)
    release(challenge, idle)
    assert Assignment.objects.get(pk=idle.pk).state == "LAPSED"
    assert len(seats(challenge)) == 3


def test_a_conflict_that_the_records_show_later_takes_the_seat_and_its_scores_at_once() -> None:
    challenge = factories.scored(reviewing(spare=1), {"P01": 80})
    seat = seats(challenge)[0]
    assert challenge.sponsor
    factories.member(challenge.sponsor, seat.reviewer)
    release(challenge, seat)
    assert Assignment.objects.get(pk=seat.pk).state == "RECUSED"
    assert Review.objects.get(assignment=seat).state == "VOID"
    assert Fact.objects.get(kind="reviewer.recused").data["conflict"] is True
    assert fresh(challenge).state == State.REVIEWING


def test_a_seat_of_another_case_is_not_found() -> None:
    mine, other = reviewing(), reviewing()
    with pytest.raises(NotFound):
        release(mine, seats(other)[0])
