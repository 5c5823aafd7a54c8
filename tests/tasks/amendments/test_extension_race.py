"""A deadline is moved in its last moment while somebody hands in and the clock closes the call (I12)."""

import os
import random
import time
from datetime import timedelta
from typing import Any

import pytest

from marketplace.kernel import clock
from marketplace.kernel.errors import Expected
from tasks.amendments import services as amending
from tasks.amendments.models import Amendment
from tasks.amendments.rules import Change
from tasks.challenges import services as posting
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tasks.proposals import intake
from tasks.proposals.lifecycle import TicketState
from tasks.proposals.models import IntakeTicket, Proposal
from tests import factories
from tests.hands import together

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = int(os.environ.get("TWO_HANDS_ROUNDS", "50")) // 5
SOON = timedelta(seconds=0.25)
LATER = timedelta(days=20)


def at_about_the_deadline(chance: random.Random, act: Any) -> Any:
    """The act a little before or after it."""
    wait = SOON.total_seconds() + chance.uniform(-0.12, 0.12)

    def run() -> Any:
        time.sleep(wait)
        return act()

    return run


def close(challenge: Challenge) -> Any:
    """As the clock does it, which comes again until nothing is being sealed."""
    for _try in range(40):
        try:
            return posting.close_challenge(public_id=challenge.public_id)
        except Expected as refusal:
            failure = refusal
            time.sleep(0.01)
    return failure


def hand_in(draft: Proposal) -> IntakeTicket:
    """A ticket, and what it was taken for."""
    ticket = intake.take_ticket(public_id=draft.public_id, actor=draft.author)
    try:
        intake.settle(ticket)
    except Expected:
        ticket.refresh_from_db()
    return ticket


def test_whatever_comes_first_the_ticket_and_the_deadline_in_force_agree() -> None:
    chance, seen = random.Random(12), set()  # moments, no secret
    for _round in range(ROUNDS):
        draft = factories.proposal_draft(factories.open_challenge())
        old = clock.now() + SOON
        Challenge.objects.filter(pk=draft.challenge_id).update(deadline=old)
        call = Challenge.objects.get(pk=draft.challenge_id)
        change = Change(deadline=old + LATER)
        moved, ticket, _closed = together(
            at_about_the_deadline(
                chance,
                lambda: amending.amend_challenge(public_id=call.public_id, actor=call.author, change=change),  # noqa: B023  # called in this round
            ),
            at_about_the_deadline(chance, lambda: hand_in(draft)),  # noqa: B023  # the same
            at_about_the_deadline(chance, lambda: close(call)),  # noqa: B023  # the same
        )
        now = Challenge.objects.get(pk=call.pk)
        extended = isinstance(moved, Amendment)
        assert isinstance(moved, (Amendment, Expected)), moved
        assert (now.state, now.deadline) == ((State.OPEN, old + LATER) if extended else (State.SEALED, old))
        assert isinstance(ticket, (IntakeTicket, Expected)), ticket
        if isinstance(ticket, IntakeTicket):
            row = IntakeTicket.objects.get(pk=ticket.pk)
            assert now.deadline is not None
            assert (row.state == TicketState.ACCEPTED) == (row.taken_at < now.deadline), (row.state, extended)
            seen.add((extended, row.state))
    assert len(seen) >= 2, f"the rounds all went one way: {seen}"
