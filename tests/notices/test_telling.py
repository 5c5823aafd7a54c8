"""Exactly one notification per fact and person, one letter, nobody without the right, nothing of a proposal (I24)."""

import pytest
from django.core import mail as outbox
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.kernel import clock as platform
from marketplace.notices import mail, queries, services
from marketplace.notices.models import Letter, Notice
from marketplace.notices.wording import SAYINGS
from marketplace.outbox.models import Fact
from tasks.jobs import advance
from tests import clock, factories, relay

pytestmark = pytest.mark.django_db


def told(person: User) -> list[str]:
    """The kinds of fact the person was told of, oldest first."""
    return [notice.kind for notice in reversed(queries.notices_of(person))]


def test_a_posting_tells_its_regions_administrators_and_then_its_sponsor() -> None:
    here, elsewhere = (factories.officer_with(Role.REGION_ADMIN, code=code) for code in ("420000", "330000"))
    challenge = factories.open_challenge()
    relay.drain()
    assert "challenge.submitted" in told(here)
    assert told(elsewhere) == []
    assert told(challenge.author)[-1] == "challenge.opened"
    for officer in (challenge.adjudicator, challenge.supervisor):
        assert officer
        assert told(officer) == ["challenge.opened"]


def test_a_proposal_tells_its_author_alone_before_the_opening() -> None:
    challenge = factories.open_challenge()
    relay.drain()
    before = Notice.objects.count()
    mine = factories.submitted_proposal(challenge)
    relay.drain()
    assert Notice.objects.count() == before + 1
    assert told(mine.author) == ["proposal.submitted"]


def test_the_whole_story_reaches_everybody_it_concerns() -> None:
    challenge = factories.open_challenge()
    mine = factories.submitted_proposal(challenge)
    factories.under_review(factories.opened(factories.closed(challenge)))
    factories.scored(challenge, {"P01": 90})
    relay.drain()
    factories.adjudicated(challenge)
    clock.shift(days=20)
    advance()
    relay.drain()
    assert told(mine.author) == [
        "proposal.submitted",
        "proposal.opened",
        "proposal.admitted",
        "proposal.settled",
        "challenge.awarded",
    ]
    assert told(challenge.author)[-4:] == [
        "challenge.opened",
        "challenge.closed",
        "challenge.notice_published",
        "challenge.awarded",
    ]
    assert challenge.adjudicator
    assert set(told(challenge.adjudicator)) >= {"challenge.closed", "challenge.proposals_opened", "review.locked"}
    seat = challenge.panel.assignments.first()
    assert seat
    assert told(seat.reviewer) == ["reviewer.invited", "challenge.review_started"]


def test_a_fact_delivered_twice_and_in_reverse_is_told_once_and_written_once() -> None:
    factories.open_challenge()
    relay.drain()
    notices, letters = Notice.objects.count(), Letter.objects.count()
    assert notices == letters
    for fact in Fact.objects.order_by("-pk"):
        services.write_letters(fact)
        services.tell(fact)
    assert (Notice.objects.count(), Letter.objects.count()) == (notices, letters)


def test_whoever_lost_the_role_or_the_account_before_the_telling_hears_nothing() -> None:
    gone = factories.officer_with(Role.REGION_ADMIN)
    closed = factories.officer_with(Role.REGION_ADMIN)
    factories.submitted()
    gone.grants.update(valid_until=platform.now())
    User.objects.filter(pk=closed.pk).update(is_active=False)
    relay.drain()
    assert (told(gone), told(closed)) == ([], [])


def test_a_letter_is_in_the_readers_language_and_leads_to_the_page() -> None:
    reader = factories.person("Anna")
    User.objects.filter(pk=reader.pk).update(language="en")
    mine = factories.submitted_proposal(factories.open_challenge(), author=reader)
    relay.drain()
    letter = Letter.objects.get(to=reader.email)
    assert letter.subject.startswith("Your proposal was submitted")
    assert f"/en/proposals/{mine.public_id}/" in letter.body
    assert mine.approach not in letter.body
    assert mine.title not in letter.body + letter.subject


def test_every_saying_can_be_said_and_its_page_exists() -> None:
    for saying in SAYINGS.values():
        assert reverse(saying.target, args=["0" * 16])
        assert str(saying.sentence) % {"title": "x", "name": "y"}


def test_letters_are_sent_once_and_survive_a_mail_server_that_is_away(settings: object) -> None:
    factories.submitted_proposal(factories.open_challenge())
    relay.drain()
    waiting = Letter.objects.count()
    settings.MAIL_TRANSPORT = "tests.notices.test_telling.AwayBackend"  # type: ignore[attr-defined]
    assert mail.send_due() == 0
    assert Letter.objects.filter(state="WAITING", attempts=1).count() == waiting
    assert mail.send_due() == 0
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    Letter.objects.update(due_at=timezone.now())
    assert mail.send_due() == waiting
    assert mail.send_due() == 0
    assert len(outbox.outbox) == waiting


class AwayBackend:
    """A mail server that is away."""

    def __init__(self, *args: object, **options: object) -> None:
        pass

    def send_messages(self, messages: object) -> int:
        raise ConnectionRefusedError("away")


def test_a_letter_nobody_takes_is_parked_for_a_person(settings: object) -> None:
    settings.MAIL_TRANSPORT = "tests.notices.test_telling.AwayBackend"  # type: ignore[attr-defined]
    factories.submitted_proposal(factories.open_challenge())
    relay.drain()
    Letter.objects.update(attempts=mail.ATTEMPTS - 1)
    mail.send_due()
    assert set(Letter.objects.values_list("state", flat=True)) == {"PARKED"}
