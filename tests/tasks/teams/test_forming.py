"""How a team comes together: who is invited, who joins, what their agreement is to, and when it is void."""

import pytest

from marketplace.kernel.clock import now
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.notices.models import Letter
from marketplace.outbox.models import Fact
from tasks.proposals import queries as proposals
from tasks.proposals import services as proposing
from tasks.proposals import teaming
from tasks.proposals.lifecycle import ProposalState
from tasks.proposals.models import Proposal
from tasks.teams import queries, services, shares
from tasks.teams.lifecycle import SeatState, TeamState
from tasks.teams.models import Team, TeamMember
from tests import clock, factories
from tests.tasks.teams import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def seen(team: Team) -> str:
    return shares.digest(queries.joined(team))


def agreements(team: Team) -> list[bool]:
    members = queries.joined(team)
    return [one.agreed_to == shares.digest(members) for one in members if one.person_id != team.lead_id]


def test_a_team_begins_beside_the_draft_and_only_once() -> None:
    team = stage.begun()
    again = teaming.begin_team(challenge_id=team.challenge.public_id, actor=team.lead)
    assert again == team
    assert stage.proposal_of(team).state == ProposalState.DRAFT
    assert [one.person for one in queries.joined(team)] == [team.lead]


def test_whoever_handed_in_alone_withdraws_first() -> None:
    done = factories.submitted_proposal(factories.open_challenge())
    with pytest.raises(Refusal, match="handed in alone"):
        teaming.begin_team(challenge_id=done.challenge.public_id, actor=done.author)
    assert not Team.objects.exists()


def test_the_letter_reads_alike_whether_or_not_there_is_an_account() -> None:
    team, known = stage.begun(), factories.person()
    services.invite(public_id=team.public_id, actor=team.lead, email=known.email.upper())
    services.invite(public_id=team.public_id, actor=team.lead, email="nobody@example.org")
    one, other = ([line.replace(to, "?") for line in text] for to, text in _letters())
    assert one == other


def _letters() -> list[tuple[str, list[str]]]:
    rows = TeamMember.objects.filter(state=SeatState.INVITED).order_by("pk")
    found = []
    for row in rows:
        text = Letter.objects.get(to=row.email).body
        found.append((row.email, text.replace(row.public_id, "-").splitlines()))
    return found


def test_only_whoever_has_confirmed_the_address_answers() -> None:
    team, person, other = stage.begun(), factories.person(), factories.person()
    invitation = services.invite(public_id=team.public_id, actor=team.lead, email=person.email)
    with pytest.raises(NotFound):
        teaming.join_team(invitation_id=invitation.public_id, actor=other, organisation=None)
    teaming.join_team(invitation_id=invitation.public_id, actor=person, organisation=None)
    assert [one.person for one in queries.joined(team)] == [team.lead, person]
    assert TeamMember.objects.get(pk=invitation.pk).email == ""


def test_whoever_declines_is_no_member_and_answers_once() -> None:
    team, person = stage.begun(), factories.person()
    invitation = services.invite(public_id=team.public_id, actor=team.lead, email=person.email)
    services.decline_invitation(public_id=invitation.public_id, actor=person)
    with pytest.raises(NotFound):
        teaming.join_team(invitation_id=invitation.public_id, actor=person, organisation=None)
    assert len(queries.joined(team)) == 1


def test_a_member_agrees_to_what_the_page_showed_and_to_nothing_else() -> None:
    team = stage.begun()
    one = stage.joining(team)
    old = seen(team)
    stage.shared(team)
    assert one.person is not None
    with pytest.raises(Stale):
        services.agree(public_id=team.public_id, actor=one.person, digest=old)
    services.agree(public_id=team.public_id, actor=one.person, digest=seen(team))
    fact = Fact.objects.get(stream=f"team:{team.public_id}", kind="team.agreed")
    assert fact.data["digest"] == seen(team)
    assert agreements(team) == [True]


def test_nobody_agrees_to_shares_that_do_not_add_up() -> None:
    team = stage.begun()
    one = stage.joining(team)
    assert one.person is not None
    with pytest.raises(Refusal):
        services.agree(public_id=team.public_id, actor=one.person, digest=seen(team))


