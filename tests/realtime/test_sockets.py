"""The socket: who is let in, what they hear, and when they stop hearing it (house check 7, I21, I25)."""

import pytest
from django.contrib.sessions.models import Session

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Membership, RoleGrant, User
from marketplace.accounts.roles import Role, Scope
from marketplace.kernel import clock
from realtime import consumers, pulse, replay
from realtime.consumers import Closed
from realtime.models import LiveMessage
from tasks.challenges import services as posting
from tasks.proposals import services as proposing
from tests import factories
from tests.realtime.browser import ORIGIN, Browser, in_thread, settled, signed_in
from tests.relay import drain

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("layer")]


def submitted_and_drained():
    challenge = factories.submitted()
    drain()
    return challenge


def approved(challenge):
    """Published, and told to everybody."""
    done = posting.approve_challenge(
        public_id=challenge.public_id,
        actor=factories.officer_with(Role.REGION_ADMIN),
        adjudicator=factories.officer_with(Role.ADJUDICATOR),
        supervisor=factories.officer_with(Role.SUPERVISOR),
    )
    drain()
    return done


def opened_and_drained():
    challenge = factories.open_challenge()
    drain()
    return challenge


@pytest.mark.parametrize(
    "origin",
    [None, "null", "", "http://evil.example", "http://testserver:81", "file://", "http://testserver.evil.example"],
)
async def test_a_foreign_page_is_refused_before_the_socket_is_accepted(origin) -> None:
    cookie = signed_in_cookie = await in_thread(lambda: signed_in(factories.person()))()
    async with Browser(cookie, origin=origin) as browser:
        assert not browser.accepted
    async with Browser(signed_in_cookie, origin=ORIGIN) as browser:
        assert browser.accepted


