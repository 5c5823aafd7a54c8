"""Following: told what becomes of a challenge, and nobody else learns of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from marketplace.accounts import membership
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.kernel.errors import Refusal
from marketplace.notices.models import Letter, Notice
from marketplace.outbox.models import Fact
from tasks.amendments import services as amendments
from tasks.amendments.rules import Change
from tasks.challenges.models import Challenge
from tasks.following import policy, queries, services
from tasks.following.models import Follow
from tests import factories
from tests.relay import drain
from tests.tasks.questions.test_asking import answer, ask
from tests.tasks.web import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge() -> Challenge:
    return factories.open_challenge()


def told(person: User) -> set[tuple[str, str]]:
    drain()
    return set(Notice.objects.filter(user=person).values_list("kind", "part"))


def amend(challenge: Challenge) -> None:
    change = Change(deadline=Challenge.objects.get(pk=challenge.pk).deadline + timedelta(days=10))  # type: ignore[operator]  # open
    amendments.amend_challenge(public_id=challenge.public_id, actor=challenge.author, change=change)


def test_a_follower_is_told_of_amendments_answers_and_the_end(challenge: Challenge) -> None:
    follower = factories.person()
    services.follow(actor=follower, challenge=challenge)
    amend(challenge)
    answer(ask(challenge), challenge.author)
    challenge.refresh_from_db()
    factories.closed(challenge)
    assert told(follower) == {
        (kind, "FOLLOWER") for kind in ("challenge.amended", "question.answered", "challenge.closed")
    }


def test_whoever_stops_hears_nothing_more_and_letters_not_written_yet_are_not_written(challenge: Challenge) -> None:
    follower = factories.person()
    services.follow(actor=follower, challenge=challenge)
    services.unfollow(actor=follower, challenge=challenge)
    amend(challenge)
    assert told(follower) == set()
    assert not Letter.objects.filter(to=follower.email).exists()


def test_a_person_is_told_once_as_what_they_are_first(challenge: Challenge) -> None:
    solver = factories.proposal_draft(challenge).author
    services.follow(actor=solver, challenge=challenge)
    amend(challenge)
    assert ("challenge.amended", "SOLVER") in told(solver)
    assert Notice.objects.filter(user=solver, kind="challenge.amended").count() == 1


def test_whoever_has_left_the_house_hears_of_its_internal_call_no_more(client: Client) -> None:
    challenge = factories.open_challenge(audience="INTERNAL", eligibility_reason="内部攻关")
    stays, leaves = factories.person(), factories.person()
    assert challenge.sponsor
    for one in (stays, leaves):
        factories.member(challenge.sponsor, one)
        services.follow(actor=one, challenge=challenge)
    membership.leave(organisation_id=challenge.sponsor.public_id, actor=leaves)
    amend(challenge)
    assert "challenge.amended" in {kind for kind, _part in told(stays)}
    assert "challenge.amended" not in {kind for kind, _part in told(leaves)}
    assert [queries.followed_by(one).count() for one in (stays, leaves)] == [1, 0]
    assert challenge.title not in people.body(people.get(client, "/my-work/", leaves))


def test_following_twice_is_following_once_and_no_fact_tells_of_it(challenge: Challenge) -> None:
    follower = factories.person()
    before = Fact.objects.count()
    for _time in range(2):
        services.follow(actor=follower, challenge=challenge)
    assert Follow.objects.count() == 1
    assert Fact.objects.count() == before
    assert queries.follows(follower, challenge)
    assert not queries.follows(challenge.author, challenge)


def test_what_is_not_public_and_what_one_administers_is_not_followed(
    challenge: Challenge, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = factories.draft()
    separated = factories.person()
    factories.accounts.grant_role(user=separated, role=Role.SYSTEM_ADMIN, scope="PLATFORM")
    monkeypatch.setattr(policy, "MOST", 0)
    for person, one in ((draft.author, draft), (separated, challenge), (factories.person(), challenge)):
        with pytest.raises(Refusal):
            services.follow(actor=person, challenge=one)
    assert not policy.may_follow(AnonymousUser(), challenge)


def test_the_button_turns_and_the_work_list_shows_it_to_the_follower_alone(
    client: Client, challenge: Challenge
) -> None:
    follower, address = factories.person(), f"/en/challenges/{challenge.public_id}/"
    people.seen_by(client, follower)
    assert "Stop following" not in client.get(address).content.decode()
    assert client.post(f"{address}follow/").status_code == 302
    assert "Stop following" in client.get(address).content.decode()
    work = client.get("/en/my-work/").content.decode()
    assert "Challenges you follow" in work
    assert challenge.title in work
    for other in (challenge.author, factories.person()):
        assert "Stop following" not in people.get(client, address, other).content.decode()
    people.seen_by(client, follower)
    assert client.post(f"{address}unfollow/").status_code == 302
    assert "Challenges you follow" not in client.get("/en/my-work/").content.decode()


def test_others_read_the_same_page_whether_anybody_follows_or_not(client: Client, challenge: Challenge) -> None:
    def pages() -> list[Any]:
        address = f"/challenges/{challenge.public_id}/"
        return [people.body(people.get(client, address, one)) for one in (None, challenge.author)]

    pages()
    before = pages()
    services.follow(actor=factories.person(), challenge=challenge)
    assert pages() == before
