"""What a viewer can do with a challenge now, and why not: the policies' own answers, as buttons and sentences."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import SponsorClass, User
from marketplace.accounts.queries import Person
from marketplace.kernel import clock
from tasks.adjudication import policy as judging
from tasks.adjudication import queries as cases
from tasks.amendments import policy as amending
from tasks.cancelling import policy as cancelling
from tasks.cancelling import queries as requests
from tasks.challenges import policy as posting
from tasks.challenges.lifecycle import EDITABLE, OVER, PUBLIC, State
from tasks.challenges.models import Challenge
from tasks.following import policy as following
from tasks.following import queries as follows
from tasks.proposals import policy as proposing
from tasks.proposals import queries as proposals
from tasks.proposals.lifecycle import LIVE, ProposalState
from tasks.proposals.models import Proposal


@dataclass(frozen=True)
class Action:
    """Something to press: a link, or a verb sent by POST."""

    label: str
    url: str
    post: bool = False
    primary: bool = False


@dataclass(frozen=True)
class Panel:
    """What can be done, and sentences about what cannot."""

    actions: list[Action] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)


def panel_for(person: Person, challenge: Challenge) -> Panel:
    """Everything this person can do with this challenge now."""
    panel = Panel()
    for part in (_sponsor, _administrator, _case, _reviewer, _solver, _public, _supervision, _follower):
        for one in part(person, challenge):
            (panel.actions if isinstance(one, Action) else panel.notes).append(one)
    return panel


Offers = Iterator[Any]


def _sponsor(person: Person, challenge: Challenge) -> Offers:
    if not people.officer_of(person, challenge.sponsor) and challenge.author_id != getattr(person, "pk", None):
        return
    here = [challenge.public_id]
    if posting.may_edit(person, challenge):
        yield Action(_("Check and submit"), reverse("challenges:preview", args=here), primary=True)
        yield Action(_("Edit"), reverse("challenges:edit", args=here))
    elif challenge.state not in PUBLIC | EDITABLE:
        yield _("The region's administrator decides next; until then it cannot be changed.")
    elif challenge.state == State.OPEN:
        yield from _while_open(person, challenge)
    elif challenge.state in {State.NOTICE, State.AWARDED} and people.officer_of(person, challenge.sponsor):
        yield from _consortium(challenge)


def _consortium(challenge: Challenge) -> Offers:
    """How the winners share the reward: for the sponsor alone, as the proposal itself."""
    for award in cases.awards_of(challenge):
        partners = award.proposal.team.partners.all() if award.proposal.team else []
        for one in partners:
            said = {"name": one.organisation or one.person, "share": f"{one.reward_share.normalize():f}"}
            yield _("Of the reward %(name)s receives %(share)s %%, as the consortium has agreed.") % said


def _while_open(person: Person, challenge: Challenge) -> Offers:
    if amending.may_amend(person, challenge):
        yield Action(_("Publish an amendment"), reverse("challenges:amend", args=[challenge.public_id]))
    if cancelling.may_ask(person, challenge):
        yield Action(_("Ask for cancellation"), reverse("challenges:cancellation", args=[challenge.public_id]))
    if challenge.parent_id is None:
        address = reverse("challenges:new")
        yield Action(_("Split off a work package"), f"{address}?parent={challenge.public_id}")
    if challenge.state in PUBLIC:
        yield Action(
            _("Use as a model for a new one"), reverse("challenges:copy", args=[challenge.public_id]), post=True
        )
        yield Action(_("Poster with QR code"), reverse("challenges:poster", args=[challenge.public_id]))


def _administrator(person: Person, challenge: Challenge) -> Offers:
    if challenge.state == State.SUBMITTED and posting.may_decide(person, challenge):
        yield Action(
            _("Decide on this posting"),
            reverse("challenges:approval", args=[challenge.public_id]),
            primary=True,
        )


def _case(person: Person, challenge: Challenge) -> Offers:
    if challenge.state == State.OPEN and cancelling.may_decide(person, challenge) and requests.waits_for(challenge):
        address = reverse("challenges:cancellation", args=[challenge.public_id])
        yield Action(_("Decide on the cancellation"), address, primary=True)
    if judging.may_see_case(person, challenge):
        yield Action(_("Go to the case"), reverse("adjudication:case", args=[challenge.public_id]), primary=True)


def _reviewer(person: Person, challenge: Challenge) -> Offers:
    if challenge.state not in {State.SEALED, State.REVIEWING}:
        return
    seat = cases.assignments_of(person).filter(panel__challenge=challenge).first()
    if seat is not None:
        yield Action(_("Go to your review"), seat.get_absolute_url(), primary=True)


def _solver(person: Person, challenge: Challenge) -> Offers:
    if challenge.state not in PUBLIC:
        return
    mine = proposals.shown_one(challenge, person)
    live = mine is not None and mine.state in LIVE
    if mine is not None:
        yield _to_own(mine, open_still=challenge.state == State.OPEN)
    if challenge.state == State.OPEN and not live:
        yield from _to_propose(person, challenge)
    if challenge.state == State.OPEN:
        yield from _together(person, challenge, mine)


def _together(person: Person, challenge: Challenge, mine: Proposal | None) -> Offers:
    """The team, for its own people; and where partners are looked for."""
    if not isinstance(person, User) or posting.no_longer_open(challenge) is not None:
        return
    if mine is not None and mine.team is not None:
        yield Action(_("Your team"), mine.team.get_absolute_url())
    elif proposing.may_propose(person, challenge):
        yield Action(_("Answer as a team"), reverse("teams:begin", args=[challenge.public_id]), post=True)
    yield Action(_("Find a partner"), reverse("partners:board", args=[challenge.public_id]))


def _to_own(mine: Proposal, *, open_still: bool) -> Action:
    if mine.state == ProposalState.DRAFT and open_still:
        label, name = _("Go on with your proposal"), "proposals:edit"
    else:
        label, name = _("Your proposal"), "proposals:detail"
    return Action(label, reverse(name, args=[mine.public_id]), primary=mine.state in LIVE)


def _to_propose(person: Person, challenge: Challenge) -> Offers:
    if challenge.held_since is not None:
        yield posting.SUSPENDED.reason
    elif challenge.deadline is None or clock.now() >= challenge.deadline:
        yield _("The deadline has passed; no proposal can be submitted any more.")
    elif not isinstance(person, User):
        address = redirect_to_login(challenge.get_absolute_url()).url
        yield Action(_("Sign in to propose"), address, primary=True)
    elif verdict := proposing.may_propose(person, challenge):
        label = _("Write a proposal")
        yield Action(label, reverse("proposals:start", args=[challenge.public_id]), post=True, primary=True)
        yield from _reservation(person, challenge)
    else:
        yield getattr(verdict, "reason", "")


def _reservation(person: Person, challenge: Challenge) -> Offers:
    if not challenge.reserved_for_sme:
        return
    if not people.organisations_of(person).filter(sponsor_class=SponsorClass.SME).exists():
        yield _("Reserved: only a proposal of a verified small or medium enterprise can be submitted here.")


def _public(person: Person, challenge: Challenge) -> Offers:
    if challenge.state in {State.NOTICE, State.AWARDED}:
        yield Action(_("Read the award notice"), challenge.notice.get_absolute_url())
    if not isinstance(person, User) and challenge.state in {State.SEALED, State.REVIEWING}:
        yield _("The call has closed; this page shows each further step.")


def _follower(person: Person, challenge: Challenge) -> Offers:
    """Said to the person alone; whoever follows already may stop whatever else they are."""
    if challenge.state not in PUBLIC or not isinstance(person, User):
        return
    here = [challenge.public_id]
    if follows.follows(person, challenge):
        yield Action(_("Stop following"), reverse("challenges:unfollow", args=here), post=True)
    elif challenge.state not in OVER and following.may_follow(person, challenge):
        yield Action(_("Follow"), reverse("challenges:follow", args=here), post=True)


def _supervision(person: Person, challenge: Challenge) -> Offers:
    here = reverse("challenges:suspension", args=[challenge.public_id])
    if challenge.held_since is not None and posting.may_resume(person, challenge):
        yield Action(_("Let the call go on"), here, primary=True)
    elif challenge.state == State.OPEN and posting.may_suspend(person, challenge):
        yield Action(_("Suspend the call"), here)