async def test_a_wildcard_host_opens_no_door_for_foreign_pages(settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    async with Browser(origin="http://evil.example") as browser:
        assert not browser.accepted


async def test_the_site_s_own_address_is_accepted_behind_a_proxy_that_hides_the_port(settings) -> None:
    settings.SITE_URL = "http://testserver:8443"
    async with Browser(origin="http://testserver:8443") as browser:
        assert browser.accepted


async def test_an_unknown_address_and_a_session_that_is_over_are_refused() -> None:
    async with Browser(path="/ws/other/") as browser:
        assert not browser.accepted
    async with Browser("never-was-a-session") as browser:
        assert not browser.accepted
    cookie = await in_thread(lambda: signed_in(factories.person()))()
    await in_thread(lambda: Session.objects.update(expire_date=clock.now()))()
    async with Browser(cookie) as browser:
        assert not browser.accepted


async def test_a_visitor_hears_public_topics_and_nothing_else() -> None:
    challenge = await in_thread(submitted_and_drained)()
    stranger = await in_thread(factories.person)()
    async with Browser() as browser:
        answers = await browser.joins("challenges", "notices")
        assert [answer["type"] for answer in answers] == ["joined", "joined"]
        for topic in (
            f"challenge:{challenge.public_id}",
            f"case:{challenge.public_id}",
            f"person:{stranger.public_id}",
            "challenge:0000000000000000",
            "person:",
            "nonsense",
        ):
            assert await browser.joins(topic) == [{"v": 1, "type": "refused", "topic": topic}]

        done = await in_thread(lambda: approved(challenge))()
        assert await browser.hears() == {
            "v": 1, "type": "changed", "topic": "challenges", "seq": 1,
            "kind": "challenge", "id": challenge.public_id, "version": done.version,
        }  # fmt: skip
        assert await browser.silent()


async def test_a_person_hears_their_own_topic_and_nobody_else_s() -> None:
    author, other = await in_thread(lambda: (factories.person(), factories.person()))()
    challenge = await in_thread(opened_and_drained)()
    async with Browser(await in_thread(lambda: signed_in(author))()) as mine:
        assert (await mine.joins(f"person:{other.public_id}"))[0]["type"] == "refused"
        assert (await mine.joins(f"case:{challenge.public_id}"))[0]["type"] == "refused"
        assert (await mine.joins(f"person:{author.public_id}"))[0]["type"] == "joined"
        proposal = await in_thread(lambda: factories.submitted_proposal(challenge, author))()
        await in_thread(drain)()
        heard = [await mine.hears() for _fact in ("started", "submitted")]
        assert {frame["id"] for frame in heard} == {proposal.public_id}


async def test_what_was_missed_is_told_again_once_and_in_order() -> None:
    challenge = await in_thread(factories.draft)()
    cookie = await in_thread(lambda: signed_in(challenge.author))()
    topic = f"challenge:{challenge.public_id}"
    await in_thread(drain)()
    async with Browser(cookie) as browser:
        assert (await browser.joins(topic)) == [{"v": 1, "type": "joined", "topic": topic, "seq": 1}]
    await in_thread(lambda: edited(challenge, times=3))()
    async with Browser(cookie) as browser:
        await browser.asks(join=[[topic, 1]])
        assert (await browser.hears())["type"] == "joined"
        assert [(await browser.hears())["seq"] for _edit in range(3)] == [2, 3, 4]
        assert await browser.silent()
        await in_thread(lambda: edited(challenge, times=1))()
        assert (await browser.hears())["seq"] == 5


async def test_a_fresh_page_is_told_what_happened_while_it_was_loading() -> None:
    challenge = await in_thread(factories.draft)()
    await in_thread(drain)()
    cookie = await in_thread(lambda: signed_in(challenge.author))()
    topic = f"challenge:{challenge.public_id}"
    async with Browser(cookie) as browser:
        await browser.asks(join=[[topic, None, 1]])
        assert [(await browser.hears())["type"] for _frame in range(2)] == ["joined", "changed"]


@pytest.mark.parametrize("last", [0, 1, 99])
async def test_a_gap_that_cannot_be_told_again_asks_for_a_fresh_page(last, monkeypatch) -> None:
    monkeypatch.setattr(replay, "LONGEST_REPLAY", 2)
    challenge = await in_thread(factories.draft)()
    cookie = await in_thread(lambda: signed_in(challenge.author))()
    topic = f"challenge:{challenge.public_id}"
    await in_thread(lambda: edited(challenge, times=5))()
    await in_thread(lambda: LiveMessage.objects.filter(topic=topic, seq__lte=2).delete())()
    async with Browser(cookie) as browser:
        assert await browser.joins(topic, last=last) == [{"v": 1, "type": "resync", "topic": topic, "seq": 6}]


async def test_a_message_the_layer_lost_is_brought_by_the_next_look(monkeypatch) -> None:
    monkeypatch.setattr("realtime.publish.wake", lambda written: None)
    async with Browser() as browser:
        await browser.joins("challenges")
        await in_thread(opened_and_drained)()
        assert (await browser.hears())["seq"] == 1
        assert await browser.silent(0.5)


async def test_a_message_that_arrives_twice_is_told_once() -> None:
    from channels.layers import get_channel_layer

    async with Browser() as browser:
        await browser.joins("challenges")
        await in_thread(opened_and_drained)()
        assert (await browser.hears())["seq"] == 1
        event = {"type": "live.changed", "topic": "challenges", "seq": 1, "kind": "challenge", "id": "x", "version": 1}
        await get_channel_layer().group_send("live.challenges", event)
        assert await browser.silent()


def gone_from_the_office(user: User) -> None:
    Membership.objects.filter(user=user).update(valid_until=clock.now())


async def test_a_lost_membership_silences_at_once_and_closes() -> None:
    challenge = await in_thread(factories.draft)()
    colleague = await in_thread(factories.person)()
    await in_thread(lambda: factories.member(challenge.sponsor, colleague, Membership.Place.OFFICER))()
    await in_thread(drain)()
    cookie = await in_thread(lambda: signed_in(colleague))()
    async with Browser(cookie) as browser:
        assert (await browser.joins(f"challenge:{challenge.public_id}"))[0]["type"] == "joined"
        await in_thread(lambda: gone_from_the_office(colleague))()
        await in_thread(lambda: edited(challenge, times=1))()
        assert await browser.closed() == Closed.RIGHT_LOST


async def test_a_role_that_runs_out_closes_within_five_seconds_though_nothing_happens(monkeypatch) -> None:
    monkeypatch.setattr(pulse, "BEAT", 2.0)
    challenge = await in_thread(submitted_and_drained)()
    admin = await in_thread(lambda: factories.officer_with(Role.REGION_ADMIN))()
    await in_thread(drain)()
    async with Browser(await in_thread(lambda: signed_in(admin))()) as browser:
        assert (await browser.joins(f"challenge:{challenge.public_id}"))[0]["type"] == "joined"
        await in_thread(lambda: RoleGrant.objects.filter(user=admin).update(valid_until=clock.now()))()
        assert await browser.closed(5) == Closed.RIGHT_LOST


def signed_out(user: User) -> None:
    Session.objects.all().delete()


def new_password(user: User) -> None:
    user.set_password("another good password")
    user.save()


def locked_out(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def expired(user: User) -> None:
    Session.objects.update(expire_date=clock.now())


def appointed(user: User) -> None:
    accounts.grant_role(user=user, role=Role.SUPERVISOR, scope=Scope.PLATFORM)


def signed_out_everywhere(user: User) -> None:
    accounts.end_sessions(actor=user)


@pytest.mark.parametrize("ending", [signed_out, new_password, locked_out, expired, appointed, signed_out_everywhere])
async def test_the_end_of_a_session_silences_at_once_and_closes(ending) -> None:
    user = await in_thread(factories.person)()
    challenge = await in_thread(opened_and_drained)()
    topic = f"person:{user.public_id}"
    cookie = await in_thread(lambda: signed_in(user))()
    async with Browser(cookie) as browser, Browser(cookie) as other:
        await browser.joins(topic)
        await other.joins(topic)
        await in_thread(lambda: ending(user))()
        await in_thread(lambda: proposing.start_proposal(challenge_id=challenge.public_id, actor=user))()
        await in_thread(drain)()
        assert await browser.closed() in {Closed.RIGHT_LOST, Closed.SESSION_OVER}
        assert await other.closed() in {Closed.RIGHT_LOST, Closed.SESSION_OVER}
    async with Browser(cookie) as browser:
        assert not browser.accepted


async def test_a_topic_that_was_left_is_no_longer_heard() -> None:
    async with Browser() as browser:
        await browser.joins("challenges", "notices")
        await browser.asks(leave=["challenges"], ping=1)
        assert await browser.hears() == {"v": 1, "type": "pong"}
        await in_thread(opened_and_drained)()
        assert await browser.silent(0.5)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("no json", Closed.MALFORMED),
        ("[" * 5000, Closed.MALFORMED),
        ("[]", Closed.MALFORMED),
        ('{"join": "challenges"}', Closed.MALFORMED),
        ('{"join": [["challenges", -1]]}', Closed.MALFORMED),
        ('{"join": [["challenges", true]]}', Closed.MALFORMED),
        ('{"join": [["challenges", 1e400]]}', Closed.MALFORMED),
        ('{"join": [[{"a": 1}, 1]]}', Closed.MALFORMED),
        ('{"other": 1}', Closed.MALFORMED),
        ('{"join": [["' + "x" * 100 + '", 1]]}', Closed.MALFORMED),
        ('"' + "x" * consumers.LONGEST_FRAME + '"', Closed.TOO_LARGE),
        ('"' + "众" * (consumers.LONGEST_FRAME // 2) + '"', Closed.TOO_LARGE),
    ],
)
async def test_a_frame_that_is_no_request_closes_with_a_code(frame, code) -> None:
    async with Browser() as browser:
        await browser.says(frame)
        assert await browser.closed() == code


async def test_bytes_and_floods_close_with_a_code() -> None:
    async with Browser() as browser:
        await browser.socket.send_input({"type": "websocket.receive", "bytes": b"\x00"})
        assert await browser.closed() == Closed.MALFORMED
    async with Browser() as browser:
        for _frame in range(consumers.BURST + 5):
            await browser.asks(ping=1)
        heard = 0
        while (frame := await browser.socket.receive_output(timeout=2))["type"] != "websocket.close":
            heard += 1
        assert (frame["code"], heard) == (Closed.TOO_FAST, consumers.BURST)


async def test_topics_a_socket_and_sockets_a_person_are_limited(monkeypatch) -> None:
    monkeypatch.setattr(consumers, "MOST_TOPICS", 1)
    monkeypatch.setattr(pulse, "SOCKETS_PER_PERSON", 1)
    cookie = await in_thread(lambda: signed_in(factories.person()))()
    async with Browser(cookie) as first:
        answers = await first.joins("challenges", "notices")
        assert {(answer["type"], answer["topic"]) for answer in answers} == {
            ("joined", "challenges"),
            ("refused", "notices"),
        }
        async with Browser(cookie) as second:
            assert await second.closed() == Closed.TOO_MANY
        async with Browser() as visitor:
            assert (await visitor.joins("challenges"))[0]["type"] == "joined"
    await settled()
    async with Browser(cookie) as again:
        assert (await again.joins("challenges"))[0]["type"] == "joined"


async def test_a_client_that_is_no_longer_there_is_closed(monkeypatch) -> None:
    monkeypatch.setattr(consumers, "SILENCE", 0.1)
    async with Browser() as browser:
        assert await browser.closed() == Closed.SILENT


def edited(challenge, *, times: int) -> None:
    for _edit in range(times):
        posting.edit_challenge(
            public_id=challenge.public_id, actor=challenge.author, content=factories.posting_content()
        )
    drain()
