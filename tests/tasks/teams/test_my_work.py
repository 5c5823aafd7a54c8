"""What of teams waits for whom under My work: an invitation, shares that stand; and for nobody else."""

import pytest
from django.urls import reverse

from marketplace.accounts.models import User
from tasks.teams import queries, services
from tests import clock, factories
from tests.tasks.teams import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
INVITED, TO_AGREE = "Invitations to teams", "Teams that wait for your consent"


def waiting(person: User) -> set[str]:
    """Which of the two sections the person finds."""
    page = stage.browser(person).get(reverse("work:mine")).content.decode()
    return {heading for heading in (INVITED, TO_AGREE) if heading in page}


def test_an_invitation_waits_until_it_is_answered() -> None:
    team, person, other = stage.begun(), factories.person(), factories.person()
    services.invite(public_id=team.public_id, actor=team.lead, email=person.email)
    assert waiting(person) == {INVITED}
    assert waiting(team.lead) == waiting(other) == set()
    invitation = queries.invitations_to(person).get()
    services.decline_invitation(public_id=invitation.public_id, actor=person)
    assert waiting(person) == set()


def test_shares_wait_for_each_members_click_and_again_after_each_change() -> None:
    team = stage.begun()
    member = stage.joining(team).person
    assert member
    assert waiting(member) == set()  # nothing stands yet to which one could agree
    stage.shared(team, (60, 40), (40, 60))
    assert (waiting(member), waiting(team.lead)) == ({TO_AGREE}, set())
    stage.agreed(team)
    assert waiting(member) == set()
    stage.shared(team, (70, 30), (30, 70))
    assert waiting(member) == {TO_AGREE}


def test_nothing_waits_once_the_deadline_has_come() -> None:
    team = stage.begun()
    member = stage.joining(team).person
    assert member
    stage.shared(team)
    clock.shift(days=400)
    assert waiting(member) == set()
