"""At the opening a team becomes known: whom it binds, who must be verified, who is told, and as what it is named."""

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import Membership, User
from marketplace.identity.models import RealNameVerification
from marketplace.kernel.errors import NotFound, Refusal
from marketplace.notices.recipients import recipients
from marketplace.outbox.models import Fact
from tasks.adjudication import queries as judging
from tasks.adjudication import services as adjudication
from tasks.challenges.models import Challenge
from tasks.proposals import queries as proposals
from tasks.proposals import services as proposing
from tasks.proposals.lifecycle import ProposalState
from tasks.proposals.models import Proposal
from tasks.teams import queries, services
from tasks.teams.models import Partner, Team
from tests import factories
from tests.tasks.teams import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def member_of(team: Team) -> User:
    found = queries.joined(team)[1].person
    assert found is not None
    return found


def opened(team: Team) -> Proposal:
    stage.submitted(team)
    factories.opened(factories.closed(team.challenge))
    return stage.proposal_of(team)


def test_before_the_opening_nothing_of_it_is_written_down_for_others() -> None:
    team = stage.ready()
    stage.submitted(team)
    factories.closed(team.challenge)
    assert not Partner.objects.exists()
    assert judging.parties_to(team.challenge) & {team.lead.pk, member_of(team).pk} == set()


def test_every_member_and_everybody_of_their_houses_is_bound_from_the_opening_on() -> None:
    team = stage.begun()
    owner, colleague, left = factories.person(), factories.person(), factories.person()
    house = factories.organisation(owner)
    factories.member(house, colleague)
    factories.member(house, left)
    Membership.objects.filter(user=left).update(valid_until=team.created_at)
    stage.joining(team, owner, house)
    stage.shared(team)
    stage.agreed(team)
    opened(team)
    bound = judging.parties_to(team.challenge)
    assert {team.lead.pk, owner.pk, colleague.pk, left.pk} <= bound
    assert factories.person().pk not in bound


def test_who_changed_after_the_last_submission_is_not_in_it() -> None:
    team = stage.ready()
    sealed_with = member_of(team)
    proposal = stage.submitted(team)
    proposing.replace_proposal(public_id=proposal.public_id, actor=team.lead)
    services.leave_team(public_id=team.public_id, actor=sealed_with)
    late = stage.joining(team).person
    assert late is not None
    factories.opened(factories.closed(team.challenge))
    assert [one.person for one in queries.partners_of(team)] == [team.lead, sealed_with]
    assert proposals.own(proposal.public_id, sealed_with).state == ProposalState.OPENED
    with pytest.raises(NotFound):
        proposals.own(proposal.public_id, late)


def test_a_member_whose_name_is_not_verified_keeps_it_from_the_review() -> None:
    team = stage.ready()
    proposal = opened(team)
    RealNameVerification.objects.filter(user=member_of(team)).update(state="PENDING")
    adjudicator = Challenge.objects.get(pk=team.challenge_id).adjudicator
    assert adjudicator is not None
    with pytest.raises(Refusal, match=str(member_of(team))):
        adjudication.admit_proposal(public_id=team.challenge.public_id, code=proposal.code, actor=adjudicator)
    RealNameVerification.objects.filter(user=member_of(team)).update(state="VERIFIED")
    adjudication.admit_proposal(public_id=team.challenge.public_id, code=proposal.code, actor=adjudicator)
    assert stage.proposal_of(team).state == ProposalState.UNDER_REVIEW


def test_every_member_is_told_what_its_author_is_told() -> None:
    team = stage.ready(members=3)
    proposal = opened(team)
    people = {one.person for one in queries.joined(team)}
    for kind in ("proposal.submitted", "proposal.opened"):
        fact = Fact.objects.get(stream=f"proposal:{proposal.public_id}", kind=kind)
        assert {told.user for told in recipients(fact)} == people


def test_the_adjudicator_reads_members_and_shares_and_reviewers_no_name() -> None:
    team = stage.ready()
    proposal = opened(team)
    challenge = Challenge.objects.get(pk=team.challenge_id)
    assert challenge.adjudicator is not None
    address = reverse("adjudication:case_proposal", args=[challenge.public_id, proposal.code])
    page = stage.browser(challenge.adjudicator).get(address).content.decode()
    assert str(member_of(team)) in page
    assert "reward 50 %" in page
    challenge = factories.under_review(challenge)
    seat = judging.seated(challenge)[0]
    masked = stage.browser(seat.reviewer).get(reverse("adjudication:score", args=[seat.public_id, proposal.code]))
    assert masked.status_code == 200
    for person in (team.lead, member_of(team)):
        assert str(person) not in masked.content.decode()
        assert person.public_id not in masked.content.decode()


def test_the_notice_names_the_consortium_with_its_lead_first_and_no_share() -> None:
    team = stage.ready()
    opened(team)
    challenge = Challenge.objects.get(pk=team.challenge_id)
    factories.scored(factories.under_review(challenge), {"P01": 90})
    factories.adjudicated(challenge)
    adjudication.publish_notice(public_id=challenge.public_id) if hasattr(adjudication, "publish_notice") else None
    notice = Challenge.objects.get(pk=challenge.pk).notice
    page = Client().get(notice.get_absolute_url()).content.decode()
    assert page.index(str(team.lead)) < page.index(str(member_of(team)))
    assert "50 %" not in page
    assert team.challenge.sponsor is not None
    officer = team.challenge.author
    told = stage.browser(officer).get(challenge.get_absolute_url()).content.decode()
    assert f"{member_of(team)} receives 50 %" in told
    assert "receives 50" not in Client().get(challenge.get_absolute_url()).content.decode()
