"""Who may do what with a team and on the partner board, and why not."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import User
from marketplace.accounts.policy import as_party, as_role
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import ActingAs, Role
from marketplace.kernel import clock
from marketplace.kernel.verdicts import Allowed, Denied, Verdict
from marketplace.sealing import policy as sealing
from tasks.challenges import policy as posting
from tasks.challenges.lifecycle import OVER, UNDER_WAY, State
from tasks.challenges.models import Challenge
from tasks.teams import queries, shares
from tasks.teams.lifecycle import CallState, TeamState
from tasks.teams.models import PartnerCall, Team, TeamMember

MERGES_CLOSE = timedelta(days=7)
"""So long before the deadline teams are merged no more; inviting one person stays possible until the deadline."""
FROZEN = Denied(
    _("It is handed in: who is in the team stays as it is. Ask its lead to replace or to withdraw the proposal first.")
)
BEING_SEALED = Denied(_("It has been handed in and is being sealed. Please wait a moment."))
ALONE = Denied(_("Nobody has joined yet. Wait for them, or dissolve the team and submit in your own name."))


def merges_close(challenge: Challenge) -> datetime | None:
    """From when on teams are merged no more; half-open like the deadline itself."""
    return challenge.deadline - MERGES_CLOSE if challenge.deadline else None


def may_see(person: Person, team: Team) -> Verdict:
    """Its own people, unless they administer the platform now (I18)."""
    allowed = as_party(person)
    if not isinstance(person, User) or not allowed:
        return allowed
    if queries.seat_of(person, team) is None:
        return Denied(_("Only its own people know of a team."))
    return Allowed(person.public_id, ActingAs.SOLVER)


def may_change(person: Person, team: Team) -> Verdict:
    """The lead, while it is being put together and the call is open."""
    if not isinstance(person, User) or team.lead_id != person.pk:
        return Denied(_("Only the lead of the team can do this."))
    return _while_forming(may_see(person, team), team)


def may_agree(person: Person, team: Team) -> Verdict:
    """Every member for themselves, while it is being put together; the lead agrees by handing in."""
    if isinstance(person, User) and team.lead_id == person.pk:
        return Denied(_("You lead the team: you agree by submitting."))
    return _while_forming(may_see(person, team), team)


def may_leave(person: Person, team: Team) -> Verdict:
    """Every member but the lead, until it is handed in; after that the lead must act first."""
    if isinstance(person, User) and team.lead_id == person.pk:
        return Denied(_("You lead the team. Dissolve it if it is not to go on."))
    return _while_forming(may_see(person, team), team)


def may_decline(person: Person, invitation: TeamMember) -> Verdict:
    """Whoever was invited."""
    if not queries.invitations_to(person).filter(pk=invitation.pk).exists():
        return Denied(_("This invitation is for somebody else."))
    return as_party(person)


def may_join(person: Person, invitation: TeamMember) -> Verdict:
    """Whoever was invited, while the team is being put together; with a whole team until merges close.

    Whether they may answer the challenge at all is asked beside it, as of everybody (`proposals.policy.may_propose`).
    """
    team = invitation.team
    verdict = may_decline(person, invitation)
    if invitation.whole_team:
        return _while_forming(while_merging(verdict, team.challenge), team)
    return _while_forming(verdict, team)


def while_merging(verdict: Verdict, challenge: Challenge) -> Verdict:
    """This verdict until seven days before the deadline, and after that why not."""
    closes = merges_close(challenge)
    if verdict and (closes is None or clock.now() >= closes):
        return Denied(
            _("Teams can be merged until seven days before the deadline. Single people can still be invited.")
        )
    return verdict


def incomplete(team: Team, members: Sequence[TeamMember]) -> Denied | None:
    """Why what the team says of itself cannot be sealed yet: too few, shares, somebody who has not agreed."""
    if len(members) < shares.SMALLEST:
        return ALONE
    for problem in shares.problems(members):
        return Denied(problem.message)
    said = shares.digest(members)
    for one in members:
        if one.person_id != team.lead_id and one.agreed_to != said:
            return Denied(_("%(name)s has not agreed to this composition yet.") % {"name": one.person})
    return None


def teams_bind(person: User) -> Iterator[Promise]:
    """Why an account cannot be erased yet (I29): a team handed in with them and is not decided upon.

    Whoever has left since is bound too: without their name what was sealed cannot be admitted.
    """
    seats = TeamMember.objects.filter(person=person, sealed=True, challenge__state__in=UNDER_WAY)
    if seats.exclude(team__lead=person).exists():
        yield _("A team of yours has handed in a proposal. Ask its lead to withdraw it, or wait until it is decided.")


def may_read_letter(person: Person, seat: TeamMember) -> Verdict:
    """The letter of a member's house: its team; once opened its adjudicator and supervisor too (联合体协议)."""
    team = seat.team
    own = may_see(person, team)
    if own or not isinstance(person, User) or not queries.partners_of(team):
        return own
    judges = {team.challenge.adjudicator_id: Role.ADJUDICATOR, team.challenge.supervisor_id: Role.SUPERVISOR}
    if person.pk in judges and not people.administers(person):
        return Allowed(person.public_id, judges[person.pk])
    return own


