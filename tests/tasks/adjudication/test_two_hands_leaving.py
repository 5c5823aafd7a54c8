"""Leaving a panel while somebody else acts: whoever is first wins, and no void score is ever counted (L13)."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace.accounts.models import User
from marketplace.kernel.errors import Expected
from marketplace.outbox.models import Fact
from tasks.adjudication import queries
from tasks.adjudication import services as judging
from tasks.adjudication.models import Assignment, Review
from tasks.challenges.models import Challenge
from tests import clock, factories
from tests.hands import together
from tests.tasks.web_adjudication.stage import fresh, judge, running_case, seats

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 4


def begun(*, spare: int = 0) -> Challenge:
    """Under review with three reviewers; so many experts more are in the order."""
    clock.reset()
    for _ in range(3 + spare):
        factories.expert()
    return running_case(answers=1)


def recusal(seat: Assignment) -> Callable[[], Any]:
    return lambda: judging.recuse_reviewer(
        public_id=seat.public_id, actor=seat.reviewer, reason="冲突", version=seat.version
    )


def scores(challenge: Challenge, seat: Assignment, act: Callable[..., Review], **seen: int) -> Callable[[], Review]:
    points = dict.fromkeys(challenge.criteria.all(), 80)
    return lambda: act(public_id=seat.public_id, code="P01", actor=seat.reviewer, points=points, comment="意见", **seen)


def failures(results: list[Any]) -> list[Exception]:
    found = [one for one in results if isinstance(one, Exception)]
    assert all(isinstance(one, Expected) for one in found), found
    return found


def test_recusing_while_locking_leaves_no_locked_review_of_somebody_who_left() -> None:
    for _round in range(ROUNDS):
        challenge = begun()
        seat = seats(challenge)[0]
        results = together(recusal(seat), scores(challenge, seat, judging.lock_review))
        assert len(failures(results)) <= 1
        assert not isinstance(results[0], Exception)
        assert set(Review.objects.filter(assignment=seat).values_list("state", flat=True)) <= {"VOID"}
        assert queries.locked_counts(challenge) == {"P01": 0}


def test_recusing_while_deciding_is_one_or_the_other() -> None:
    for _round in range(ROUNDS):
        challenge = factories.scored(begun(), {"P01": 80})
        seat, seen = seats(challenge)[0], fresh(challenge).version
        decide = lambda one=challenge, version=seen: judging.adjudicate(  # noqa: E731  # an act to be pressed twice
            public_id=one.public_id, actor=judge(one), winner="P01", reasons="理由", version=version
        )
        results = together(recusal(seat), decide)
        assert len(failures(results)) == 1
        left = Assignment.objects.get(pk=seat.pk).state == "RECUSED"
        assert fresh(challenge).state == ("REVIEWING" if left else "NOTICE")
        assert challenge.awards.count() == (0 if left else 1)


def test_two_reviewers_leave_at_once_and_two_different_experts_come_in() -> None:
    for _round in range(ROUNDS):
        challenge = begun(spare=2)
        first, second, third = seats(challenge)
        assert failures(together(recusal(first), recusal(second))) == []
        now = [seat.reviewer_id for seat in seats(challenge)]
        assert len(set(now)) == 3
        assert third.reviewer_id in now
        assert not {first.reviewer_id, second.reviewer_id} & set(now)


def test_one_reviewer_leaves_in_two_windows_once() -> None:
    for _round in range(ROUNDS):
        challenge = begun(spare=2)
        seat = seats(challenge)[0]
        assert len(failures(together(recusal(seat), recusal(seat)))) == 1
        assert Fact.objects.filter(subject=seat.public_id, kind="reviewer.recused").count() == 1
        assert len(seats(challenge)) == 3


def test_two_windows_draw_further_experts_once() -> None:
    for _round in range(ROUNDS):
        User.objects.filter(expert__isnull=False).update(is_active=False)
        challenge = begun()
        recusal(seats(challenge)[0])()
        factories.expert()
        factories.expert()
        seen = fresh(challenge).version
        further = lambda one=challenge, version=seen: judging.draw_further(  # noqa: E731  # an act to be pressed twice
            public_id=one.public_id, actor=judge(one), version=version
        )
        assert len(failures(together(further, further))) == 1
        assert challenge.panel.further_draws.count() == 1


def test_two_windows_of_one_reviewer_save_at_once_and_one_is_told() -> None:
    for _round in range(ROUNDS):
        challenge = begun()
        seat = seats(challenge)[0]
        save = scores(challenge, seat, judging.save_review, version=0)
        assert len(failures(together(save, save))) == 1
        assert Review.objects.get(assignment=seat).version == 2
