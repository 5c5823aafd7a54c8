"""Bound people judge nothing, and nobody chooses among scores that are known (L13, L15, 4.5)."""

from datetime import timedelta

import pytest
from django.test import override_settings

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Membership, Organisation, User
from marketplace.accounts.roles import Role, Scope
from marketplace.kernel import clock as platform
from marketplace.kernel.errors import NotFound, Refusal
from tasks.adjudication import leaving, policy, queries, services
from tasks.adjudication.casefile import case_file
from tasks.adjudication.models import Assignment
from tasks.adjudication.scoresheet import score_sheet
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tests import clock, factories
from tests.tasks.web_adjudication.stage import (
    address,
    at_browser,
    everything,
    fresh,
    judge,
    opened_case,
    running_case,
    seats,
    text_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def sponsor(challenge: Challenge) -> Organisation:
    assert challenge.sponsor
    return challenge.sponsor


def answered_by_a_firm(challenge: Challenge, code: str = "P01") -> Organisation:
    """The organisation in whose name this proposal is, from now on."""
    proposal = challenge.proposals.get(code=code)
    proposal.organisation = factories.organisation(proposal.author)
    proposal.save()
    return proposal.organisation


def left_a_year_ago(organisation: Organisation, user: User) -> None:
    factories.member(organisation, user)
    now = platform.now()
    Membership.objects.filter(user=user, organisation=organisation).update(
        valid_from=now - timedelta(days=900), valid_until=now - timedelta(days=365)
    )


def locked(seat: Assignment, code: str, points: int) -> None:
    given = dict.fromkeys(seat.panel.challenge.criteria.all(), points)
    services.lock_review(public_id=seat.public_id, code=code, actor=seat.reviewer, points=given, comment="意见")


def release(challenge: Challenge, seat: Assignment) -> None:
    services.release_seat(public_id=challenge.public_id, seat=seat.public_id, actor=judge(challenge))


def test_scores_of_somebody_bound_since_decide_nothing_until_the_seat_is_passed_on() -> None:
    challenge = factories.scored(running_case(1, 5), {"P01": 80})
    seat = seats(challenge)[0]
    factories.member(sponsor(challenge), seat.reviewer)
    before = everything()
    file = case_file(fresh(challenge), judge(challenge))
    assert (file.may.decide, "conflict" in str(file.may.denied)) == (False, True)
    with pytest.raises(Refusal, match="conflict"):
        factories.adjudicated(challenge)
    assert everything() == before
    release(challenge, seat)
    factories.adjudicated(challenge)


def test_a_call_does_not_fail_by_the_scores_of_somebody_bound() -> None:
    challenge = factories.scored(running_case(1, 5), {"P01": 10})
    factories.member(sponsor(challenge), seats(challenge)[0].reviewer)
    with pytest.raises(Refusal, match="conflict"):
        services.declare_failed(public_id=challenge.public_id, actor=judge(challenge), reasons="未达标")


def test_a_reviewer_bound_since_reads_nothing_more_and_is_told_why() -> None:
    challenge = running_case(2)
    seat = seats(challenge)[0]
    browser = at_browser(seat.reviewer)
    assert "方案题目1" in text_of(browser.get(address("assignment", seat.public_id)))
    factories.member(answered_by_a_firm(challenge), seat.reviewer)
    assert queries.to_review(seat) == []
    for answer in (browser.get, browser.post):
        page = answer(address("score", seat.public_id, "P02"))
        assert (page.status_code, "方案题目1" in text_of(page)) == (404, False)
    for name in ("assignment", "assignment_live"):
        text = text_of(browser.get("/en" + address(name, seat.public_id).removeprefix("/en")))
        assert "方案题目1" not in text
        assert "the proposals are closed to you" in text
        assert address("recuse", seat.public_id) in text
    with pytest.raises(NotFound):
        services.save_review(public_id=seat.public_id, code="P02", actor=seat.reviewer, points={}, comment="x")


def test_an_adjudicator_bound_to_a_solver_checks_and_passes_on_nothing_and_is_told_why() -> None:
    challenge = opened_case(2)
    factories.member(answered_by_a_firm(challenge, "P02"), judge(challenge))
    before = everything()
    with pytest.raises(Refusal, match="somebody else"):
        services.reject_proposal(public_id=challenge.public_id, code="P01", actor=judge(challenge), reason="缺件")
    with pytest.raises(Refusal, match="somebody else"):
        services.admit_proposal(public_id=challenge.public_id, code="P02", actor=judge(challenge))
    assert everything() == before
    file = case_file(fresh(challenge), judge(challenge))
    assert (file.may.check, file.may.draw, "somebody else" in str(file.may.denied)) == (False, False, True)

    running = running_case(1)
    seat = seats(running)[0]
    factories.member(sponsor(running), seat.reviewer)
    assert policy.may_release(judge(running), seat)
    factories.member(answered_by_a_firm(running), judge(running))
    for verdict in (policy.may_release(judge(running), seat), policy.may_draw_further(judge(running), running)):
        assert "somebody else" in str(getattr(verdict, "reason", ""))


def test_the_adjudicator_is_held_to_the_same_three_years_as_the_reviewers() -> None:
    left = factories.scored(running_case(1), {"P01": 80})
    left_a_year_ago(answered_by_a_firm(left), judge(left))
    joined = factories.scored(running_case(1), {"P01": 80})
    factories.member(sponsor(joined), judge(joined))
    for challenge in (left, joined):
        with pytest.raises(Refusal, match="somebody else"):
            factories.adjudicated(challenge)


@pytest.mark.parametrize("office", ["adjudicator", "supervisor"])
def test_nobody_is_named_for_a_case_who_left_the_sponsor_lately(office: str) -> None:
    challenge = factories.submitted()
    named = {
        "adjudicator": factories.officer_with(Role.ADJUDICATOR),
        "supervisor": factories.officer_with(Role.SUPERVISOR),
    }
    left_a_year_ago(sponsor(challenge), named[office])
    with pytest.raises(Refusal, match="within three years") as refused:
        posting.approve_challenge(
            public_id=challenge.public_id, actor=factories.officer_with(Role.REGION_ADMIN), **named
        )
    assert refused.value.field == office


def test_whoever_wrote_the_posting_is_not_named_for_it_however_long_they_have_left() -> None:
    challenge = factories.submitted()
    accounts.grant_role(user=challenge.author, role=Role.ADJUDICATOR, scope=Scope.PLATFORM)
    long_ago = platform.now() - timedelta(days=4 * 366)
    Membership.objects.filter(user=challenge.author).update(valid_from=long_ago, valid_until=long_ago)
    with pytest.raises(Refusal, match="belongs to the sponsor") as refused:
        posting.approve_challenge(
            public_id=challenge.public_id,
            actor=factories.officer_with(Role.REGION_ADMIN),
            adjudicator=challenge.author,
            supervisor=factories.officer_with(Role.SUPERVISOR),
        )
    assert refused.value.field == "adjudicator"


def test_who_is_late_keeps_the_seat_once_the_ranking_is_shown() -> None:
    challenge = running_case(2, 5)
    factories.expert()
    *quick, slow, _silent = seats(challenge)
    locked(slow, "P01", 0)
    clock.shift(seconds=(leaving.scores_due(slow) - platform.now()).total_seconds() + 1)
    assert leaving.ground_for(slow, platform.now()) == leaving.Ground.UNSCORED
    for seat in quick:
        for code in ("P01", "P02"):
            locked(seat, code, 80)
    assert score_sheet(challenge) is not None
    before = everything()
    assert not any(line.ground for line in case_file(fresh(challenge), judge(challenge)).seats)
    with pytest.raises(Refusal, match="enough reviews"):
        release(challenge, slow)
    assert everything() == before


def test_the_letters_of_the_sheet_follow_nothing_that_a_page_shows() -> None:
    """The ids of seats stand in the addresses of the case's buttons, so letters in their order would be names."""
    challenge = running_case(1, 5)
    for place, seat in enumerate(seats(challenge)):
        locked(seat, "P01", 50 + place)
    orders = set()
    for key in ("一", "二", "三", "四"):
        with override_settings(SECRET_KEY=key):
            sheet = score_sheet(challenge)
            assert sheet
            assert [mark.reviewer for mark in sheet.lines[0].marks] == list("ABCDE")
            orders.add(tuple(mark.total for mark in sheet.lines[0].marks))
    assert len(orders) > 1
