"""What of My work concerns whoever answers challenges: invitations, shares, proposals."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.kernel import clock
from tasks.adjudication.turns import Party
from tasks.challenges.lifecycle import OVER, State
from tasks.proposals import queries as proposals
from tasks.proposals.lifecycle import ProposalState
from tasks.proposals.models import Proposal
from tasks.teams import queries as teams
from tasks.web.workitem import LONGEST_SECTION, Item


def invitations(person: User) -> Iterator[Item]:
    for one in teams.invitations_to(person)[:LONGEST_SECTION]:
        yield Item.about(
            one.challenge,
            what=_("%(name)s invites you to a team: accept or decline") % {"name": one.invited_by},
            since=one.created_at,
            url=reverse("teams:invitation", args=[one.public_id]),
            act=_("Answer"),
            deadline=one.challenge.deadline,
        )


def agreements(person: User) -> Iterator[Item]:
    """Teams whose shares are set and to which this member has not agreed as they now stand."""
    for seat in teams.to_agree(person, LONGEST_SECTION):
        yield Item.about(
            seat.challenge,
            what=_("Agree to the shares of the work and of the reward"),
            since=seat.moved_at,
            url=seat.team.get_absolute_url(),
            act=_("Open"),
            deadline=seat.challenge.deadline,
        )


def own_proposals(person: User) -> Iterator[Item]:
    rows = proposals.proposals_of(person).exclude(state=ProposalState.WITHDRAWN)
    now = clock.now()
    for proposal in rows.exclude(challenge__state__in=OVER)[:LONGEST_SECTION]:
        yield _proposal(proposal, now)


def _proposal(proposal: Proposal, now: datetime) -> Item:
    challenge = proposal.challenge
    draft = proposal.state == ProposalState.DRAFT
    late = challenge.state != State.OPEN or (challenge.held_since is None and now >= (challenge.deadline or now))
    writing = draft and not late
    return Item.about(
        challenge,
        what=_proposal_words(proposal, late=late),
        since=proposal.moved_at,
        url=reverse("proposals:edit" if writing else "proposals:detail", args=[proposal.public_id]),
        act=_("Go on writing") if writing else _("Open"),
        mine=writing,
        whose="" if draft else Party.ADJUDICATOR.label,
        deadline=None if late else challenge.deadline,
    )


def _proposal_words(proposal: Proposal, *, late: bool) -> Any:
    if proposal.state != ProposalState.DRAFT:
        return ProposalState(proposal.state).label
    return _("Not submitted in time; your draft is kept") if late else _("Draft: not submitted yet")
