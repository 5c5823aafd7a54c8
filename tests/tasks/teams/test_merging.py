"""Two leads merge: the invited one's members come over, their draft is set aside, until seven days before the end."""

import pytest

from marketplace.kernel.clock import now
from marketplace.kernel.errors import NotFound, Refusal
from tasks.proposals import queries as proposals
from tasks.proposals import services as proposing
from tasks.proposals import teaming
from tasks.proposals.lifecycle import ProposalState
from tasks.teams import policy, queries, services
from tasks.teams.lifecycle import TeamState
from tasks.teams.models import Team, TeamMember
from tests import clock, factories
from tests.tasks.teams import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def offered(team: Team, other: Team) -> TeamMember:
    return services.invite(public_id=team.public_id, actor=team.lead, email=other.lead.email, whole_team=True)


def accepted(offer: TeamMember, other: Team) -> None:
    teaming.join_team(invitation_id=offer.public_id, actor=other.lead, organisation=None)


def before_the_last_week(team: Team, seconds: float) -> None:
    closes = policy.merges_close(team.challenge)
    assert closes
    clock.shift(seconds=(closes - now()).total_seconds() - seconds)


def test_the_whole_team_comes_over_and_nobody_has_agreed() -> None:
    one = stage.ready()
    other = stage.ready(one.challenge, members=3)
    draft, coming = stage.proposal_of(other), [seat.person for seat in queries.joined(other)]
    waiting = services.invite(public_id=other.public_id, actor=other.lead, email=factories.person().email)
    accepted(offered(one, other), other)
    members = queries.joined(one)
    assert {seat.person for seat in members[2:]} == set(coming)
    assert all(not seat.agreed_to for seat in members)
    assert Team.objects.get(pk=other.pk).state == TeamState.DISSOLVED
    assert TeamMember.objects.get(pk=waiting.pk).state == "REMOVED"
    found = proposals.own(draft.public_id, other.lead)
    assert (found.state, found.content) == (ProposalState.WITHDRAWN, draft.content)
    stage.shared(one)
    stage.agreed(one)
    assert stage.submitted(one).state == ProposalState.SUBMITTED


def test_a_member_of_the_team_that_went_over_reads_the_other_draft() -> None:
    one = stage.ready()
    other = stage.ready(one.challenge)
    member, old = queries.joined(other)[1].person, stage.proposal_of(other)
    assert member is not None
    accepted(offered(one, other), other)
    assert proposals.live_one(one.challenge, member) == stage.proposal_of(one)
    with pytest.raises(NotFound):
        proposals.own(old.public_id, member)


def test_somebody_who_leads_a_team_comes_with_it_or_not_at_all() -> None:
    one = stage.begun()
    other = stage.ready(one.challenge)
    single = services.invite(public_id=one.public_id, actor=one.lead, email=other.lead.email)
    with pytest.raises(Refusal, match="whole team"):
        teaming.join_team(invitation_id=single.public_id, actor=other.lead, organisation=None)
    assert Team.objects.get(pk=other.pk).state == TeamState.FORMING


def test_what_was_handed_in_is_withdrawn_before_a_merge() -> None:
    one = stage.begun()
    other = stage.ready(one.challenge)
    proposal = stage.submitted(other)
    with pytest.raises(Refusal, match="Withdraw it first"):
        accepted(offered(one, other), other)
    assert proposals.own(proposal.public_id, other.lead).state == ProposalState.SUBMITTED


def test_two_teams_are_no_more_than_twenty_together() -> None:
    one = stage.begun()
    other = stage.begun(one.challenge)
    for team, many in ((one, 10), (other, 10)):
        for _member in range(many - 1):
            stage.joining(team)
    late = stage.joining(other)
    offer = offered(one, other)
    with pytest.raises(Refusal, match="more than 20"):
        accepted(offer, other)
    assert (len(queries.joined(one)), len(queries.joined(other))) == (10, 11)
    services.remove_member(public_id=other.public_id, seat_id=late.public_id, actor=other.lead)
    accepted(offer, other)
    assert len(queries.joined(one)) == 20


def test_merges_close_seven_days_before_the_deadline_to_the_second() -> None:
    one = stage.begun()
    other = stage.ready(one.challenge)
    offer = offered(one, other)
    before_the_last_week(one, seconds=30)
    accepted(offer, other)
    third = stage.begun(one.challenge)
    late = offered(one, third)
    before_the_last_week(one, seconds=0)
    with pytest.raises(Refusal, match="seven days"):
        accepted(late, third)
    with pytest.raises(Refusal, match="seven days"):
        services.invite(public_id=one.public_id, actor=one.lead, email="x@example.org", whole_team=True)
    assert stage.joining(one).person is not None
    assert proposing.start_proposal(challenge_id=one.challenge.public_id, actor=third.lead).team == third