def may_bring_letter(person: Person, seat: TeamMember) -> Verdict:
    """Whoever sits there, before or after the deadline, until the challenge is over."""
    allowed = may_see(person, seat.team)
    if not allowed or not isinstance(person, User):
        return allowed
    if seat.person_id != person.pk:
        return Denied(_("Each member hands in the letter of their own organisation."))
    if seat.challenge.state in OVER:
        return Denied(_("The challenge is over; nothing can be handed in any more."))
    return allowed


def may_post(person: Person, challenge: Challenge) -> Verdict:
    """Anyone signed in who is called and no party to the challenge, while it is open; one notice each."""
    verdict = may_write(person, challenge)
    if not verdict or not isinstance(person, User):
        return verdict
    mine = queries.own_call(challenge, person)
    if mine is not None and mine.state == CallState.SHOWN:
        return Denied(_("You have a notice on this board already. Withdraw it to write another one."))
    if mine is not None and mine.state == CallState.TAKEN_DOWN:
        return Denied(_("Your notice on this board was taken down; its reason is shown to you."))
    return verdict


def may_write(person: Person, challenge: Challenge) -> Verdict:
    """Whoever may look for partners here, or answer those who do."""
    verdict = posting.while_open(as_party(person), challenge)
    if not verdict or not isinstance(person, User):
        return verdict
    uncalled = posting.audience_denial(person, challenge)
    if uncalled is not None:
        return uncalled
    if person.pk in {challenge.adjudicator_id, challenge.supervisor_id}:
        return Denied(_("You judge this challenge and cannot look for partners."))
    if sealing.may_hand_over(person, challenge.public_id, challenge.region):
        return Denied(_("You hold a part of the key of this challenge and cannot look for partners."))
    return verdict


def may_reply(person: Person, call: PartnerCall) -> Verdict:
    """Whoever might post there, to somebody else's notice that is shown."""
    if call.state != CallState.SHOWN:
        return Denied(_("This notice is shown no more."))
    if isinstance(person, User) and call.author_id == person.pk:
        return Denied(_("This notice is yours."))
    return may_write(person, call.challenge)


def may_withdraw_call(person: Person, call: PartnerCall) -> Verdict:
    """Its author."""
    if not isinstance(person, User) or call.author_id != person.pk:
        return Denied(_("Only its author can withdraw a notice."))
    return as_party(person)


def may_take_down(person: Person, call: PartnerCall) -> Verdict:
    """The sponsor's officers and the administrators of the challenge's region, with a reason."""
    sponsor = posting.as_its_sponsor(person, call.challenge)
    if sponsor or call.challenge.region is None:
        return sponsor
    sentence = _("Only the sponsor and the administrators of its region can take a notice down.")
    return as_role(person, Role.REGION_ADMIN, call.challenge.region, sentence)


def _while_forming(verdict: Verdict, team: Team) -> Verdict:
    if verdict and team.state == TeamState.HANDED_IN:
        return FROZEN
    if verdict and team.challenge.state != State.OPEN:
        return Denied(_("The deadline has passed."))
    if verdict and team.state == TeamState.DISSOLVED:
        return Denied(_("This team was dissolved."))
    if verdict and queries.is_being_sealed(team):
        return BEING_SEALED
    return posting.while_open(verdict, team.challenge)