@pytest.mark.parametrize("change", ["shares", "the same shares", "join", "leave", "remove", "unit"])
def test_every_change_makes_the_agreements_void(change: str) -> None:
    team = stage.ready(members=3)
    assert agreements(team) == [True, True]
    last = queries.joined(team)[-1].person
    assert last is not None
    if change == "shares":
        stage.shared(team, (50, 50), (30, 30), (20, 20))
    elif change == "the same shares":
        stage.shared(team)
    elif change == "join":
        stage.joining(team)
    elif change == "leave":
        services.leave_team(public_id=team.public_id, actor=last)
    elif change == "remove":
        seat = queries.joined(team)[-1]
        services.remove_member(public_id=team.public_id, seat_id=seat.public_id, actor=team.lead)
    else:
        house = factories.organisation(last)
        teaming.choose_unit(public_id=team.public_id, actor=last, organisation=house)
    assert not any(agreements(team))


def test_the_leads_other_organisation_in_the_draft_is_their_seat_too() -> None:
    team = stage.ready()
    draft, house = stage.proposal_of(team), factories.organisation(team.lead)
    content = factories.content()
    proposing.save_proposal(public_id=draft.public_id, actor=team.lead, content=content, organisation=house)
    assert queries.joined(team)[0].organisation == house
    assert agreements(team) == [False]


def test_members_write_the_draft_and_only_the_lead_says_in_whose_name() -> None:
    team = stage.ready()
    draft, member = stage.proposal_of(team), queries.joined(team)[1].person
    assert member is not None
    written = factories.content(title="共同起草")
    proposing.save_proposal(public_id=draft.public_id, actor=member, content=written, organisation=None)
    found = Proposal.objects.get(pk=draft.pk)
    assert (found.content.title, found.organisation) == ("共同起草", draft.organisation)
    assert found.author == team.lead


def test_nobody_sits_in_two_teams_nor_beside_a_submission_of_their_own() -> None:
    one = stage.begun()
    member = stage.joining(one).person
    assert member is not None
    other = stage.begun(one.challenge)
    invitation = services.invite(public_id=other.public_id, actor=other.lead, email=member.email)
    with pytest.raises(Refusal, match="another team"):
        teaming.join_team(invitation_id=invitation.public_id, actor=member, organisation=None)
    alone = factories.submitted_proposal(one.challenge)
    invitation = services.invite(public_id=one.public_id, actor=one.lead, email=alone.author.email)
    with pytest.raises(Refusal, match="Withdraw it first"):
        teaming.join_team(invitation_id=invitation.public_id, actor=alone.author, organisation=None)
    assert proposing.start_proposal(challenge_id=one.challenge.public_id, actor=member) == stage.proposal_of(one)


def test_ones_own_draft_is_set_aside_and_stays_readable() -> None:
    team = stage.begun()
    own = factories.proposal_draft(team.challenge, title="自己的草稿")
    stage.joining(team, own.author)
    found = proposals.own(own.public_id, own.author)
    assert (found.state, found.content.title) == (ProposalState.WITHDRAWN, "自己的草稿")
    services.leave_team(public_id=team.public_id, actor=own.author)
    again = proposing.start_proposal(challenge_id=team.challenge.public_id, actor=own.author)
    assert again.content.title == "自己的草稿"


def test_a_member_who_left_reads_the_draft_no_longer() -> None:
    team = stage.ready()
    member = queries.joined(team)[1].person
    assert member is not None
    services.leave_team(public_id=team.public_id, actor=member)
    with pytest.raises(NotFound):
        proposals.own(stage.proposal_of(team).public_id, member)
    with pytest.raises(NotFound):
        queries.one_for(team.public_id, member)


def test_the_lead_dissolves_it_and_goes_on_alone() -> None:
    team = stage.ready()
    teaming.dissolve_team(public_id=team.public_id, actor=team.lead)
    draft = proposals.live_one(team.challenge, team.lead)
    assert draft is not None
    assert draft.team is None
    assert Team.objects.get(pk=team.pk).state == TeamState.DISSOLVED
    assert proposing.submit_proposal(public_id=draft.public_id, actor=team.lead).state == ProposalState.SUBMITTED


def test_after_the_deadline_nobody_changes_a_team() -> None:
    team = stage.ready()
    member = queries.joined(team)[1]
    assert member.person is not None
    waiting = services.invite(public_id=team.public_id, actor=team.lead, email=(late := factories.person()).email)
    assert team.challenge.deadline
    clock.shift(seconds=(team.challenge.deadline - now()).total_seconds())
    with pytest.raises(Refusal):
        services.invite(public_id=team.public_id, actor=team.lead, email="x@example.org")
    with pytest.raises(Refusal):
        stage.shared(team)
    with pytest.raises(Refusal):
        services.leave_team(public_id=team.public_id, actor=member.person)
    with pytest.raises(Refusal):
        teaming.join_team(invitation_id=waiting.public_id, actor=late, organisation=None)
