"""Exactly one notification per fact and person, one letter, nobody without the right, nothing of a proposal (I24)."""

import pytest

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.kernel import clock as platform
from marketplace.notices import queries, services
from marketplace.notices.models import Letter, Notice
from marketplace.notices.wording import SAYINGS
from marketplace.outbox.models import Fact
from tasks.adjudication import services as judging
from tasks.adjudication.models import Assignment
from tasks.challenges import services as posting
from tasks.jobs import advance
from tests import clock, factories, relay

pytestmark = pytest.mark.django_db

WITHOUT_ARGUMENT = {"identity:mine", "accounts:organisations", "accounts:profile", "lost:ask", "sealing:mine"}


def told(person: User) -> list[str]:
    """The kinds of fact the person was told of, oldest first; but for their own offices."""
    kinds = [notice.kind for notice in reversed(queries.notices_of(person))]
    return [kind for kind in kinds if not kind.startswith("role.")]


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
    assert told(challenge.adjudicator) == [
        "challenge.opened",
        "challenge.closed",
        "challenge.proposals_opened",
        "review.locked",
    ]
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
    assert factories.content().approach not in letter.body
    assert factories.content().title not in letter.body + letter.subject


def test_every_saying_can_be_said_and_its_page_exists() -> None:
    for saying in SAYINGS.values():
        argument = (
            ""
            if saying.target
            in {"identity:mine", "accounts:organisations", "accounts:profile", "lost:ask", "sealing:mine"}
            else "0" * 16
        )
        assert Notice(target=saying.target, argument=argument).address
        assert str(saying.sentence) % {"title": "x", "name": "y", "role": "z"}


def test_whoever_lost_the_right_between_notification_and_letter_gets_no_letter() -> None:
    seat = drawn_seat()
    fact = Fact.objects.get(kind="reviewer.invited", subject=seat.public_id)
    services.tell(fact)
    judging.decline_invitation(public_id=seat.public_id, actor=seat.reviewer, reason="没有时间")
    assert services.write_letters(fact) == 0
    assert told(seat.reviewer) == ["reviewer.invited"]


def test_an_invitation_already_declined_is_not_announced_any_more() -> None:
    seat = drawn_seat()
    judging.decline_invitation(public_id=seat.public_id, actor=seat.reviewer, reason="没有时间")
    relay.drain()
    assert told(seat.reviewer) == []


def drawn_seat() -> Assignment:
    """A reviewer's seat, drawn, nobody told yet."""
    challenge = factories.open_challenge()
    for _ in range(4):
        factories.expert()
    factories.closed(challenge)
    assert challenge.adjudicator
    panel = judging.draw_panel(public_id=challenge.public_id, actor=challenge.adjudicator)
    seat = panel.assignments.first()
    assert seat
    return seat


def test_a_title_one_may_no_longer_see_is_not_in_the_list() -> None:
    challenge = factories.submitted()
    officer = challenge.author
    posting.return_challenge(
        public_id=challenge.public_id, actor=factories.officer_with(Role.REGION_ADMIN), reason="指标不清"
    )
    relay.drain()
    colleague = factories.person()
    factories.member(challenge.sponsor, colleague, "OFFICER")
    (mine,) = [row for row in queries.notices_of(officer) if row.kind == "challenge.returned"]
    mine.user = colleague
    mine.save()
    assert challenge.title in queries.lines([mine], colleague)[0][1]
    colleague.memberships.update(valid_until=platform.now())
    assert challenge.title not in queries.lines([mine], colleague)[0][1]


def test_a_title_of_several_lines_makes_a_subject_of_one() -> None:
    """Or the letter could not leave, and those behind it would wait."""
    challenge = factories.open_challenge(title="固态电池\r\nBcc: someone@example.org")
    relay.drain()
    letters = Letter.objects.filter(to=challenge.adjudicator.email, notice__kind="challenge.opened")
    subjects = letters.values_list("subject", flat=True)
    assert [one.endswith("固态电池 Bcc: someone@example.org") for one in subjects] == [True]
