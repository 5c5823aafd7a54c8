"""Each checker is quiet over a whole honest life and speaks up over one planted violation (I5–I24, L04, L21)."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from marketplace.accounts.models import Membership, RoleGrant
from marketplace.accounts.roles import Role, Scope
from marketplace.invariants import judging, running, secrecy, separation, steps
from marketplace.invariants.finding import Checker
from marketplace.kernel import clock
from marketplace.management.commands.verify_invariants import CHECKERS
from marketplace.outbox.models import Delivery, Fact
from tasks.adjudication.models import (
    Assignment,
    ChallengeAward,
    CriterionScore,
    OpeningConfirmation,
    PublicNotice,
    RankedProposal,
)
from tasks.challenges.models import Challenge
from tasks.jobs import advance
from tasks.proposals.models import Proposal
from tests import clock as movable
from tests import factories
from tests.administration.staff import office


@pytest.fixture(scope="module")
def life(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """Two challenges, lived once for all tests here; each test's own changes are rolled back to this."""
    with django_db_blocker.unblock(), transaction.atomic():
        still_open = factories.open_challenge(deadline=clock.now() + timedelta(days=90))
        factories.submitted_proposal(still_open)
        office(Role.AUDIT_ADMIN)
        yield lived().pk
        transaction.set_rollback(True)


@pytest.fixture
def awarded(life: int, db: None) -> Challenge:
    """The one that lived from draft to award."""
    return Challenge.objects.get(pk=life)


def lived() -> Challenge:
    challenge = factories.open_challenge()
    factories.submitted_proposal(challenge)
    factories.submitted_proposal(challenge)
    factories.closed(challenge)
    factories.under_review(factories.opened(challenge))
    factories.scored(challenge, {"P01": 90, "P02": 50})
    factories.adjudicated(challenge)
    movable.shift(days=20)
    advance()
    movable.reset()
    return challenge


def violations(check: Checker) -> int:
    return len(check().violations)


@pytest.mark.usefixtures("awarded")
def test_an_honest_life_violates_nothing() -> None:
    assert [check().violations for check in CHECKERS] == [[]] * 16
    assert all(check().checked for check in CHECKERS[:-1])


def second_award(challenge: Challenge) -> None:
    loser = challenge.proposals.get(code="P02")
    ChallengeAward.objects.create(challenge=challenge, proposal=loser, place=2, amount=1)


def too_much(challenge: Challenge) -> None:
    assert challenge.bounty_amount
    challenge.awards.update(amount=challenge.bounty_amount + 1)


def state_without_a_fact(challenge: Challenge) -> None:
    Challenge.objects.filter(state="OPEN").update(state="SEALED")


def change_without_a_fact(challenge: Challenge) -> None:
    Challenge.objects.filter(pk=challenge.pk).update(version=challenge.version + 1)


def step_out_of_order(challenge: Challenge) -> None:
    Fact.objects.filter(subject=challenge.public_id, kind="challenge.closed").update(kind="challenge.awarded")


def proposal_without_a_fact(challenge: Challenge) -> None:
    challenge.proposals.filter(code="P02").update(state="RESERVE")


def score_changed(challenge: Challenge) -> None:
    CriterionScore.objects.filter(review__proposal__code="P02").update(points=95)


def ranking_changed(challenge: Challenge) -> None:
    RankedProposal.objects.filter(rank=1).update(points=9100)


def code_before_opening(challenge: Challenge) -> None:
    Proposal.objects.filter(challenge__state="OPEN").update(code="P07")


def left_closed(challenge: Challenge) -> None:
    challenge.proposals.filter(code="P02").update(state="SUBMITTED")


def told_too_early(challenge: Challenge) -> None:
    stream = f"challenge:{Challenge.objects.get(state='OPEN').public_id}"
    last = Fact.objects.filter(stream=stream).count()
    started = Fact.objects.filter(kind="proposal.started").order_by("pk")[:1]
    Fact.objects.filter(pk__in=started.values("pk")).update(stream=stream, sequence=last + 1)


def one_confirmation(challenge: Challenge) -> None:
    OpeningConfirmation.objects.filter(side="SUPERVISOR").delete()


def opened_early(challenge: Challenge) -> None:
    assert challenge.deadline
    Challenge.objects.filter(pk=challenge.pk).update(proposals_opened_at=challenge.deadline - timedelta(hours=1))


def late_proposal(challenge: Challenge) -> None:
    challenge.proposals.filter(code="P01").update(submitted_at=challenge.deadline)


def reviewer_of_the_sponsor(challenge: Challenge) -> None:
    seat = Assignment.objects.first()
    assert seat
    assert challenge.sponsor
    worked = clock.now() - timedelta(days=400)
    left = clock.now() - timedelta(days=200)
    Membership.objects.create(
        user=seat.reviewer, organisation=challenge.sponsor, place="MEMBER", valid_from=worked, valid_until=left
    )


def reviewer_is_a_solver(challenge: Challenge) -> None:
    seat = Assignment.objects.first()
    assert seat
    challenge.proposals.filter(code="P02").update(author=seat.reviewer)


def nobody_supervises(challenge: Challenge) -> None:
    Challenge.objects.filter(pk=challenge.pk).update(supervisor=None)


