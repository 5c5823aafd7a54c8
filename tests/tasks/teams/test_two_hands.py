"""Two things at the same moment, on real connections: one wins, and nobody sits in two teams."""

import os

import pytest

from marketplace.kernel.errors import Expected
from tasks.proposals import services as proposing
from tasks.proposals import teaming
from tasks.proposals.lifecycle import LIVE
from tasks.proposals.models import Proposal
from tasks.teams import queries, services, shares
from tasks.teams.lifecycle import SeatState, TeamState
from tasks.teams.models import Team, TeamMember
from tests import factories
from tests.hands import together
from tests.tasks.teams import stage

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = int(os.environ.get("TWO_HANDS_ROUNDS", "50"))


def one_won(results: list[object]) -> None:
    failures = [one for one in results if isinstance(one, Exception)]
    assert len(failures) == len(results) - 1, results
    assert all(isinstance(one, Expected) for one in failures), failures


def test_invitations_of_two_teams_are_accepted_at_once() -> None:
    challenge = factories.open_challenge()
    teams = [stage.begun(challenge), stage.begun(challenge)]
    for _round in range(ROUNDS):
        person = factories.person()
        waiting = []
        for team in teams:
            invitation = services.invite(public_id=team.public_id, actor=team.lead, email=person.email)
            waiting.append(invitation.public_id)
        results = together(
            *(
                lambda one=one, person=person: teaming.join_team(invitation_id=one, actor=person, organisation=None)
                for one in waiting
            )
        )
        one_won(results)
        seats = TeamMember.objects.filter(person=person, state=SeatState.JOINED)
        assert seats.count() == 1
        TeamMember.objects.filter(person=person).delete()
        TeamMember.objects.filter(state=SeatState.INVITED).delete()


def test_somebody_joins_and_begins_alone_at_once() -> None:
    team = stage.begun()
    for _round in range(min(ROUNDS, 10)):
        person = factories.person()
        invitation = services.invite(public_id=team.public_id, actor=team.lead, email=person.email)
        together(
            lambda one=invitation, person=person: teaming.join_team(
                invitation_id=one.public_id, actor=person, organisation=None
            ),
            lambda person=person: proposing.start_proposal(challenge_id=team.challenge.public_id, actor=person),
        )
        alone = Proposal.objects.filter(author=person, state__in=LIVE).count()
        seated = TeamMember.objects.filter(person=person, state=SeatState.JOINED).count()
        assert (alone, seated) == (0, 1)


def test_a_change_and_the_submission_at_once() -> None:
    """Either the change was first and nothing is sealed, or what is sealed is what was agreed to."""
    challenge = factories.open_challenge()
    for _round in range(min(ROUNDS, 10)):
        team = stage.ready(challenge)
        seen, member = shares.digest(queries.joined(team)), queries.joined(team)[1].person
        assert member is not None
        results = together(
            lambda team=team: stage.submitted(team),
            lambda team=team, member=member: services.leave_team(public_id=team.public_id, actor=member),
        )
        one_won(results)
        if not isinstance(results[0], Exception):
            assert shares.digest(queries.joined(team)) == seen


def test_two_leads_accept_each_others_merge_at_once() -> None:
    challenge = factories.open_challenge()
    for _round in range(min(ROUNDS, 10)):
        one, other = stage.begun(challenge), stage.begun(challenge)
        offers = [
            (services.invite(public_id=host.public_id, actor=host.lead, email=guest.lead.email, whole_team=True), guest)
            for host, guest in ((one, other), (other, one))
        ]
        results = together(
            *(
                lambda offer=offer, guest=guest: teaming.join_team(
                    invitation_id=offer.public_id, actor=guest.lead, organisation=None
                )
                for offer, guest in offers
            )
        )
        one_won(results)
        live = Team.objects.filter(pk__in=[one.pk, other.pk], state=TeamState.FORMING)
        assert [len(queries.joined(team)) for team in live] == [2]
