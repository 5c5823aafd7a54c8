"""A crowd at the deadline: tickets at once, sealing one after another, and nothing lost on the way (I12)."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from marketplace.kernel import clock
from tasks import jobs
from tasks.proposals import intake, queries
from tasks.proposals.desk import DESK, LEFT_BEHIND
from tasks.proposals.lifecycle import TicketState
from tasks.proposals.models import IntakeTicket, Proposal, SealedEnvelope
from tests import clock as movable
from tests import factories
from tests.hands import together
from tests.tasks.web_adjudication.stage import at_browser

pytestmark = pytest.mark.django_db(transaction=True)


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


def hand_in(proposal: Proposal, browser: Client | None = None) -> int:
    """Submit by the page, as its author; returns the status."""
    browser = browser or at_browser(proposal.author)
    answer = browser.post(f"/proposals/{proposal.public_id}/submit/", {"version": proposal.version})
    return int(answer.status_code)


@pytest.fixture
def draft() -> Proposal:
    """A complete draft answer."""
    return factories.proposal_draft(factories.open_challenge())


@pytest.fixture
def busy() -> Iterator[Callable[[], None]]:
    """Somebody's submission is being sealed, until this is called."""
    block = DESK.at_once()
    assert block.__enter__()
    done: list[bool] = []

    def end() -> None:
        if not done:
            done.append(True)
            block.__exit__(None, None, None)

    yield end
    end()


def ticket(proposal: Proposal) -> IntakeTicket:
    """The latest of a proposal."""
    found = queries.last_ticket(proposal)
    assert found is not None
    return found


def test_whoever_comes_alone_has_a_receipt_with_the_answer(draft: Proposal) -> None:
    assert hand_in(draft) == 302
    assert ticket(draft).state == TicketState.ACCEPTED


def test_in_a_crowd_the_moment_is_noted_and_the_receipt_follows(draft: Proposal, busy: Callable[[], None]) -> None:
    browser = at_browser(draft.author)
    assert hand_in(draft, browser) == 302
    assert ticket(draft).state == TicketState.TAKEN
    page = browser.get(f"/proposals/{draft.public_id}/").content.decode()
    assert f"/proposals/{draft.public_id}/waiting/" in page
    still = browser.get(f"/proposals/{draft.public_id}/waiting/")
    assert (still.status_code, "HX-Refresh" in still) == (204, False)
    busy()
    until(lambda: ticket(draft).state == TicketState.ACCEPTED)
    assert browser.get(f"/proposals/{draft.public_id}/waiting/")["HX-Refresh"] == "true"
    assert SealedEnvelope.objects.filter(proposal=draft).count() == 1


@pytest.mark.usefixtures("in_english")
def test_what_was_refused_while_it_waited_says_why(busy: Callable[[], None]) -> None:
    draft = factories.proposal_draft(factories.open_challenge(), approach="")
    browser = at_browser(draft.author)
    assert browser.post(f"/en/proposals/{draft.public_id}/submit/", {"version": draft.version}).status_code == 302
    busy()
    until(lambda: ticket(draft).state == TicketState.REFUSED)
    page = browser.get(f"/en/proposals/{draft.public_id}/").content.decode()
    assert "Please describe the technical approach." in page
    assert Proposal.objects.get(pk=draft.pk).content.title == draft.content.title


@pytest.mark.usefixtures("busy")
def test_whoever_comes_too_late_hears_it_at_once_however_many_wait(draft: Proposal) -> None:
    assert draft.challenge.deadline is not None
    movable.shift(seconds=(draft.challenge.deadline - clock.now()).total_seconds() + 1)
    assert hand_in(draft) == 422
    assert ticket(draft).state == TicketState.LATE


def test_what_a_dead_process_left_behind_is_sealed_by_the_job(draft: Proposal) -> None:
    intake.take_ticket(public_id=draft.public_id, actor=draft.author)
    assert jobs.settle_tickets() == 0, "its process may still be at it"
    movable.shift(seconds=LEFT_BEHIND.total_seconds() + 1)
    assert jobs.settle_tickets() == 1
    assert ticket(draft).state == TicketState.ACCEPTED


def test_with_every_scheduler_stopped_its_owners_page_has_it_sealed(draft: Proposal) -> None:
    intake.take_ticket(public_id=draft.public_id, actor=draft.author)
    movable.shift(seconds=LEFT_BEHIND.total_seconds() + 1)
    at_browser(draft.author).get(f"/proposals/{draft.public_id}/waiting/")
    until(lambda: ticket(draft).state == TicketState.ACCEPTED)


def test_a_dozen_at_once_are_each_sealed_once() -> None:
    challenge = factories.open_challenge()
    drafts = [factories.proposal_draft(challenge) for _each in range(12)]
    browsers = [at_browser(one.author) for one in drafts]
    before = clock.now()
    statuses = together(*(partial(hand_in, one, browser) for one, browser in zip(drafts, browsers, strict=True)))
    assert statuses == [302] * len(drafts)
    until(lambda: not queries.to_settle(clock.now() + timedelta(hours=1)).exists())
    tickets = IntakeTicket.objects.filter(proposal__challenge=challenge)
    assert {(one.state, one.taken_at >= before) for one in tickets} == {(TicketState.ACCEPTED, True)}
    assert SealedEnvelope.objects.filter(proposal__challenge=challenge).count() == len(drafts)


def test_nobody_elses_waiting_is_told(draft: Proposal) -> None:
    assert at_browser(factories.person()).get(f"/proposals/{draft.public_id}/waiting/").status_code == 404