def decided_by_another(challenge: Challenge) -> None:
    challenge.adjudication.adjudicator = factories.person()
    challenge.adjudication.save()


def short_notice(challenge: Challenge) -> None:
    notice = challenge.notice
    PublicNotice.objects.filter(pk=notice.pk).update(ends_at=notice.starts_at + timedelta(days=2))


def awarded_during_the_notice(challenge: Challenge) -> None:
    moment = challenge.notice.ends_at - timedelta(seconds=1)
    Fact.objects.filter(kind="challenge.awarded").update(occurred_at=moment)


def fact_rewritten(challenge: Challenge) -> None:
    Fact.objects.filter(kind="challenge.adjudicated").update(reason="别的理由")


def delivery_given_up(challenge: Challenge) -> None:
    fact = Fact.objects.first()
    assert fact
    Delivery.objects.create(fact=fact, listener="somebody", state="PARKED", due_at=clock.now())


def two_offices(challenge: Challenge) -> None:
    administrator = RoleGrant.objects.get(role=Role.AUDIT_ADMIN).user
    RoleGrant.objects.create(user=administrator, role=Role.ADJUDICATOR, scope=Scope.PLATFORM)


def two_in_turn_that_overlap(challenge: Challenge) -> None:
    held = RoleGrant.objects.get(role=Role.AUDIT_ADMIN)
    over = {"valid_from": held.valid_from - timedelta(days=9), "valid_until": held.valid_from + timedelta(seconds=1)}
    RoleGrant.objects.create(user=held.user, role=Role.SUPERVISOR, scope=Scope.PLATFORM, **over)


def given_by_one(challenge: Challenge) -> None:
    one = factories.person()
    RoleGrant.objects.filter(role=Role.AUDIT_ADMIN).update(granted_by=one, confirmed_by=one)


def given_to_oneself(challenge: Challenge) -> None:
    grant = RoleGrant.objects.get(role=Role.AUDIT_ADMIN)
    RoleGrant.objects.filter(pk=grant.pk).update(granted_by=factories.person(), confirmed_by=grant.user)


def administrator_of_an_organisation(challenge: Challenge) -> None:
    Membership.objects.create(
        user=RoleGrant.objects.get(role=Role.AUDIT_ADMIN).user, organisation=challenge.sponsor, place="MEMBER"
    )


def award_by_an_administrator(challenge: Challenge) -> None:
    Fact.objects.filter(kind="challenge.awarded").update(role=Role.SYSTEM_ADMIN)


def grant_by_an_auditor(challenge: Challenge) -> None:
    Fact.objects.filter(kind="role.granted").update(role=Role.AUDIT_ADMIN)


PLANTED: list[tuple[Checker, Callable[[Challenge], None]]] = [
    (judging.one_award_set, second_award),
    (judging.one_award_set, too_much),
    (steps.challenges_moved_legally, state_without_a_fact),
    (steps.challenges_moved_legally, change_without_a_fact),
    (steps.challenges_moved_legally, step_out_of_order),
    (steps.proposals_moved_legally, proposal_without_a_fact),
    (judging.ranking_is_a_function, score_changed),
    (judging.ranking_is_a_function, ranking_changed),
    (secrecy.closed_until_opened, code_before_opening),
    (secrecy.closed_until_opened, left_closed),
    (secrecy.no_proposal_in_the_challenges_stream, told_too_early),
    (secrecy.opened_by_three, one_confirmation),
    (secrecy.opened_by_three, opened_early),
    (secrecy.submitted_in_time, late_proposal),
    (judging.no_conflicted_review, reviewer_of_the_sponsor),
    (judging.no_conflicted_review, reviewer_is_a_solver),
    (judging.judged_by_two, nobody_supervises),
    (judging.judged_by_two, decided_by_another),
    (judging.notices_ran, short_notice),
    (judging.notices_ran, awarded_during_the_notice),
    (separation.administrators_are_separate, two_offices),
    (separation.administrators_are_separate, two_in_turn_that_overlap),
    (separation.offices_were_given_by_two, given_by_one),
    (separation.offices_were_given_by_two, given_to_oneself),
    (separation.administrators_take_no_part, administrator_of_an_organisation),
    (separation.administrators_take_no_part, award_by_an_administrator),
    (separation.administrators_take_no_part, grant_by_an_auditor),
    (running.trail_holds, fact_rewritten),
    (running.nothing_parked, delivery_given_up),
]


@pytest.mark.parametrize(("check", "plant"), PLANTED, ids=[plant.__name__ for _check, plant in PLANTED])
def test_a_planted_violation_is_found(check: Checker, plant: Callable[[Challenge], None], awarded: Challenge) -> None:
    plant(awarded)
    assert violations(check) > 0


def test_every_checker_has_been_seen_red() -> None:
    assert {check for check, _plant in PLANTED} == set(CHECKERS)


def test_the_command_says_it_as_json_and_by_its_status(awarded: Challenge) -> None:
    out = StringIO()
    call_command("verify_invariants", "--json", stdout=out)
    assert {finding["invariant"] for finding in json.loads(out.getvalue())} >= {"I5 one award set", "I17 trail"}
    too_much(awarded)
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_invariants", stdout=out)
    assert stopped.value.code == 1
