"""The demo bar: on every page become anyone in one click, move the clock to what matters, see the loading."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from marketplace.accounts.models import Expert
from marketplace.demo import cast
from marketplace.demo import clock as movable
from marketplace.demo.bar import Bar
from marketplace.demo.models import Loading, MovableClock
from marketplace.kernel import clock
from marketplace.kernel.verdicts import Allowed
from tasks.adjudication import queries as adjudication
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
PAGE = "/archive/"


def became(client: Client, person: str, page: str = PAGE) -> str:
    answer = client.post("/demo/become/", {"person": person, "next": page})
    assert answer.status_code == 302
    return str(answer["Location"])


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_every_page_says_that_this_is_a_demonstration_and_offers_each_role(client, players) -> None:
    page = client.get(PAGE).content.decode()
    assert "demo-bar" in page
    for user in players.values():
        assert f'value="{user.public_id}"' in page


def test_without_demo_there_is_no_bar(client, settings) -> None:
    settings.DEMO = False
    assert "demo-bar" not in client.get(PAGE).content.decode()


def test_one_click_changes_person_and_stays_on_the_page(client, players) -> None:
    assert became(client, players["researcher"].public_id) == PAGE
    assert signed_in(client) == str(players["researcher"].pk)
    assert became(client, players["adjudicator"].public_id) == PAGE
    assert signed_in(client) == str(players["adjudicator"].pk)
    assert became(client, "") == PAGE
    assert signed_in(client) is None


def test_a_page_the_new_person_may_not_see_gives_way_to_their_work(client, players) -> None:
    draft = factories.draft()
    hidden = f"/challenges/{draft.public_id}/"
    assert became(client, players["researcher"].public_id, hidden) == "/my-work/"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "nonsense", "", "/no/such/page/"])
def test_it_never_leads_elsewhere(client, players, elsewhere) -> None:
    assert became(client, players["sme"].public_id, elsewhere) == "/my-work/"


def test_nobody_but_demo_people_can_be_become(client, players) -> None:
    real = factories.person()
    answer = client.post("/demo/become/", {"person": real.public_id, "next": PAGE})
    assert answer.status_code == 404
    assert signed_in(client) is None


@pytest.mark.parametrize("odd", ["\0", "x", "0" * 15 + "\0"])
def test_what_can_be_no_id_never_reaches_the_database(client, players, monkeypatch, odd) -> None:
    monkeypatch.setattr("marketplace.demo.queries.player", pytest.fail)
    monkeypatch.setattr("marketplace.demo.whereabouts.seen", pytest.fail)
    assert client.post("/demo/become/", {"person": odd}).status_code == 404
    assert client.post("/demo/clock/", {"jump": "day", "challenge": odd}).status_code == 302


def test_becoming_needs_the_token(players) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/demo/become/", {"person": players["sme"].public_id, "next": PAGE})
    assert answer.status_code == 403


def test_the_clock_goes_to_the_next_deadline_and_the_call_closes_at_once(client) -> None:
    later = factories.open_challenge(deadline=timezone.now() + timedelta(days=60))
    sooner = factories.open_challenge(deadline=timezone.now() + timedelta(days=30))
    answer = client.post("/demo/clock/", {"jump": "deadline", "next": PAGE})
    assert answer["Location"] == PAGE
    assert (state(sooner), state(later)) == ("SEALED", "OPEN")
    assert sooner.deadline is not None
    assert timedelta(0) <= clock.now() - sooner.deadline < timedelta(seconds=5)


def test_on_a_challenges_page_it_is_that_challenges_deadline(client) -> None:
    challenge = factories.open_challenge(deadline=timezone.now() + timedelta(days=60))
    factories.open_challenge(deadline=timezone.now() + timedelta(days=90))
    client.post("/demo/clock/", {"jump": "deadline", "challenge": challenge.public_id, "next": PAGE})
    assert state(challenge) == "SEALED"


def test_the_bar_knows_which_challenge_a_page_is_about(client, rf, players) -> None:
    challenge = factories.open_challenge()
    proposal = factories.submitted_proposal(challenge)
    pages = {
        f"/challenges/{challenge.public_id}/",
        f"/proposals/{proposal.public_id}/",
        f"/desk/{challenge.public_id}/",
    }
    for page in pages:
        request = rf.get(page)
        request.user, request.resolver_match = players["sme"], resolve(page)
        assert Bar(request).challenge == challenge
    hidden = factories.draft()
    request = rf.get(f"/challenges/{hidden.public_id}/")
    request.user, request.resolver_match = players["sme"], resolve(request.path)
    assert Bar(request).challenge is None


def test_a_day_is_a_day(client) -> None:
    client.post("/demo/clock/", {"jump": "day", "next": PAGE})
    assert MovableClock.objects.get().ahead == 86400
    assert "data-ahead" in client.get(PAGE).content.decode()


def test_no_such_moment_is_said_and_moves_nothing(client) -> None:
    answer = client.post("/demo/clock/", {"jump": "notice", "next": PAGE})
    assert answer.status_code == 422
    assert not MovableClock.objects.exists()
    assert client.post("/demo/clock/", {"jump": "yesterday"}).status_code == 404


def test_the_clock_stands_while_the_demo_loads(client) -> None:
    Loading.objects.create(pk=1, done=30, total=160)
    assert client.post("/demo/clock/", {"jump": "day", "next": PAGE}).status_code == 422
    assert 'value="day"' not in client.get(PAGE).content.decode()
    Loading.objects.update(failure="open-0004: broken")
    assert client.post("/demo/clock/", {"jump": "day", "next": PAGE}).status_code == 302


def test_the_strip_shows_the_loading_until_it_is_done(client) -> None:
    Loading.objects.create(pk=1, done=30, total=160)
    page = client.get(PAGE).content.decode()
    assert "demo-bar-loading" in page
    assert 'value="30"' in client.get("/demo/loading/").content.decode()
    Loading.objects.update(done=160, finished_at=timezone.now())
    assert client.get("/demo/loading/").content.decode().strip() == ""


def asked(bar: Bar) -> tuple[object, ...]:
    """Everything the template asks."""
    return bar.choices, bar.now, bar.ahead, bar.challenge, bar.deadline, bar.notice_end, bar.loading


@pytest.mark.parametrize("count", [1, 3])
def test_the_bar_costs_the_same_with_one_and_with_three_challenges(
    count, rf, players, django_assert_num_queries
) -> None:
    for _each in range(count):
        factories.open_challenge()
    movable.forget()
    request = rf.get(PAGE)
    request.user, request.resolver_match = players["sme"], resolve(PAGE)
    with django_assert_num_queries(6):
        asked(Bar(request))


def test_reviewers_in_the_bar_are_those_of_the_panel_at_work(rf, players) -> None:
    challenge = factories.open_challenge()
    factories.submitted_proposal(challenge)
    for key in ("reviewer3", "reviewer1", "reviewer2"):
        Expert.objects.create(user=players[key], label=key, expertise="评审", region=factories.region("330100"))
    movable.advance_to(challenge.deadline, by=Allowed("", "DEMO"))
    posting.close_challenge(public_id=challenge.public_id)
    factories.under_review(factories.opened(challenge))
    seats = [seat.reviewer for seat in adjudication.seated(challenge)]
    request = rf.get(PAGE)
    request.user, request.resolver_match = players["adjudicator"], resolve(PAGE)
    shown = Bar(request).choices
    assert [one.person for one in shown if one.person in seats] == seats
    assert [one.part for one in shown if one.current] == [players_part("adjudicator")]


def players_part(key: str) -> object:
    return next(player.part for player in cast.SHOWN if player.key == key)


def state(challenge: Challenge) -> str:
    return str(Challenge.objects.values_list("state", flat=True).get(pk=challenge.pk))
