"""The one screen of the opening: who sees it, who confirms, and what it tells before and after (L12, I9, I10)."""

import pytest
from django.test import Client

from marketplace.accounts.models import User
from marketplace.sealing import queries as sealing
from marketplace.sealing.models import KeyHalf, MatterKey
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tests import factories
from tests.tasks.web_adjudication.stage import (
    address,
    alike,
    at_browser,
    closed_case,
    everything,
    fresh,
    judge,
    outsiders,
    text_of,
    watcher,
)

pytestmark = pytest.mark.django_db


def holders(challenge: Challenge) -> list[User]:
    return sealing.holders_of(challenge.public_id)


def confirmed(challenge: Challenge, person: User, phrase: str | None = None) -> int:
    """The status of the answer to this person's press of the button."""
    if phrase is None:
        phrase = factories.phrase_of(person) if person in holders(challenge) else ""
    return at_browser(person).post(address("confirm", challenge.public_id), {"phrase": phrase}).status_code


def page_of(challenge: Challenge, person: User) -> str:
    return text_of(at_browser(person).get(address("opening", challenge.public_id)))


def test_the_supervisor_and_two_officers_open_the_proposals() -> None:
    challenge = closed_case()
    one, other = holders(challenge)
    for person in (one, watcher(challenge), other):
        assert fresh(challenge).proposals_opened_at is None
        assert confirmed(challenge, person) == 302
    assert fresh(challenge).proposals_opened_at
    for person in (one, watcher(challenge), judge(challenge)):
        shown = page_of(challenge, person)
        assert "P01" in shown
        assert "P02" in shown
    assert "方案题目0" not in page_of(challenge, one)
    text = text_of(at_browser(watcher(challenge)).get(address("case", challenge.public_id)))
    for told in ("P01", "P02", "方案题目0", "解题人1", "方案已开启，待评审"):
        assert told in text


def test_the_second_officer_waits_for_the_supervisor_and_nothing_is_kept_meanwhile() -> None:
    challenge = closed_case()
    one, other = holders(challenge)
    confirmed(challenge, one)
    before = everything()
    assert confirmed(challenge, other) == 422
    assert everything() == before
    assert not KeyHalf.objects.filter(holder__officer=other).exclude(handed_over="").exists()
    confirmed(challenge, watcher(challenge))
    assert confirmed(challenge, other) == 302
    assert fresh(challenge).proposals_opened_at
    assert MatterKey.objects.get(matter=challenge.public_id).spent_at
    assert not KeyHalf.objects.exclude(handed_over="").exists()


def test_a_call_without_proposals_ends_with_the_last_confirmation() -> None:
    challenge = closed_case(0)
    for person in (watcher(challenge), *holders(challenge)):
        confirmed(challenge, person)
    assert fresh(challenge).state == State.FAILED
    assert "0" in page_of(challenge, judge(challenge))


def test_a_wrong_phrase_is_said_beside_its_field_and_changes_nothing() -> None:
    challenge = closed_case()
    before = everything()
    client = at_browser(holders(challenge)[0])
    answer = client.post(address("confirm", challenge.public_id), {"phrase": "one two three four five six"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["phrase"]
    assert "one two three" not in text_of(answer)
    assert everything() == before


def test_nobody_confirms_twice() -> None:
    challenge = closed_case()
    for person in (watcher(challenge), holders(challenge)[0]):
        assert confirmed(challenge, person) == 302
        before = everything()
        assert confirmed(challenge, person) == 409
        assert everything() == before


def test_nobody_else_knows_the_page() -> None:
    challenge = closed_case()
    strangers = {**outsiders(challenge), "another officer": factories.enrolled(factories.opening_officer())}
    before = everything()
    for who, person in strangers.items():
        expected = 302 if who == "anonymous" else 404
        for name in ("opening", "opening_live"):
            wanted = 404 if name == "opening_live" else expected
            assert at_browser(person).get(address(name, challenge.public_id)).status_code == wanted, (who, name)
        assert at_browser(person).post(address("confirm", challenge.public_id)).status_code == expected, who
    assert everything() == before


def test_before_the_opening_the_page_is_the_same_with_and_without_proposals() -> None:
    pages = []
    for challenge in (closed_case(0), closed_case(3)):
        confirmed(challenge, watcher(challenge))
        pages.append(alike(page_of(challenge, holders(challenge)[0])))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_as_often_for_three_as_for_one(rows: int, django_assert_num_queries) -> None:
    challenge = factories.opened(closed_case(rows))
    for _one in range(rows):
        closed_case(0)
    officer = at_browser(factories.opening_officers()[0])
    with django_assert_num_queries(6):
        officer.get(address("openings"))
    with django_assert_num_queries(10):
        officer.get(address("opening", challenge.public_id))
    with django_assert_num_queries(9):
        officer.get(address("opening_live", challenge.public_id))


def test_the_list_of_an_officer_names_what_waits_for_them(client: Client) -> None:
    challenge = closed_case(0)
    factories.open_challenge()
    officer = holders(challenge)[0]
    page = at_browser(officer).get(address("openings"))
    assert [row.public_id for row in page.context["page"]] == [challenge.public_id]
    assert at_browser(factories.person()).get(address("openings")).status_code == 404
    assert "方案开启" in text_of(at_browser(officer).get("/my-work/")) or page.status_code == 200
