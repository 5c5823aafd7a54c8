"""After an erasure nothing of a person is found anywhere, and everything that was decided still holds (I29, F17)."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.db.models import ProtectedError

from marketplace.accounts.models import Acceptance, Device, Membership, User
from marketplace.invariants import running
from marketplace.kernel.personal import Part, Table
from marketplace.management.commands.verify_invariants import CHECKERS
from marketplace.notices import mail as letters
from marketplace.outbox import trail
from marketplace.privacy import erasing, queries, services, tables
from search import engine, indexing, jobs
from search.backends.base import SearchIndex
from search.models import IndexDocument
from search.projection import Kind
from tests import clock as movable
from tests import factories
from tests.privacy import dumping
from tests.privacy.planting import World, somebody, texts_of
from tests.relay import drain

PEOPLE = 50
EMBEDDED = connection.vendor == "sqlite"


def violations() -> list[str]:
    return [one for checker in CHECKERS for one in checker().violations]


def settle() -> None:
    """Whatever is owed is delivered, every letter leaves."""
    drain()
    while letters.send_due():
        pass


@pytest.fixture
def index() -> Iterator[SearchIndex]:
    """The engine of the settings; no other test finds what was built here."""
    made = engine.engine()
    made.drop()
    yield made
    made.drop()


@pytest.mark.django_db(transaction=True)
def test_of_fifty_people_nothing_is_found_after_their_erasure(index: SearchIndex, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    world = World()
    stays = factories.expert().expert
    people = [somebody(world) for _one in range(PEOPLE)]
    planted = set().union(*(canaries for _person, canaries in people))
    assert set().union(*dumping.in_the_database().values()) >= planted, "every canary stands somewhere"
    settle()
    jobs.catch_up()
    assert violations() == []
    if EMBEDDED:
        assert dumping.in_the_index(), "some stand in the index"
        assert {name.partition(".")[0] for name in dumping.in_the_files()} == {"search", "test"}
    caplog.clear()
    mail.outbox.clear()

    for person, _canaries in people:
        services.order_erasure(user=person)
    movable.shift(seconds=services.ERASURE_AFTER.total_seconds() + 1)
    assert services.erase_due() == PEOPLE
    settle()
    jobs.forget()
    erasing.wipe()

    assert dumping.in_the_database() == {}
    if EMBEDDED:
        assert dumping.in_the_index() == set()
        assert dumping.in_the_files() == {}
    assert dumping.canaries(caplog.text) == set()
    assert not [one for one in mail.outbox if dumping.canaries(f"{one.to} {one.subject} {one.body}")]
    assert violations() == []
    assert list(trail.verify()) == []
    assert [row.public_id for row in IndexDocument.objects.filter(kind=Kind.EXPERT)] == [stays.public_id]
    assert jobs.forget() is False, "built anew once"
    assert indexing.compare(Kind.EXPERT).count == 0


@pytest.mark.django_db
def test_an_expert_is_found_no_more_as_soon_as_the_erasure_is_heard_of(index: SearchIndex) -> None:
    gone, stays = factories.expert(), factories.expert()
    jobs.catch_up()
    assert {public_id for public_id, _held in index.held(Kind.EXPERT)} == {
        gone.expert.public_id,
        stays.expert.public_id,
    }
    services.erase(user=gone)
    drain()
    assert [public_id for public_id, _held in index.held(Kind.EXPERT)] == [stays.expert.public_id]


def reached() -> list[tuple[Table, Part]]:
    """The parts in which an erasure must do something to a text."""
    return [(table, part) for table, part in tables.parts() if any(True for _one in texts_of(table, part, erased=True))]


CASCADING = {"account.EmailConfirmation", "accounts.Expert_fields", "profiles.Listing", "profiles.Reference"}
"""What the database deletes by itself with the row above it."""


@pytest.mark.django_db
@pytest.mark.parametrize("left_out", reached(), ids=lambda pair: f"{pair[0].model}-{pair[1].whose.path}")
def test_with_any_one_rule_taken_out_something_is_found(monkeypatch: Any, left_out: tuple[Table, Part]) -> None:
    person, planted = somebody(World())
    rules = [pair for pair in tables.from_above() if pair[1] is not left_out[1]]
    monkeypatch.setattr(erasing, "from_above", lambda: iter(rules))
    try:
        services.erase(user=person)
    except ProtectedError:
        return
    found = set().union(*dumping.in_the_database().values())
    assert bool(found & planted) is (left_out[0].model not in CASCADING)


@pytest.mark.django_db
def test_a_story_that_was_decided_holds_without_its_people() -> None:
    """Sponsor, winner, loser and reviewers go; ranking, award and notice stay, under labels without names."""
    challenge = factories.open_challenge()
    winner, loser = (factories.submitted_proposal(challenge) for _one in range(2))
    challenge = factories.under_review(factories.opened(factories.closed(challenge)))
    winner.refresh_from_db()
    codes = {one.code: 90 if one.pk == winner.pk else 50 for one in challenge.proposals.all()}
    factories.scored(challenge, codes)
    factories.adjudicated(challenge, winner.code)
    movable.shift(days=40)
    factories.judging.finish_notice(public_id=challenge.public_id)
    seats = list(challenge.panel.assignments.select_related("reviewer"))
    people = [challenge.author, winner.author, loser.author, *(one.reviewer for one in seats)]
    for person in people:
        services.erase(user=person)
    drain()
    assert violations() == []
    for proposal, stays in ((winner, True), (loser, False)):
        before, title = proposal.state, factories.content().title
        proposal.refresh_from_db()
        assert before != proposal.state
        assert (proposal.content.title, proposal.content.team) == (title if stays else "", "")
    assert [one.reviews.first().comment for one in seats] == ["意见"] * len(seats)
    challenge.refresh_from_db()
    assert (challenge.contact_telephone, challenge.title) == ("", "固态电池界面阻抗降低")


@pytest.mark.django_db
def test_the_row_stays_under_a_label_and_can_never_be_used_again(in_english: None) -> None:
    person = factories.person("李红")
    Acceptance.objects.create(user=person, code="privacy", edition="2026-11-22")
    house = factories.organisation(person)
    services.erase(user=person)
    person.refresh_from_db()
    assert str(person) == f"Closed account {person.public_id[-6:]}"
    assert person.email == f"{person.public_id}@erased.invalid"
    assert (person.display_name, person.is_active, person.has_usable_password()) == ("", False, False)
    assert not Membership.objects.filter(organisation=house, valid_until=None).exists()
    assert Acceptance.objects.filter(user=person).count() == 1
    services.erase(user=person)
    assert services.erase_due() == 0


@pytest.mark.django_db
def test_a_sign_in_stays_on_record_without_what_the_browser_said() -> None:
    """A security log of 184 days (网络安全法 art. 21): when and from where, of somebody without a name."""
    person = factories.person()
    Device.objects.create(user=person, session_key="k", user_agent="curl/8", ip="192.0.2.1")
    services.erase(user=person)
    kept = Device.objects.get(user=person)
    assert (kept.ip, kept.user_agent, kept.session_key) == ("192.0.2.1", "", "")


@pytest.mark.django_db
def test_the_same_address_can_sign_up_anew_and_the_same_document_be_verified() -> None:
    person = factories.person()
    email, document = person.email, person.real_name.document
    services.erase(user=person)
    again = User.objects.create_user(email, "a good password", display_name="新来的")
    assert queries.keys_of(again)
    assert not type(person.real_name).objects.filter(document=document).exists()


def test_the_checkers_are_those_of_the_command() -> None:
    assert running.trail_holds in CHECKERS
