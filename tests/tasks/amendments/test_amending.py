"""Publishing an amendment through the services (L06): who may, until when, what is told to whom."""

from datetime import timedelta

import pytest

from marketplace.accounts import membership
from marketplace.accounts.models import Membership, User
from marketplace.accounts.roles import Role
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.notices.models import Notice
from marketplace.outbox.models import Fact
from tasks.amendments import queries, services
from tasks.amendments.models import Amendment
from tasks.amendments.rules import Change
from tasks.challenges import queries as challenges
from tasks.challenges.models import Challenge
from tasks.web.trail import entries
from tests import clock, factories
from tests.hands import together
from tests.relay import drain

pytestmark = pytest.mark.django_db
HIGHER = 3_500_000_00


@pytest.fixture
def challenge() -> Challenge:
    return factories.open_challenge()


def amend(challenge: Challenge, actor: User | None = None, **change: object) -> Amendment:
    return services.amend_challenge(
        public_id=challenge.public_id, actor=actor or challenge.author, change=Change(**change)
    )


def two_hands(challenge: Challenge) -> User:
    """The sponsor asks for two hands from now on; its second officer."""
    assert challenge.sponsor
    other = factories.person()
    factories.member(challenge.sponsor, other, Membership.Place.OFFICER)
    membership.set_release_rule(organisation_id=challenge.sponsor.public_id, actor=challenge.author, by_two=True)
    return other


def test_deadline_reward_and_words_change_at_once_and_what_was_before_stays_readable(challenge: Challenge) -> None:
    before = challenge.deadline
    assert before
    later = before + timedelta(days=10)
    made = amend(challenge, deadline=later, bounty=HIGHER, clarification="阻抗在 25 ℃ 下测量。")
    now = Challenge.objects.get(pk=challenge.pk)
    assert (now.deadline, now.bounty_amount, now.version) == (later, HIGHER, challenge.version + 1)
    assert (made.number, made.deadline_before, made.bounty_before) == (1, before, 3_000_000_00)
    fact = Fact.objects.get(kind="challenge.amended")
    assert (fact.subject, fact.version, fact.role) == (challenge.public_id, now.version, "SPONSOR_OFFICER")
    assert fact.data == {"number": 1, "clarifies": True, "deadline": later.isoformat(), "bounty": HIGHER}
    assert amend(now, clarification="另一点。").number == 2
    assert [one.number for one in queries.published_for(challenge)] == [2, 1]


def test_only_the_sponsors_officers_and_only_while_it_is_open(challenge: Challenge) -> None:
    admin = factories.officer_with(Role.REGION_ADMIN)
    for actor in (factories.person(), admin, challenge.adjudicator):
        with pytest.raises(Refusal, match="需求方"):
            amend(challenge, actor, bounty=HIGHER)
    assert challenge.deadline
    clock.shift(seconds=30 * 86400)
    with pytest.raises(Refusal):
        amend(challenge, deadline=challenge.deadline + timedelta(days=30))
    assert not Amendment.objects.exists()
    assert Challenge.objects.get(pk=challenge.pk).version == challenge.version


def test_in_the_last_working_days_a_clarification_moves_the_deadline(challenge: Challenge) -> None:
    clock.shift(days=28)
    with pytest.raises(Refusal) as refused:
        amend(challenge, clarification="说明")
    assert refused.value.field == "deadline"
    amend(challenge, bounty=HIGHER)
    needed = queries.span_from(queries.call_of(challenge).now).end
    amend(challenge, clarification="说明", deadline=needed)
    assert Challenge.objects.get(pk=challenge.pk).deadline == needed


def test_where_the_organisation_asks_for_two_hands_the_second_publishes(challenge: Challenge) -> None:
    other = two_hands(challenge)
    made = amend(challenge, bounty=HIGHER)
    assert (made.state, made.number) == ("RELEASED", None)
    assert Challenge.objects.get(pk=challenge.pk).bounty_amount == 3_000_000_00
    with pytest.raises(Refusal):
        services.release_amendment(public_id=challenge.public_id, actor=challenge.author)
    with pytest.raises(Refusal):
        amend(challenge, other, bounty=HIGHER + 100)
    with pytest.raises(Stale):
        services.release_amendment(public_id=challenge.public_id, actor=other, version=made.version + 1)
    done = services.release_amendment(public_id=challenge.public_id, actor=other, version=made.version)
    assert (done.number, Challenge.objects.get(pk=challenge.pk).bounty_amount) == (1, HIGHER)
    with pytest.raises(NotFound):
        services.release_amendment(public_id=challenge.public_id, actor=other)


def test_what_was_released_can_be_dropped_and_is_nobody_elses_business(challenge: Challenge) -> None:
    two_hands(challenge)
    amend(challenge, bounty=HIGHER)
    services.drop_amendment(public_id=challenge.public_id, actor=challenge.author)
    assert queries.published_for(challenge) == []
    inside, outside = (list(challenges.trail_of(challenge, insider=insider)) for insider in (True, False))
    assert [fact.kind for fact in inside][-2:] == ["challenge.amendment_released", "challenge.amendment_dropped"]
    assert {fact.kind for fact in outside} == {"challenge.approved", "challenge.key_made", "challenge.opened"}
    assert len(entries(inside)) == len(inside)


def test_what_was_released_is_judged_anew_when_it_is_published(challenge: Challenge) -> None:
    other = two_hands(challenge)
    amend(challenge, clarification="说明")
    clock.shift(days=28)
    with pytest.raises(Refusal) as refused:
        services.release_amendment(public_id=challenge.public_id, actor=other)
    assert refused.value.field == "deadline"


def test_sponsor_and_whoever_is_answering_are_told_each_alone(challenge: Challenge) -> None:
    drafting = factories.proposal_draft(challenge).author
    submitted = factories.submitted_proposal(challenge).author
    amend(challenge, bounty=HIGHER)
    drain()
    told = Notice.objects.filter(kind="challenge.amended").values_list("user", "part")
    assert set(told) == {(drafting.pk, "SOLVER"), (submitted.pk, "SOLVER"), (challenge.author.pk, "SPONSOR")}


def test_a_proposal_that_comes_after_the_old_deadline_is_in_time(challenge: Challenge) -> None:
    solver = factories.proposal_draft(challenge)
    assert challenge.deadline
    amend(challenge, deadline=challenge.deadline + timedelta(days=10))
    clock.shift(days=31)
    done = factories.proposing.submit_proposal(public_id=solver.public_id, actor=solver.author)
    assert done.state == "SUBMITTED"


@pytest.mark.django_db(transaction=True)
def test_two_officers_amend_at_once_and_the_second_is_told() -> None:
    challenge = factories.open_challenge()
    act = lambda: services.amend_challenge(  # noqa: E731  # an act to be pressed twice
        public_id=challenge.public_id, actor=challenge.author, change=Change(bounty=HIGHER), version=challenge.version
    )
    results = together(act, act, act)
    assert sum(isinstance(one, Amendment) for one in results) == 1
    assert all(isinstance(one, (Amendment, Stale)) for one in results)
    assert list(Amendment.objects.values_list("number", flat=True)) == [1]
