"""My work: whose turn, since when, and only what concerns the person."""

import pytest
from django.test import Client

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from tasks.adjudication import queries as judging
from tasks.challenges import services as posting
from tests import factories
from tests.tasks.web import people

pytestmark = pytest.mark.django_db


def lines(client: Client, person: User) -> list[tuple[str, str, bool]]:
    sections = people.get(client, "/en/my-work/", person).context["sections"]
    return [(str(section.heading), str(item.what), item.mine) for section in sections for item in section.items]


def test_nothing_waits_for_a_newcomer(client: Client) -> None:
    assert lines(client, factories.person()) == []


def test_a_posting_waits_for_its_sponsor_then_for_the_administrator(client: Client) -> None:
    made = factories.draft()
    admin = factories.officer_with(Role.REGION_ADMIN)
    assert lines(client, made.author) == [("Your postings", "Draft: complete it and hand it in", True)]
    assert lines(client, admin) == []
    posting.submit_challenge(public_id=made.public_id, actor=made.author)
    assert lines(client, made.author) == [("Your postings", "Handed in; waiting for approval", False)]
    assert lines(client, admin) == [("Postings to approve", "Approve the posting or return it", True)]
    posting.return_challenge(public_id=made.public_id, actor=admin, reason="指标")
    assert lines(client, made.author) == [("Your postings", "Returned: change it and hand it in again", True)]


def test_a_case_passes_from_hand_to_hand(client: Client) -> None:
    challenge = factories.open_challenge()
    mine = factories.submitted_proposal(challenge)
    adjudicator, supervisor = challenge.adjudicator, challenge.supervisor
    heading = "Cases you adjudicate or supervise"
    assert lines(client, adjudicator) == []
    assert lines(client, mine.author) == [("Your proposals", "submitted", False)]
    factories.closed(challenge)
    assert lines(client, supervisor) == [(heading, "Confirm the opening of the proposals", True)]
    factories.opened(challenge)
    assert lines(client, adjudicator) == [(heading, "Check the proposals formally", True)]
    assert lines(client, supervisor) == [(heading, "Check the proposals formally", False)]
    factories.under_review(challenge)
    reviewer = judging.seated(challenge)[0].reviewer
    assert lines(client, reviewer) == [("Reviews", "Proposals to score and lock: 1", True)]
    factories.scored(challenge, {"P01": 80})
    assert lines(client, reviewer) == [("Reviews", "All your scores are locked; the decision is next", False)]
    assert lines(client, adjudicator) == [(heading, "Every review is locked: decide", True)]


def test_a_draft_that_came_too_late_says_so(client: Client) -> None:
    draft = factories.proposal_draft(factories.open_challenge())
    assert lines(client, draft.author) == [("Your proposals", "Draft: not submitted yet", True)]
    factories.closed(draft.challenge)
    late = [("Your proposals", "Not submitted in time; your draft is kept", False)]
    assert lines(client, draft.author) == late


def test_an_organisation_waits_for_its_administrator(client: Client) -> None:
    owner = factories.person()
    factories.organisation(owner, verified=False)
    admin = factories.officer_with(Role.REGION_ADMIN)
    assert lines(client, owner) == [("Your organisations", "verification pending", False)]
    assert lines(client, admin) == [("Organisations to verify", "Verify the organisation or send it back", True)]


def test_whose_turn_it_is_stands_first_however_much_else_there_is(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasks.web.worklist.LONGEST_SECTION", 1)
    challenge = factories.open_challenge()
    adjudicator = challenge.adjudicator
    factories.submitted_proposal(challenge)
    factories.under_review(factories.opened(factories.closed(challenge)))
    second = people.judged_by(adjudicator)
    factories.submitted_proposal(second)
    factories.opened(factories.closed(second))
    assert lines(client, adjudicator) == [("Cases you adjudicate or supervise", "Check the proposals formally", True)]
