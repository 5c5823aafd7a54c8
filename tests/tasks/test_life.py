"""One challenge from draft to award through the services alone (N17a; L01–L05, L07, L09–L16, L21)."""

import pytest

from marketplace.outbox import trail
from tasks.adjudication import services as judging
from tasks.challenges.lifecycle import State
from tasks.jobs import advance
from tests import clock, factories

pytestmark = pytest.mark.django_db


def test_a_challenge_is_drafted_published_answered_judged_announced_and_awarded() -> None:
    challenge = factories.open_challenge()
    better = factories.submitted_proposal(challenge)
    factories.submitted_proposal(challenge)
    factories.closed(challenge)
    factories.under_review(factories.opened(challenge))
    better.refresh_from_db()
    codes = ["P01", "P02"]
    factories.scored(challenge, {code: 90 if code == better.code else 50 for code in codes})
    factories.adjudicated(challenge, better.code)
    challenge.refresh_from_db()
    assert challenge.state == State.NOTICE

    assert advance() == 0
    clock.shift(days=20)
    assert advance() == 1
    challenge.refresh_from_db()
    assert challenge.state == State.AWARDED
    assert challenge.awards.get().proposal == better
    assert list(trail.verify()) == []
    with pytest.raises(judging.Stale):
        judging.finish_notice(public_id=challenge.public_id)
