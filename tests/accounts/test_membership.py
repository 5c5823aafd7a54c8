"""Inviting, answering, leaving, removing, places, handing over: who may, what a refusal leaves, what is kept."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.accounts import membership, queries
from marketplace.accounts.models import Invitation, Membership, Organisation, User
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.notices.models import Letter, Notice
from marketplace.outbox.models import Fact
from tests import clock, factories
from tests.relay import drain
from tests.tasks.web_adjudication.stage import at_browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

OFFICER, MEMBER, OWNER = Membership.Place.OFFICER, Membership.Place.MEMBER, Membership.Place.OWNER


@pytest.fixture
def owner() -> User:
    return factories.person()


@pytest.fixture
def house(owner: User) -> Organisation:
    return factories.organisation(owner)


def invited(house: Organisation, owner: User, email: str, place: str = OFFICER) -> Invitation:
    return membership.invite(organisation_id=house.public_id, actor=owner, email=email, place=place)


def with_member(house: Organisation, place: str = MEMBER) -> User:
    person = factories.person()
    factories.member(house, person, Membership.Place(place))
    return person


def places(house: Organisation) -> dict[str, str]:
    return {one.user.public_id: one.place for one in queries.members_of(house)}


def test_invited_by_letter_accepted_and_may_post(house: Organisation, owner: User) -> None:
    colleague = factories.person()
    invitation = invited(house, owner, f" {colleague.email.upper()} ")
    letter = Letter.objects.get(to=colleague.email)
    assert reverse("accounts:invitation", args=[invitation.public_id]) in letter.body
    assert not queries.officer_of(colleague, house)
    membership.accept_invitation(public_id=invitation.public_id, actor=colleague)
    assert places(house) == {owner.public_id: OWNER, colleague.public_id: OFFICER}
    assert queries.officer_of(colleague, house)


def test_known_and_unknown_addresses_are_answered_alike(house: Organisation, owner: User) -> None:
    known = factories.person()
    said = []
    for email in (known.email, "nobody@example.org"):
        at = at_browser(owner)
        answer = at.post(reverse("accounts:invite", args=[house.public_id]), {"email": email, "place": MEMBER})
        page = text_of(at.get(answer.headers["Location"]))
        letter = Letter.objects.get(to=email)
        said.append(
            (answer.status_code, re.sub(r"\s+", " ", letter.body.replace(email, "…"))[:200], "Invited." in page)
        )
    assert said[0][0] == said[1][0] == 302
    assert said[0][2]
    assert said[1][2]
    assert said[0][1].split("/invitations/")[0] == said[1][1].split("/invitations/")[0]


def test_only_who_has_confirmed_the_address_sees_and_answers(house: Organisation, owner: User) -> None:
    unconfirmed = factories.person(verified=False)
    invitation = invited(house, owner, unconfirmed.email)
    for person in (unconfirmed, factories.person(), owner):
        with pytest.raises(NotFound):
            membership.accept_invitation(public_id=invitation.public_id, actor=person)
        assert at_browser(person).get(reverse("accounts:invitation", args=[invitation.public_id])).status_code == 404
    assert places(house) == {owner.public_id: OWNER}


def test_an_invitation_is_answered_once_and_not_after_its_end(house: Organisation, owner: User) -> None:
    colleague = factories.person()
    declined = invited(house, owner, colleague.email)
    membership.decline_invitation(public_id=declined.public_id, actor=colleague)
    over = invited(house, owner, colleague.email)
    withdrawn = invited(house, owner, "other@example.org")
    membership.withdraw_invitation(organisation_id=house.public_id, public_id=withdrawn.public_id, actor=owner)
    clock.shift(seconds=timedelta(days=14, seconds=1).total_seconds())
    for one in (declined, over):
        with pytest.raises(NotFound):
            membership.accept_invitation(public_id=one.public_id, actor=colleague)
    with pytest.raises(Stale):
        membership.withdraw_invitation(organisation_id=house.public_id, public_id=withdrawn.public_id, actor=owner)
    assert places(house) == {owner.public_id: OWNER}


def test_who_may_invite_whom(house: Organisation, owner: User) -> None:
    officer, member = with_member(house, OFFICER), with_member(house)
    pending = factories.organisation(factories.person(), verified=False)
    invited(house, officer, "a@example.org", MEMBER)
    boss = pending.memberships.get().user
    for where, actor, place in [
        (house, officer, OFFICER),
        (house, owner, OWNER),
        (house, member, MEMBER),
        (house, factories.person(), MEMBER),
        (pending, boss, MEMBER),
        (house, owner, "BOSS"),
        (house, owner, ""),
    ]:
        answer = at_browser(actor).post(
            reverse("accounts:invite", args=[where.public_id]), {"email": "b@example.org", "place": place}
        )
        assert answer.status_code in {404, 422}
        assert '<option value="OWNER"' not in text_of(answer)
        with pytest.raises(Refusal):
            invited(where, actor, "b@example.org", place)
    assert Invitation.objects.count() == 1


def test_one_address_waits_once_and_fifty_letters_leave_a_day(house: Organisation, owner: User) -> None:
    invited(house, owner, "a@example.org")
    with pytest.raises(Refusal, match="already"):
        invited(house, owner, "A@example.org")
    for _time in range(membership.MOST_A_DAY - 1):
        one = invited(house, owner, "b@example.org")
        membership.withdraw_invitation(organisation_id=house.public_id, public_id=one.public_id, actor=owner)
    with pytest.raises(Refusal, match="24 hours"):
        invited(house, owner, "one-more@example.org")
    assert Letter.objects.filter(to__endswith="@example.org").count() == membership.MOST_A_DAY
    clock.shift(days=1, seconds=1)
    invited(house, owner, "one-more@example.org")


def test_an_officer_neither_gives_nor_takes_back_an_officers_place(house: Organisation, owner: User) -> None:
    officer = with_member(house, OFFICER)
    theirs = invited(house, owner, "officer@example.org", OFFICER)
    own = invited(house, officer, "member@example.org", MEMBER)
    page = text_of(at_browser(officer).get(reverse("accounts:organisation", args=[house.public_id])))
    assert '<option value="OFFICER">' not in page
    assert theirs.public_id not in page
    assert own.public_id in page
    with pytest.raises(Refusal):
        membership.withdraw_invitation(organisation_id=house.public_id, public_id=theirs.public_id, actor=officer)


def test_leaving_and_removing_end_the_right_at_once_and_keep_the_history(house: Organisation, owner: User) -> None:
    leaver, removed = with_member(house, OFFICER), with_member(house, OFFICER)
    draft = factories.posting.draft_challenge(actor=owner, content=factories.posting_content(), sponsor=house)
    windows = {one: at_browser(one) for one in (leaver, removed)}
    assert {one.get(draft.get_absolute_url()).status_code for one in windows.values()} == {200}
    membership.leave(organisation_id=house.public_id, actor=leaver)
    membership.remove_member(organisation_id=house.public_id, member_id=removed.public_id, actor=owner)
    assert {one.get(draft.get_absolute_url()).status_code for one in windows.values()} == {404}
    kept = Membership.objects.filter(organisation=house, user__in=[leaver, removed])
    assert kept.exclude(valid_until=None).count() == 2
    assert {one.user_id for one in queries.belonging_lately().filter(organisation=house)} >= {leaver.pk, removed.pk}


def test_an_owner_hands_over_before_leaving(house: Organisation, owner: User) -> None:
    heir = with_member(house)
    with pytest.raises(Refusal, match="Hand the organisation over"):
        membership.leave(organisation_id=house.public_id, actor=owner)
    membership.hand_over(organisation_id=house.public_id, member_id=heir.public_id, actor=owner)
    assert places(house) == {owner.public_id: OFFICER, heir.public_id: OWNER}
    membership.leave(organisation_id=house.public_id, actor=owner)
    assert places(house) == {heir.public_id: OWNER}
    told = Fact.objects.filter(stream=f"organisation:{house.public_id}").order_by("pk").values_list("kind", "subject")
    assert list(told)[-3:] == [
        ("organisation.place_changed", owner.public_id),
        ("organisation.handed_over", heir.public_id),
        ("organisation.member_left", owner.public_id),
    ]


def test_whoever_is_moved_removed_or_made_owner_is_told(house: Organisation, owner: User) -> None:
    moved, removed, heir = (with_member(house) for _one in range(3))
    drain()
    membership.change_place(
        organisation_id=house.public_id, member_id=moved.public_id, actor=owner, place=Membership.Place.OFFICER
    )
    membership.remove_member(organisation_id=house.public_id, member_id=removed.public_id, actor=owner)
    membership.hand_over(organisation_id=house.public_id, member_id=heir.public_id, actor=owner)
    drain()
    told = {one: list(Notice.objects.filter(user=one).values_list("kind", flat=True)) for one in (moved, removed, heir)}
    assert told == {
        moved: ["organisation.place_changed"],
        removed: ["organisation.member_removed"],
        heir: ["organisation.handed_over"],
    }
    assert {Notice.objects.get(user=one).address for one in (moved, heir)} == {
        reverse("accounts:organisation", args=[house.public_id])
    }


def test_only_the_owner_changes_others_and_nobody_themselves(house: Organisation, owner: User) -> None:
    officer, member = with_member(house, OFFICER), with_member(house)
    before = places(house)
    stranger = factories.person()
    acts: list[Any] = [
        lambda actor, target: membership.remove_member(
            organisation_id=house.public_id, member_id=target.public_id, actor=actor
        ),
        lambda actor, target: membership.hand_over(
            organisation_id=house.public_id, member_id=target.public_id, actor=actor
        ),
        lambda actor, target: membership.change_place(
            organisation_id=house.public_id, member_id=target.public_id, actor=actor, place=OFFICER
        ),
    ]
    for act in acts:
        for actor, target in [
            (officer, member),
            (member, officer),
            (stranger, member),
            (owner, owner),
            (officer, owner),
        ]:
            with pytest.raises(Refusal):
                act(actor, target)
        with pytest.raises(NotFound):
            act(owner, stranger)
    assert places(house) == before


def test_handing_over_asks_for_the_password_again(house: Organisation, owner: User) -> None:
    heir = with_member(house)
    where = reverse("accounts:member_hand_over", args=[house.public_id, heir.public_id])
    client = Client()
    client.post(reverse("account_login"), {"login": owner.email, "password": "a good password"})
    answer = client.post(where)
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert places(house)[heir.public_id] == MEMBER
    client.post(answer.headers["Location"], {"password": "a good password"})
    assert places(house)[heir.public_id] == OWNER


def test_the_page_shows_each_their_own_verbs(house: Organisation, owner: User) -> None:
    officer, member = with_member(house, OFFICER), with_member(house)
    shown = {}
    for name, person in (("owner", owner), ("officer", officer), ("member", member), ("stranger", factories.person())):
        page = text_of(at_browser(person).get(reverse("accounts:organisation", args=[house.public_id])))
        shown[name] = ("Invite a colleague" in page, "Hand the organisation over" in page, "Leave it" in page)
    assert shown == {
        "owner": (True, True, False),
        "officer": (True, False, True),
        "member": (False, False, True),
        "stranger": (False, False, False),
    }


def test_no_fact_names_an_address(house: Organisation, owner: User) -> None:
    invited(house, owner, "somebody@example.org")
    assert not any("somebody@" in str(row) for row in Fact.objects.values())
