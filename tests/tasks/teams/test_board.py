"""The board: one notice each, replies for its author alone, what is taken down, and what it says of nobody."""

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.kernel.clock import now
from marketplace.kernel.errors import NotFound, Refusal
from marketplace.registry.models import NegativeListItem
from tasks.challenges.models import Challenge
from tasks.proposals import teaming
from tasks.teams import partners, queries, services
from tasks.teams.lifecycle import CallState
from tasks.teams.models import PartnerCall, PartnerReply
from tests import clock, factories
from tests.tasks.teams import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

SAID = {"offers": "我们有中试线与测试平台。", "seeks": "寻找熟悉界面改性的课题组。"}


def posted(challenge: Challenge | None = None, author: User | None = None) -> PartnerCall:
    challenge = challenge or factories.open_challenge()
    return partners.post_call(challenge_id=challenge.public_id, actor=author or factories.person(), **SAID)


def page(person: User, challenge: Challenge) -> str:
    return stage.browser(person).get(reverse("partners:board", args=[challenge.public_id])).content.decode()


def test_every_signed_in_person_reads_it_and_nobody_else() -> None:
    call = posted()
    assert SAID["offers"] in page(factories.person(), call.challenge)
    assert Client().get(reverse("partners:board", args=[call.challenge.public_id])).status_code == 302


def test_one_notice_each_until_it_is_withdrawn() -> None:
    call = posted()
    with pytest.raises(Refusal, match="already"):
        posted(call.challenge, call.author)
    partners.withdraw_call(public_id=call.public_id, actor=call.author)
    assert posted(call.challenge, call.author).state == CallState.SHOWN


def test_whoever_is_party_to_the_challenge_posts_nothing_and_answers_nobody() -> None:
    call = posted()
    challenge = Challenge.objects.get(pk=call.challenge_id)
    parties = [challenge.author, challenge.adjudicator, challenge.supervisor, factories.opening_officers()[0]]
    for one in parties:
        assert one is not None
        with pytest.raises(Refusal):
            posted(challenge, one)
        with pytest.raises(Refusal):
            partners.reply_to_call(public_id=call.public_id, actor=one, text="我们愿意一起做这个题目。")
    assert PartnerCall.objects.count() == 1


def test_what_reads_like_the_negative_list_is_refused_beside_its_field() -> None:
    NegativeListItem.objects.create(
        code="T1", name_zh="测试项", name_en="Test item", keywords=["禁止技术"], valid_from="2020-01-01"
    )
    challenge = factories.open_challenge()
    with pytest.raises(Refusal) as failure:
        partners.post_call(
            challenge_id=challenge.public_id,
            actor=factories.person(),
            offers=SAID["offers"],
            seeks="寻找禁止技术的伙伴。",
        )
    assert failure.value.field == "seeks"


def test_a_reply_is_read_by_the_author_alone_and_becomes_an_invitation() -> None:
    call, replier = posted(), factories.person()
    reply = partners.reply_to_call(public_id=call.public_id, actor=replier, text="我们有涂层设备,可以合作。")
    assert "涂层设备" in page(call.author, call.challenge)
    for other in (replier, factories.person(), call.challenge.author):
        assert "涂层设备" not in page(other, call.challenge)
    with pytest.raises(Refusal, match="Begin a team first"):
        services.invite_other(reply_id=reply.public_id, actor=call.author)
    team = stage.begun(call.challenge, call.author)
    seat = services.invite_other(reply_id=reply.public_id, actor=call.author)
    assert seat.email == ""
    teaming.join_team(invitation_id=seat.public_id, actor=replier, organisation=None)
    assert [one.person for one in queries.joined(team)] == [call.author, replier]
    with pytest.raises(NotFound):
        services.invite_other(reply_id=reply.public_id, actor=factories.person())


def test_nobody_writes_twice_to_the_same_notice() -> None:
    call, replier = posted(), factories.person()
    partners.reply_to_call(public_id=call.public_id, actor=replier, text="我们有涂层设备,可以合作。")
    with pytest.raises(Refusal, match="already"):
        partners.reply_to_call(public_id=call.public_id, actor=replier, text="我们有涂层设备,可以合作。")
    assert PartnerReply.objects.count() == 1


@pytest.mark.parametrize("role", ["sponsor", "region"])
def test_sponsor_and_region_take_it_down_with_a_reason_its_author_reads(role: str) -> None:
    call = posted()
    actor = call.challenge.author if role == "sponsor" else factories.officer_with(Role.REGION_ADMIN)
    with pytest.raises(Refusal, match="say why"):
        partners.take_down_call(public_id=call.public_id, actor=actor, reason=" ")
    with pytest.raises(Refusal):
        partners.take_down_call(public_id=call.public_id, actor=factories.person(), reason="不合适。")
    partners.take_down_call(public_id=call.public_id, actor=actor, reason="含有广告内容。")
    assert SAID["offers"] not in page(factories.person(), call.challenge)
    assert "含有广告内容。" in page(call.author, call.challenge)
    with pytest.raises(Refusal, match="taken down"):
        posted(call.challenge, call.author)


def test_with_the_deadline_the_board_is_empty_and_closed() -> None:
    call = posted()
    assert call.challenge.deadline
    clock.shift(seconds=(call.challenge.deadline - now()).total_seconds() + 60)
    assert SAID["offers"] not in page(factories.person(), call.challenge)
    with pytest.raises(Refusal, match="deadline"):
        posted(call.challenge)


def test_the_board_says_nothing_of_whether_anybody_proposes() -> None:
    call, reader = posted(), factories.person()
    before = stage.bare(page(reader, call.challenge))
    stage.submitted(stage.ready(call.challenge))
    factories.submitted_proposal(call.challenge, call.author)
    assert stage.bare(page(reader, call.challenge)) == before
