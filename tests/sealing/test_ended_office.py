"""An officer's parts go with the office: what operations.md tells operators not to do, and how it is mended."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from marketplace.accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.sealing import queries
from tasks.adjudication import opening
from tasks.challenges.models import Challenge
from tests import factories
from tests.sealing.test_lost_officer import closed_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def confirm(challenge: Challenge, officer: User) -> None:
    opening.confirm_opening(public_id=challenge.public_id, actor=officer, phrase=factories.phrase_of(officer))


def test_whose_office_has_ended_opens_nothing_until_they_hold_it_again() -> None:
    challenge = closed_with(2)
    one, other = queries.holders_of(challenge.public_id)
    opening.confirm_opening(public_id=challenge.public_id, actor=challenge.supervisor)
    confirm(challenge, one)
    call_command("dismiss", other.email, "OPENING_OFFICER")
    with pytest.raises(Refusal, match="Only opening officers"):
        confirm(challenge, other)
    call_command("appoint", other.email, "OPENING_OFFICER")
    confirm(challenge, other)
    assert challenge.proposals.get().content == factories.content()


def test_an_office_that_ends_before_the_deadline_takes_its_parts_along() -> None:
    """A key is entrusted whatever the last day of the office is: operations.md tells operators to give none."""
    officers = [factories.enrolled(factories.opening_officer()) for _one in range(2)]
    for officer in officers:
        call_command("dismiss", officer.email, "OPENING_OFFICER")
        call_command("appoint", officer.email, "OPENING_OFFICER", until=tomorrow())
    challenge = factories.open_challenge()
    assert set(queries.holders_of(challenge.public_id)) == set(officers)
    factories.closed(challenge)
    with pytest.raises(Refusal, match="Only opening officers"):
        confirm(challenge, officers[0])
    call_command("appoint", officers[0].email, "OPENING_OFFICER")
    confirm(challenge, officers[0])


def tomorrow() -> date:
    return (clock.now() + timedelta(days=1)).date()
