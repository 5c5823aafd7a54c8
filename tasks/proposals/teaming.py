"""Answering together: a team begins beside its lead's draft, and whoever joins sets their own draft aside.

What a team is by itself is in `tasks.teams`; here stands what it takes to have a proposal too.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organisation, User
from marketplace.kernel.errors import Refusal
from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import Allowed, require
from marketplace.outbox.record import record
from tasks import events
from tasks.challenges import intake as incoming
from tasks.challenges.models import Challenge
from tasks.proposals import policy, queries
from tasks.proposals.lifecycle import STEPS, ProposalState
from tasks.proposals.models import Proposal
from tasks.proposals.services import begin
from tasks.teams import policy as team_policy
from tasks.teams import queries as teams
from tasks.teams import services as team_services
from tasks.teams.models import Team, TeamMember


def begin_team(*, challenge_id: str, actor: User) -> Team:
    """Begin a team beside one's draft, or return the one already begun. Raises Refusal or NotFound."""
    with transaction.atomic():
        challenge = incoming.taking_in(challenge_id)
        allowed = require(policy.may_propose(actor, challenge))
        queries.answering(challenge, actor)
        mine = queries.live_one(challenge, actor) or begin(challenge, actor, allowed)
        proposal = queries.locked(mine.public_id)
        if proposal.team is not None:
            return proposal.team
        _refuse_being_sealed(proposal)
        proposal.challenge = challenge
        if proposal.state != ProposalState.DRAFT:
            raise Refusal(_("You have handed in alone. Withdraw that first; then begin a team with its text."))
        team = team_services.begin_team(challenge, actor, proposal.organisation, allowed)
        revise(proposal, team=team)
    return team


def join_team(*, invitation_id: str, actor: User, organisation: Organisation | None) -> Team:
    """Accept an invitation, with one's team if it asks for it. A draft of one's own is set aside and stays readable.

    Raises Refusal, Stale or NotFound.
    """
    with transaction.atomic():
        invitation = teams.invitation_to(invitation_id, actor)
        challenge = incoming.taking_in(invitation.challenge.public_id)
        allowed = require(policy.may_propose(actor, challenge))
        queries.answering(challenge, actor)
        own = _own_aside(invitation, actor)
        invitation.team = _locked_with(own, invitation)
        invitation.team.challenge = challenge
        require(team_policy.may_join(actor, invitation))
        _refuse_foreign(actor, organisation)
        if own is not None:
            _set_aside(own, invitation.team, allowed)
        team_services.join(invitation, actor, organisation, allowed)
    return invitation.team


def choose_unit(*, public_id: str, actor: User, organisation: Organisation | None) -> Team:
    """Sit in a team for an organisation one acts for, or in one's own name. Raises Refusal, Stale or NotFound."""
    _refuse_foreign(actor, organisation)
    return team_services.choose_unit(public_id=public_id, actor=actor, organisation=organisation)


def dissolve_team(*, public_id: str, actor: User) -> Challenge:
    """Go on alone with the draft; the members are told. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        team = teams.one_for(public_id, actor)
        found = queries.with_team(team)
        challenge = incoming.taking_in(team.challenge.public_id)
        proposal = queries.locked(found.public_id) if found else None
        allowed = require(team_policy.may_change(actor, teams.one_for(public_id, actor)))
        if proposal is not None and proposal.state != ProposalState.DRAFT:
            raise Refusal(_("What the team handed in still counts. Withdraw it first."))
        team_services.dissolve(team, allowed)
        if proposal is not None:
            revise(proposal, team=None)
    return challenge


def _own_aside(invitation: TeamMember, actor: User) -> Proposal | None:
    """One's own draft, locked, if it may be set aside for this invitation. Raises Refusal."""
    seat = teams.seat_in(invitation.challenge, actor)
    if seat is not None and seat.team.lead_id != actor.pk:
        raise Refusal(_("You are in another team that answers this challenge. Leave it first."))
    if seat is not None and len(teams.joined(seat.team)) > 1 and not invitation.whole_team:
        raise Refusal(_("You lead a team. Ask them to invite you with your whole team, or dissolve it first."))
    own = queries.live_one(invitation.challenge, actor)
    if own is None:
        if seat is not None:
            raise Refusal(_("You lead a team whose proposal is withdrawn. Begin its draft anew, or dissolve it first."))
        return None
    if own.state != ProposalState.DRAFT:
        raise Refusal(_("You have handed in a proposal of your own. Withdraw it first."))
    own = queries.locked(own.public_id)
    _refuse_being_sealed(own)
    return own


def _locked_with(own: Proposal | None, invitation: TeamMember) -> Team:
    """The team that invites, and with it the team that comes over: locked in one order."""
    wanted = invitation.team.public_id
    coming = [own.team.public_id] if own is not None and own.team is not None else []
    found = teams.locked_together(wanted, *coming)
    return found[wanted]


def _refuse_being_sealed(own: Proposal) -> None:
    """Between its ticket and its envelope it is nobody's to change."""
    if queries.is_being_sealed(own):
        raise Refusal(team_policy.BEING_SEALED.reason)


def _set_aside(own: Proposal, into: Team, by: Allowed) -> None:
    """It is handed in no more, but its author reads it as long as they like."""
    if own.team is not None:
        coming = teams.locked(own.team.public_id)
        team_services.bring_over(coming, into, by)
    move(own, STEPS["set_aside"], team=None)
    record(events.ProposalSetAside.of(own), by=by)


def _refuse_foreign(actor: User, organisation: Organisation | None) -> None:
    wrong = policy.wrong_name(actor, organisation)
    if wrong is not None:
        raise Refusal(wrong.reason, field="organisation")
