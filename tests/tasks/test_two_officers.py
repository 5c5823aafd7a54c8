"""The release rule: where an organisation asks for it, a posting goes out by two officers' hands on one version."""

import pytest
from django.urls import reverse

from marketplace.accounts import membership
from marketplace.accounts.models import Organisation, User
from marketplace.kernel.errors import Refusal
from marketplace.outbox.models import Fact
from tasks.challenges import queries, services
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge, ChallengeRelease
from tests import factories
from tests.tasks.web_adjudication.stage import at_browser, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return factories.person("负责人")


@pytest.fixture
def draft(owner: User) -> Challenge:
    return factories.draft(owner)


@pytest.fixture
def officer(draft: Challenge) -> User:
    person = factories.person("经办人")
    assert draft.sponsor
    factories.member(draft.sponsor, person, "OFFICER")
    return person


@pytest.fixture
def house(draft: Challenge, officer: User, owner: User) -> Organisation:
    assert draft.sponsor
    return membership.set_release_rule(organisation_id=draft.sponsor.public_id, actor=owner, by_two=True)


def hand_in(draft: Challenge, person: User) -> str:
    services.submit_challenge(public_id=draft.public_id, actor=person)
    draft.refresh_from_db()
    return draft.state


def test_two_officers_hand_it_in(house: Organisation, draft: Challenge, owner: User, officer: User) -> None:
    assert [hand_in(draft, owner), hand_in(draft, owner)] == [State.DRAFT, State.DRAFT]
    assert ChallengeRelease.objects.count() == 1
    assert hand_in(draft, officer) == State.SUBMITTED
    stream = Fact.objects.filter(stream=f"challenge:{draft.public_id}").order_by("sequence")
    kinds = list(stream.values_list("kind", flat=True))
    assert kinds[-2:] == ["challenge.released", "challenge.submitted"]


def test_a_change_in_between_begins_anew(house: Organisation, draft: Challenge, owner: User, officer: User) -> None:
    hand_in(draft, owner)
    content = factories.posting_content(title="改动后的题目")
    services.edit_challenge(public_id=draft.public_id, actor=owner, content=content)
    assert hand_in(draft, officer) == State.DRAFT
    assert hand_in(draft, owner) == State.SUBMITTED


def test_the_hand_of_whoever_left_counts_no_more(
    house: Organisation, draft: Challenge, owner: User, officer: User
) -> None:
    hand_in(draft, officer)
    membership.leave(organisation_id=house.public_id, actor=officer)
    assert queries.releases_of(draft) == []
    assert hand_in(draft, owner) == State.DRAFT


def test_without_the_rule_one_hand_is_enough(draft: Challenge, owner: User) -> None:
    assert hand_in(draft, owner) == State.SUBMITTED


def test_the_page_says_whose_hand_is_missing(house: Organisation, draft: Challenge, owner: User, officer: User) -> None:
    where = reverse("challenges:submit", args=[draft.public_id])
    answer = at_browser(owner).post(where, {"version": draft.version})
    assert answer["Location"] == reverse("challenges:preview", args=[draft.public_id])
    seen = text_of(at_browser(officer).get("/en" + reverse("challenges:preview", args=[draft.public_id])))
    assert "Your organisation asks for two hands" in seen
    assert "负责人 has, " in seen


def test_only_the_owner_sets_the_rule_and_only_with_a_second_officer(draft: Challenge, owner: User) -> None:
    assert draft.sponsor
    with pytest.raises(Refusal):
        membership.set_release_rule(organisation_id=draft.sponsor.public_id, actor=owner, by_two=True)
    officer = factories.person()
    factories.member(draft.sponsor, officer, "OFFICER")
    with pytest.raises(Refusal):
        membership.set_release_rule(organisation_id=draft.sponsor.public_id, actor=officer, by_two=True)
    set_ = membership.set_release_rule(organisation_id=draft.sponsor.public_id, actor=owner, by_two=True)
    assert set_.released_by_two
