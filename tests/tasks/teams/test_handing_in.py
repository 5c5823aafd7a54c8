"""When a team may hand in, what is sealed of it, and that it is frozen until its lead replaces or withdraws."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from marketplace.accounts.models import Membership, User
from marketplace.accounts.roles import Role
from marketplace.identity.models import RealNameVerification
from marketplace.kernel.errors import Refusal
from marketplace.privacy import services as privacy
from tasks.adjudication import services as judging
from tasks.challenges.models import Challenge
from tasks.proposals import intake, keeping, policy, queries, services
from tasks.proposals import teaming as together
from tasks.proposals.lifecycle import ProposalState
from tasks.proposals.models import IntakeTicket, SealedEnvelope
from tasks.teams import queries as teams
from tasks.teams import services as team_services
from tasks.teams.lifecycle import TeamState
from tasks.teams.models import Team, TeamMember
from tests import factories
from tests.tasks.teams import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def member_of(team: Team) -> User:
    found = teams.joined(team)[1].person
    assert found is not None
    return found


def refused(team: Team, why: str) -> None:
    """Nothing is sealed, the draft stays, and the page says why before anything is pressed."""
    draft = stage.proposal_of(team)
    verdict = policy.may_submit(team.lead, draft)
    assert not verdict
    with pytest.raises(Refusal, match=why) as failure:
        stage.submitted(team)
    assert str(failure.value) == str(getattr(verdict, "reason", ""))
    assert not SealedEnvelope.objects.exists()
    assert stage.proposal_of(team).state == ProposalState.DRAFT
    assert Team.objects.get(pk=team.pk).state == TeamState.FORMING


def test_a_whole_team_hands_in() -> None:
    team = stage.ready(members=3)
    assert stage.submitted(team).state == ProposalState.SUBMITTED
    assert Team.objects.get(pk=team.pk).state == TeamState.HANDED_IN


def test_nobody_but_the_lead_hands_in_replaces_or_withdraws() -> None:
    team = stage.ready()
    proposal, member = stage.proposal_of(team), member_of(team)
    with pytest.raises(Refusal, match="lead"):
        services.submit_proposal(public_id=proposal.public_id, actor=member)
    assert not IntakeTicket.objects.exists()
    stage.submitted(team)
    for act in (services.replace_proposal, services.withdraw_proposal):
        with pytest.raises(Refusal):
            act(public_id=proposal.public_id, actor=member)
    assert stage.proposal_of(team).state == ProposalState.SUBMITTED


def _no_shares(team: Team) -> None:
    TeamMember.objects.filter(team=team).update(work_share=Decimal("49.99"))


def _not_agreed(team: Team) -> None:
    stage.shared(team)


def _one_left(team: Team) -> None:
    team_services.leave_team(public_id=team.public_id, actor=member_of(team))


def _nameless(team: Team) -> None:
    RealNameVerification.objects.filter(user=member_of(team)).delete()


def _judging(team: Team) -> None:
    Challenge.objects.filter(pk=team.challenge_id).update(supervisor=member_of(team))


def _of_the_sponsor(team: Team) -> None:
    assert team.challenge.sponsor
    factories.member(team.challenge.sponsor, member_of(team))


def _administrator(team: Team) -> None:
    factories.accounts.grant_role(user=member_of(team), role=Role.AUDIT_ADMIN, scope="PLATFORM")


def _unit_gone(team: Team) -> None:
    house = factories.organisation(member_of(team))
    TeamMember.objects.filter(team=team, person=member_of(team)).update(organisation=house)
    stage.agreed(team)
    Membership.objects.filter(organisation=house).update(place="MEMBER")


def _reserved(team: Team) -> None:
    house = factories.organisation(team.lead)
    house.sponsor_class = "SME"
    house.save()
    TeamMember.objects.filter(team=team, person=team.lead).update(organisation=house)
    queries.Proposal.objects.filter(team=team).update(organisation=house)
    Challenge.objects.filter(pk=team.challenge_id).update(reserved_for_sme=True)
    stage.agreed(team)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_no_shares, "must add to 100"),
        (_not_agreed, "has not agreed"),
        (_one_left, "Nobody has joined"),
        (_nameless, "has not said who they are"),
        (_judging, "party to this challenge"),
        (_of_the_sponsor, "party to this challenge"),
        (_administrator, "party to this challenge"),
        (_unit_gone, "act for that organisation"),
        (_reserved, "is not of one"),
    ],
)
def test_what_is_asked_of_one_is_asked_of_every_member(spoil: Callable[[Team], None], why: str) -> None:
    team = stage.ready()
    spoil(team)
    refused(team, why)


ABROAD = {"code": "US", "name_zh": "美国", "name_en": "United States", "kind": "COUNTRY"}


def at_home(person: User, *, home: bool) -> None:
    region = factories.region() if home else factories.region(**ABROAD)
    RealNameVerification.objects.filter(user=person).update(region=region)


@pytest.mark.parametrize(
    ("rule", "lead", "member", "goes"),
    [
        ("YES", False, False, True),
        ("PARTNER", True, True, True),
        ("PARTNER", False, True, True),
        ("PARTNER", True, False, True),
        ("PARTNER", False, False, False),
        ("NO", True, True, True),
        ("NO", False, True, False),
        ("NO", True, False, False),
    ],
)
def test_from_abroad_with_somebody_in_china(rule: str, lead: bool, member: bool, goes: bool) -> None:  # noqa: FBT001  # a table
    said = {"abroad_reason": "涉及出口管制。", "title_en": "A title", "description_en": "A summary."}
    team = stage.ready(factories.open_challenge(abroad=rule, **said))
    at_home(team.lead, home=lead)
    at_home(member_of(team), home=member)
    if goes:
        assert stage.submitted(team).state == ProposalState.SUBMITTED
    else:
        refused(team, "abroad")


def test_whoever_answers_alone_from_abroad_needs_a_partner() -> None:
    draft = factories.proposal_draft(factories.open_challenge(abroad="PARTNER"))
    at_home(draft.author, home=False)
    with pytest.raises(Refusal, match="together with a partner in China"):
        services.submit_proposal(public_id=draft.public_id, actor=draft.author)


def test_handed_in_nobody_changes_it_until_the_lead_begins_another_version() -> None:
    team = stage.ready()
    proposal, member = stage.submitted(team), member_of(team)
    for act in (
        lambda: team_services.leave_team(public_id=team.public_id, actor=member),
        lambda: team_services.invite(public_id=team.public_id, actor=team.lead, email="neu@example.org"),
        lambda: stage.shared(team),
    ):
        with pytest.raises(Refusal, match="handed in"):
            act()
    services.replace_proposal(public_id=proposal.public_id, actor=team.lead)
    stage.shared(team, (70, 70), (30, 30))
    content = factories.content()
    services.save_proposal(public_id=proposal.public_id, actor=team.lead, content=content, organisation=None)
    with pytest.raises(Refusal, match="has not agreed"):
        stage.submitted(team)
    stage.agreed(team)
    stage.submitted(team)
    assert Team.objects.get(pk=team.pk).state == TeamState.HANDED_IN


def test_withdrawn_it_may_change_and_begin_again() -> None:
    team = stage.ready()
    proposal = stage.submitted(team)
    services.withdraw_proposal(public_id=proposal.public_id, actor=team.lead)
    stage.shared(team, (60, 60), (40, 40))
    with pytest.raises(Refusal, match="Its lead begins"):
        services.start_proposal(challenge_id=team.challenge.public_id, actor=member_of(team))
    again = services.start_proposal(challenge_id=team.challenge.public_id, actor=team.lead)
    assert again.team == team


def test_a_replacement_that_is_thrown_away_freezes_the_team_as_it_was_sealed() -> None:
    team = stage.ready()
    proposal, member = stage.submitted(team), member_of(team)
    for changed in (False, True):
        services.replace_proposal(public_id=proposal.public_id, actor=team.lead)
        assert Team.objects.get(pk=team.pk).state == TeamState.FORMING
        if changed:
            stage.shared(team, (60, 60), (40, 40))
        services.discard_draft(public_id=proposal.public_id, actor=team.lead)
        now = Team.objects.get(pk=team.pk).state
        assert now == (TeamState.FORMING if changed else TeamState.HANDED_IN)
    stage.shared(team)
    team_services.leave_team(public_id=team.public_id, actor=member)


def test_between_ticket_and_envelope_nobody_changes_the_team() -> None:
    team = stage.ready()
    proposal, member = stage.proposal_of(team), member_of(team)
    waiting = team_services.invite(public_id=team.public_id, actor=team.lead, email=factories.person().email)
    ticket = intake.take_ticket(public_id=proposal.public_id, actor=team.lead, version=proposal.version)
    house, seat = factories.organisation(member), teams.joined(team)[1].public_id
    invited = User.objects.get(email=waiting.email)
    for act in (
        lambda: team_services.leave_team(public_id=team.public_id, actor=member),
        lambda: team_services.remove_member(public_id=team.public_id, seat_id=seat, actor=team.lead),
        lambda: stage.shared(team, (60, 60), (40, 40)),
        lambda: together.choose_unit(public_id=team.public_id, actor=member, organisation=house),
        lambda: together.join_team(invitation_id=waiting.public_id, actor=invited, organisation=None),
        lambda: together.dissolve_team(public_id=team.public_id, actor=team.lead),
    ):
        with pytest.raises(Refusal, match="being sealed"):
            act()
    assert intake.settle(ticket).state == ProposalState.SUBMITTED


def test_between_ticket_and_envelope_a_draft_of_ones_own_becomes_no_teams() -> None:
    team = stage.begun()
    alone = factories.proposal_draft(team.challenge)
    waiting = team_services.invite(public_id=team.public_id, actor=team.lead, email=alone.author.email)
    ticket = intake.take_ticket(public_id=alone.public_id, actor=alone.author, version=alone.version)
    with pytest.raises(Refusal, match="being sealed"):
        together.begin_team(challenge_id=team.challenge.public_id, actor=alone.author)
    with pytest.raises(Refusal, match="being sealed"):
        together.join_team(invitation_id=waiting.public_id, actor=alone.author, organisation=None)
    assert intake.settle(ticket).state == ProposalState.SUBMITTED


def test_whoever_was_sealed_is_bound_until_it_is_withdrawn_or_sealed_without_them() -> None:
    team = stage.ready(members=3)
    proposal, member = stage.submitted(team), member_of(team)
    bound = lambda: list(policy.proposals_bind(member))  # noqa: E731  # asked again and again
    assert bound()
    services.replace_proposal(public_id=proposal.public_id, actor=team.lead)
    team_services.leave_team(public_id=team.public_id, actor=member)
    assert bound()
    stage.shared(team)
    stage.agreed(team)
    services.save_proposal(
        public_id=proposal.public_id, actor=team.lead, content=factories.content(), organisation=None
    )
    stage.submitted(team)
    assert not bound()
    other = member_of(team)
    assert list(policy.proposals_bind(other))
    services.withdraw_proposal(public_id=proposal.public_id, actor=team.lead)
    assert not list(policy.proposals_bind(other))


def test_a_replacement_that_is_never_handed_in_loses_the_team_nothing() -> None:
    team = stage.ready(members=3)
    proposal, member = stage.submitted(team), member_of(team)
    services.replace_proposal(public_id=proposal.public_id, actor=team.lead)
    team_services.leave_team(public_id=team.public_id, actor=member)
    with pytest.raises(Refusal, match="has handed in"):
        privacy.erase(user=member)
    opened = factories.opened(factories.closed(team.challenge))
    assert opened.adjudicator
    with pytest.raises(Refusal, match="has handed in"):
        privacy.erase(user=member)
    judging.admit_proposal(public_id=opened.public_id, code="P01", actor=opened.adjudicator)


def test_what_is_sealed_names_who_they_are_by_id_and_their_shares() -> None:
    team = stage.ready()
    draft = stage.proposal_of(team)
    assert draft.as_kept.members == ()
    code = draft.as_kept.code
    stage.submitted(team)
    sealed = services.reread_proposal(public_id=draft.public_id, actor=team.lead, code=code)
    assert sealed.content == draft.content
    factories.opened(factories.closed(team.challenge))
    kept = stage.proposal_of(team).as_kept
    assert [one["person"] for one in kept.members] == [team.lead.public_id, member_of(team).public_id]
    assert {(one["work"], one["reward"]) for one in kept.members} == {("50.00", "50.00")}
    assert kept.content == draft.content


def test_whoever_answers_alone_seals_nothing_of_a_team() -> None:
    text = keeping.KeptText(factories.content())
    assert b"team_members" not in text.as_bytes()
    assert keeping.from_envelope(text.as_bytes()).members == ()


def test_a_member_reads_it_again_only_if_told_the_code() -> None:
    team = stage.ready()
    draft = stage.proposal_of(team)
    stage.submitted(team)
    with pytest.raises(Refusal, match="not the reading code"):
        services.reread_proposal(public_id=draft.public_id, actor=member_of(team), code="none")
    told = services.reread_proposal(public_id=draft.public_id, actor=member_of(team), code=draft.as_kept.code)
    assert told.content == draft.content
