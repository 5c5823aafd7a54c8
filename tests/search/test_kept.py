"""Pieces of lists are kept in the page process, and never shown once they are no longer so."""

import re

import pytest
from django.core.cache import caches
from django.test import Client

from marketplace.accounts.models import Membership, User
from marketplace.kernel import clock
from search import service
from search.backends.base import EngineUnavailable, SearchIndex
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tests import factories
from tests.relay import drain

pytestmark = pytest.mark.django_db

LIST = "/challenges/"


@pytest.fixture
def challenge(index: SearchIndex) -> Challenge:
    made = factories.open_challenge(title="海上风机叶片除冰涂层")
    drain()
    return made


def shown(client: Client, address: str = LIST) -> str:
    return client.get(address).content.decode()


def test_a_kept_list_drops_what_is_no_longer_public_at_once(client: Client, challenge: Challenge) -> None:
    assert challenge.title in shown(client)
    assert challenge.title in shown(client)
    Challenge.objects.filter(pk=challenge.pk).update(state=State.SUBMITTED)
    assert challenge.title not in shown(client)


def test_a_kept_list_shows_a_change_at_once(client: Client, challenge: Challenge) -> None:
    shown(client)
    Challenge.objects.filter(pk=challenge.pk).update(title="叶片防雷", version=challenge.version + 1)
    assert "叶片防雷" in shown(client)


def test_a_kept_list_shows_another_name_of_the_sponsor(client: Client, challenge: Challenge) -> None:
    shown(client)
    sponsor = challenge.sponsor
    assert sponsor is not None
    type(sponsor).objects.filter(pk=sponsor.pk).update(name="改名后的单位", version=sponsor.version + 1)
    assert "改名后的单位" in shown(client)


def test_a_list_is_kept_for_each_language_and_each_filter(client: Client, challenge: Challenge) -> None:
    assert "1 challenge" not in shown(client)
    assert "1 challenge" in shown(client, f"/en{LIST}")
    assert challenge.title not in shown(client, f"{LIST}?mode=BOUNTY")


def test_a_second_look_reads_no_rows(client: Client, challenge: Challenge, django_assert_num_queries) -> None:
    shown(client)
    with django_assert_num_queries(2):
        shown(client)


def test_somebody_signed_in_costs_their_session_and_themselves(
    client: Client, challenge: Challenge, django_assert_num_queries
) -> None:
    client.force_login(User.objects.get(pk=challenge.author_id))
    shown(client)
    with django_assert_num_queries(4):
        shown(client)


def test_a_stale_index_gives_away_no_number(client: Client, challenge: Challenge) -> None:
    """The index is frozen, the challenge goes private: no hit, no total, no count says that it was there."""
    factories.open_challenge(title="海上风机叶片回收")
    drain()
    words = f"{LIST}?q=风机叶片"
    assert "2 项" in shown(client) or "2 个" in shown(client)
    counted = shown(client, f"{LIST}counts/?q=风机叶片")
    Challenge.objects.filter(pk=challenge.pk).update(state=State.RETURNED)
    for address in (LIST, words, f"{words}&fragment=1", f"{words}&sort=newest", f"{LIST}?mode=TASK"):
        page = shown(client, f"/en{address}")
        assert challenge.title not in page
        assert "1 challenge" in page
    assert shown(client, f"{LIST}counts/?q=风机叶片") != counted


def test_a_member_who_leaves_finds_what_anybody_finds(client: Client, challenge: Challenge) -> None:
    """A colleague's draft is in no index; what a member may open, they may no longer from the moment they leave."""
    colleague, draft = factories.person(), factories.draft(title="海上风机叶片除雪")
    place = factories.member(draft.sponsor, colleague, Membership.Place.OFFICER)
    drain()
    visitor, within = Client(), client
    within.force_login(colleague)
    addresses = (f"{LIST}?q=风机叶片", f"{LIST}?q=除雪&state=ALL", f"{LIST}counts/?q=风机叶片")
    found = [re.findall("海上风机[^<]*|[0-9]+ [项个]", shown(visitor, address)) for address in addresses]
    for left in (False, True):
        if left:
            Membership.objects.filter(pk=place.pk).update(valid_until=clock.now())
        assert within.get(draft.get_absolute_url()).status_code == (404 if left else 200)
        for address, expected in zip(addresses, found, strict=True):
            page = shown(within, address)
            assert draft.title not in page
            assert re.findall("海上风机[^<]*|[0-9]+ [项个]", page) == expected


@pytest.mark.parametrize("asked", ["x=1", "bounty_min=3", "x=" + "y" * 400, "mode=&" * 60 + "mode=TASK"])
def test_what_nobody_else_asks_is_not_kept(client: Client, challenge: Challenge, asked: str) -> None:
    shown(client)
    before = len(caches["pieces"]._cache)  # type: ignore[attr-defined]  # the memory's own dictionary
    shown(client, f"{LIST}?{asked}")
    assert len(caches["pieces"]._cache) == before  # type: ignore[attr-defined]  # the same


def test_a_choice_sent_with_empty_fields_is_kept(client: Client, challenge: Challenge) -> None:
    shown(client)
    before = len(caches["pieces"]._cache)  # type: ignore[attr-defined]  # the memory's own dictionary
    shown(client, f"{LIST}?q=&bounty_min=&bounty_max=&mode=TASK")
    assert len(caches["pieces"]._cache) > before  # type: ignore[attr-defined]  # the same


def test_what_words_were_typed_for_is_not_kept(client: Client, challenge: Challenge) -> None:
    shown(client)
    before = len(caches["pieces"]._cache)  # type: ignore[attr-defined]  # the memory's own dictionary
    for word in ("风机", "叶片", "除冰", "涂层"):
        assert challenge.title in shown(client, f"{LIST}?q={word}")
        shown(client, f"{LIST}counts/?q={word}")
    assert len(caches["pieces"]._cache) == before  # type: ignore[attr-defined]  # the same


def test_counts_are_back_as_soon_as_the_engine_is(
    client: Client, challenge: Challenge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise EngineUnavailable("away")

    with monkeypatch.context() as patched:
        patched.setattr(service, "ask_engine", away)
        assert "not answering" in shown(client, f"/en{LIST}counts/")
    assert "not answering" not in shown(client, f"/en{LIST}counts/")
