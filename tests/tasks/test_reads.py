"""Every reading of an opened proposal by somebody else is on record, and its owner sees by whom, never who (I15)."""

from collections.abc import Iterator

import pytest
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from marketplace.accounts.models import User
from marketplace.kernel import clock
from marketplace.outbox.models import Fact
from realtime import reach, topics
from tasks.adjudication import queries as judging
from tasks.adjudication.readers import Reader, Stage
from tasks.proposals import reads
from tasks.proposals.models import ProposalRead
from tasks.web.readers import readers_of
from tests import clock as movable
from tests import factories
from tests.matrix.routes import routes
from tests.tasks.test_trust import TEXT_OF, World
from tests.tasks.web_adjudication.stage import at_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TITLE = "绝密标题甲乙丙"


@pytest.fixture
def world() -> World:
    made = World(title=TITLE)
    for stage in (Stage.DRAFT, Stage.SEALED, Stage.OPENED):
        made.to(stage)
    made.winner.refresh_from_db()
    return made


def addresses(world: World) -> Iterator[str]:
    """Every address of every route that can be made of what there is in this world."""
    seats = judging.seated(world.challenge)
    ids = [world.challenge.public_id, world.winner.public_id, *(seat.public_id for seat in seats)]
    for name in routes():
        if name.startswith(ELSEWHERE):
            continue
        for arguments in ([], *([one] for one in ids), *([one, world.winner.code] for one in ids)):
            try:
                yield reverse(name, args=arguments)
            except NoReverseMatch:
                continue


ELSEWHERE = ("account_", "mfa_", "demo:", "socialaccount_", "openid_", "orcid_")
"""Doors of accounts and of the demonstration."""


def noted(person: User, part: str) -> QuerySet[ProposalRead]:
    return ProposalRead.objects.filter(reader=person, part=part)


def unrecorded(world: World, person: User) -> list[str]:
    """Addresses that show this person the text, or its title, and leave no row."""
    client, missing = at_browser(person), []
    for address in addresses(world):
        ProposalRead.objects.all().delete()
        said = client.get(address)
        shown = said.content.decode(errors="replace") if not said.streaming else ""
        whole = TEXT_OF in shown and not noted(person, "WHOLE").filter(proposal=world.winner).exists()
        head = TITLE in shown and not ProposalRead.objects.filter(reader=person, proposal=world.winner).exists()
        if whole or head:
            missing.append(address)
    return missing


READERS = (Reader.ADJUDICATOR, Reader.SUPERVISOR, Reader.REVIEWERS, Reader.SPONSOR)


@pytest.mark.parametrize("reader", READERS)
def test_no_page_shows_it_to_anybody_without_a_row(world: World, reader: Reader) -> None:
    person = world.who(reader)
    assert isinstance(person, User)
    assert unrecorded(world, person) == []


@pytest.mark.parametrize("reader", [Reader.ADJUDICATOR, Reader.REVIEWERS])
def test_with_the_recording_off_pages_are_found(world: World, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "note", lambda **_what: None)
    person = world.who(reader)
    assert isinstance(person, User)
    assert len(unrecorded(world, person)) >= 2


def test_its_owner_reads_who_came_by_role_and_number(world: World) -> None:
    challenge, code = world.challenge, world.winner.code
    seats = judging.seated(challenge)[:2]
    assert challenge.adjudicator
    at_browser(challenge.adjudicator).get(reverse("adjudication:case_proposal", args=[challenge.public_id, code]))
    for seat in reversed(seats):
        at_browser(seat.reviewer).get(reverse("adjudication:score", args=[seat.public_id, code]))
    told = [(str(one.role), one.number, one.whole, one.at is None) for one in reads.of(world.winner)]
    assert told == [("adjudicator", None, True, False), ("reviewer", 1, True, True), ("reviewer", 2, True, True)]
    page = at_browser(world.winner.author).get(reverse("proposals:detail", args=[world.winner.public_id]))
    said = page.content.decode()
    assert "Reviewer 2: the whole text" in said
    for seat in seats:
        assert seat.reviewer.display_name not in said
        assert seat.reviewer.public_id not in said


def test_a_second_look_on_the_same_day_is_no_second_row_and_on_the_next_it_is(world: World) -> None:
    seat = judging.seated(world.challenge)[0]
    client, address = at_browser(seat.reviewer), reverse("adjudication:score", args=[seat.public_id, world.winner.code])
    for _look in range(2):
        client.get(address)
    assert noted(seat.reviewer, "WHOLE").filter(proposal=world.winner).count() == 1
    movable.shift(days=1)
    client = at_browser(seat.reviewer)
    client.get(address)
    assert noted(seat.reviewer, "WHOLE").filter(proposal=world.winner).count() == 2
    (told,) = reads.of(world.winner)
    assert (told.days, (told.last - told.first).days) == (2, 1)


def test_one_s_own_reading_is_none_and_before_the_opening_there_is_none(world: World) -> None:
    at_browser(world.winner.author).get(reverse("proposals:detail", args=[world.winner.public_id]))
    assert not ProposalRead.objects.exists()
    sealed = factories.submitted_proposal(factories.open_challenge())
    assert reads.of(sealed) == []


def test_the_fact_of_a_reading_names_the_role_and_nobody(world: World) -> None:
    seat = judging.seated(world.challenge)[0]
    at_browser(seat.reviewer).get(reverse("adjudication:score", args=[seat.public_id, world.winner.code]))
    fact = Fact.objects.get(kind="proposal.read", subject=world.winner.public_id)
    assert fact.data == {"role": "REVIEWER"}
    assert seat.reviewer.public_id not in str(vars(fact))
    assert reach.of_proposal(fact) == {topics.Person(world.winner.author.public_id)}


def test_the_list_of_readers_before_submission_follows_the_table() -> None:
    draft = factories.proposal_draft(factories.open_challenge())
    planned = readers_of(draft.challenge)
    told = [(str(one.who), one.until is None) for one in planned]
    assert told == [
        ("The sponsor", True),
        ("The adjudicator", True),
        ("The supervisor", True),
        ("The reviewers", False),
    ]
    assert draft.challenge.deadline
    assert all(one.since.at > draft.challenge.deadline > clock.now() for one in planned)
    page = at_browser(draft.author).get(reverse("proposals:submit", args=[draft.public_id])).content.decode()
    assert "Who will read it, and when" in page
    assert all(str(one.what) in page for one in planned)
