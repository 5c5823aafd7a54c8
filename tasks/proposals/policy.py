"""Who may do what with a proposal, and why not."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, SponsorClass, User
from marketplace.accounts.policy import as_party
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import ActingAs, Role
from marketplace.consents import queries as consents
from marketplace.identity import queries as identity
from marketplace.kernel import clock
from marketplace.kernel.verdicts import Allowed, Denied, Verdict
from marketplace.sealing import policy as sealing
from tasks.challenges import policy as posting
from tasks.challenges.lifecycle import UNDER_WAY, State
from tasks.challenges.models import Challenge
from tasks.challenges.policy import SUSPENDED
from tasks.diagnosis import queries as diagnosis
from tasks.proposals import queries
from tasks.proposals.lifecycle import OPENED, ProposalState
from tasks.proposals.models import Proposal
from tasks.teams import policy as team_policy
from tasks.teams import queries as teams
from tasks.teams.models import TeamMember

NAMELESS = Denied(_("Please say who you are before you submit."))
"""The one refusal that the page of submission can answer itself: it asks for it there."""
UNCONSENTED = Denied(_("This challenge asks for your employer's consent before you submit in your own name."))
"""J08. It can be mended until the deadline: by the consent, or by proposing in the name of an organisation."""
LATE = _("The deadline has passed. Nothing was submitted; your draft is kept.")
UNSEALABLE = _("Nothing can be sealed for this challenge yet: its opening officers have no keys. Your draft is kept.")
MOST_VERSIONS = 50
"""So often a proposal is handed in at most: each version is kept, and could keep a call from closing."""
LEADS = _("Only the lead of the team can do this.")
_LATE = Denied(LATE)


def may_propose(person: Person, challenge: Challenge) -> Verdict:
    """L07, H09, H22, N17d: anyone signed in, at home or abroad, but nobody who is party to the challenge."""
    allowed = as_party(person)
    if not isinstance(person, User) or not allowed:
        return allowed
    if challenge.state != State.OPEN:
        return Denied(_("This challenge does not take proposals."))
    if challenge.held_since is not None:
        return SUSPENDED
    return _as_no_party(person, challenge)


def may_edit(person: Person, proposal: Proposal) -> Verdict:
    """The author and their team, while it is a draft or is to be replaced, and the challenge is open."""
    if not is_own(person, proposal):
        return Denied(_("Only its author can change a proposal."))
    if not is_being_written(proposal):
        return Denied(_("A submitted proposal is sealed. Before the deadline you can replace or withdraw it."))
    return may_propose(person, proposal.challenge)


def is_being_written(proposal: Proposal) -> bool:
    """Whether there is a text to write on: a draft, or one that is to take the place of what was submitted."""
    return proposal.state == ProposalState.DRAFT or (proposal.is_sealed and bool(proposal.kept))


def may_replace(person: Person, proposal: Proposal) -> Verdict:
    """4.5: the author, before the deadline; until the other version is submitted this one counts."""
    verdict = may_withdraw(person, proposal)
    if verdict and not proposal.kept and proposal.envelopes.count() >= MOST_VERSIONS:
        return Denied(_("It has been replaced as often as is possible. You can still withdraw it and begin anew."))
    return may_propose(person, proposal.challenge) if verdict else verdict


def may_reread(person: Person, proposal: Proposal) -> Verdict:
    """The author, with the reading code, while it is sealed or after it was withdrawn; the team, if told the code."""
    if not isinstance(person, User) or not is_own(person, proposal):
        return Denied(_("Only its author can read it again."))
    sealed = proposal.state in {ProposalState.SUBMITTED, ProposalState.WITHDRAWN} and proposal.submitted_at is not None
    if not sealed:
        return Denied(_("This proposal is not sealed."))
    return Allowed(person.public_id, ActingAs.SOLVER)


def may_discard(person: Person, proposal: Proposal) -> Verdict:
    """The author, what is being written: also after the deadline, when it is of no use any more."""
    if not isinstance(person, User) or not _is_author(person, proposal):
        return Denied(_("Only its author can throw it away."))
    if not is_being_written(proposal):
        return Denied(_("There is no draft of it."))
    return Allowed(person.public_id, ActingAs.SOLVER)


def may_submit(person: Person, proposal: Proposal) -> Verdict:
    """L07, H22, H29: the author, who has said who they are; when it came is decided by its ticket (`intake`).

    That the name was compared is asked before the review (`adjudication.policy.once_verified`).
    """
    verdict = may_lead(person, proposal) and may_edit(person, proposal)
    if not verdict or not isinstance(person, User):
        return verdict
    unfit = _unfit_name(person, proposal)
    unfit = _unfit_team(proposal) if unfit is None else unfit
    if unfit is not None:
        return unfit
    return verdict if identity.has_said(person) else NAMELESS


def may_lead(person: Person, proposal: Proposal) -> Verdict:
    """Its author, who leads the team if there is one: nobody else hands in, replaces or withdraws."""
    if not isinstance(person, User) or not _is_author(person, proposal):
        return Denied(LEADS)
    return Allowed(person.public_id, ActingAs.SOLVER)


def may_withdraw(person: Person, proposal: Proposal) -> Verdict:
    """The author, before the deadline."""
    if not isinstance(person, User) or not _is_author(person, proposal):
        return Denied(_("Only its author can withdraw a proposal."))
    if proposal.state != ProposalState.SUBMITTED or proposal.challenge.state != State.OPEN:
        return Denied(_("Only a submitted proposal can be withdrawn, and only before the deadline."))
    return _LATE if is_over(proposal.challenge) else Allowed(person.public_id, ActingAs.SOLVER)


def may_read(person: Person, proposal: Proposal) -> Verdict:
    """Its author always; after opening adjudicator and supervisor; after the award the sponsor reads the winner.

    Reviewers read through the panel's own policy, without names.
    """
    allowed = as_party(person)
    if not isinstance(person, User) or not allowed:
        return allowed
    if is_own(person, proposal):
        return Allowed(person.public_id, ActingAs.SOLVER)
    if proposal.state in OPENED and person.pk == proposal.challenge.adjudicator_id:
        return Allowed(person.public_id, Role.ADJUDICATOR)
    if proposal.state in OPENED and person.pk == proposal.challenge.supervisor_id:
        return Allowed(person.public_id, Role.SUPERVISOR)
    awarded = proposal.state == ProposalState.WINNING and proposal.challenge.state == State.AWARDED
    if awarded and people.officer_of(person, proposal.challenge.sponsor):
        return Allowed(person.public_id, ActingAs.SPONSOR_OFFICER)
    return Denied(_("You may not read this proposal."))


def is_over(challenge: Challenge) -> bool:
    """Whether the deadline has come: half-open, by the database's clock at this very moment (I12). Not while held."""
    if challenge.held_since is not None:
        return False
    return challenge.deadline is None or clock.now() >= challenge.deadline


def wrong_name(person: User, organisation: Organisation | None) -> Denied | None:
    """H22, S4: why the person cannot answer in this organisation's name; None where they can, or answer alone."""
    if organisation is None:
        return None
    if not people.officer_of(person, organisation):
        return Denied(_("You can only propose for an organisation you act for."))
    if not people.stands_verified(organisation):
        return Denied(_("You can propose in this organisation's name once it is verified."))
    return None


def fits(challenge: Challenge, organisation: Organisation | None) -> bool:
    """T06, H08: a work package reserved for small firms takes proposals from verified SMEs only."""
    if not challenge.reserved_for_sme:
        return True
    return organisation is not None and organisation.sponsor_class == SponsorClass.SME


def proposals_bind(person: User) -> Iterator[Promise]:
    """Why an account cannot be erased yet (I29): a proposal of theirs was handed in and is not decided upon."""
    yield from team_policy.teams_bind(person)
    handed_in = Proposal.objects.filter(author=person).exclude(state__in=[ProposalState.DRAFT, ProposalState.WITHDRAWN])
    if handed_in.filter(challenge__state__in=UNDER_WAY).exists():
        yield _("A proposal of yours has not been decided upon. Withdraw it, or wait until the challenge is over.")


def _kept_at_home(person: User, proposal: Proposal) -> Denied | None:
    """N17d, H06: why nothing comes from there; from abroad it may come together with somebody in China."""
    members = teams.joined(proposal.team) if proposal.team else []
    homes = [_is_at_home(person, queries.in_name_of(proposal)), *(_is_at_home(*_seat(one)) for one in members)]
    return posting.abroad_denial(proposal.challenge, abroad=False in homes, with_partner=True in homes)


def _is_at_home(person: User, organisation: Organisation | None) -> bool | None:
    """Whether they answer from China: by their house, else by where they said to be; None where nobody knows."""
    said = None if organisation else identity.of(person)
    region = organisation.region if organisation else said.region if said else None
    return None if region is None else bool(region.is_in_china)


def _unfit_team(proposal: Proposal) -> Denied | None:
    """Why the team cannot hand in: what its lead is told names the member, and says no more of them than it must."""
    if proposal.team is None:
        return None
    members = teams.joined(proposal.team)
    wrong = team_policy.incomplete(proposal.team, members)
    if wrong is not None:
        return wrong
    others = [_seat(one) for one in members if one.person_id != proposal.author_id]
    found = (_unfit_member(person, organisation, proposal.challenge) for person, organisation in others)
    return next((one for one in found if one is not None), None)


def _unfit_member(person: User, organisation: Organisation | None, challenge: Challenge) -> Denied | None:
    """What is asked of whoever answers alone is asked of every member (L07, H22, H29, J08, T06)."""
    said = None
    if not may_propose(person, challenge):
        said = _("%(name)s is not among those who are called, or is party to this challenge.")
    elif wrong_name(person, organisation) is not None:
        said = _("%(name)s cannot act for that organisation any more, or it is not verified.")
    elif not fits(challenge, organisation):
        said = _("The work package is reserved for small and medium enterprises, and %(name)s is not of one.")
    elif organisation is None and challenge.consent_at_submission and consents.is_lacking(person):
        said = _("%(name)s lacks the consent of their employer, for which this challenge asks.")
    elif not identity.has_said(person):
        said = _("%(name)s has not said who they are yet.")
    return Denied(said % {"name": person}) if said else None


def _seat(member: TeamMember) -> tuple[User, Organisation | None]:
    assert member.person is not None  # noqa: S101  # whoever has joined is somebody
    return member.person, member.organisation


def _as_no_party(person: User, challenge: Challenge) -> Verdict:
    """Whoever posts, judges or opens does not answer, nor who has read it as a draft."""
    uncalled = posting.audience_denial(person, challenge)
    if uncalled is not None:
        return uncalled
    if person.pk in {challenge.adjudicator_id, challenge.supervisor_id}:
        return Denied(_("You judge this challenge and cannot answer it."))
    if diagnosis.has_read(person, challenge):
        return Denied(_("You have read this challenge as a draft and cannot answer it."))
    if sealing.may_hand_over(person, challenge.public_id, challenge.region):
        return Denied(_("You hold a part of the key of this challenge and cannot answer it."))
    return Allowed(person.public_id, ActingAs.SOLVER)


def _unfit_name(person: User, proposal: Proposal) -> Denied | None:
    """Why nothing can be submitted in the name that was chosen; it was fit when the draft was saved."""
    organisation = queries.in_name_of(proposal)
    wrong = wrong_name(person, organisation)
    if wrong is None:
        wrong = _kept_at_home(person, proposal)
    if wrong is None and not fits(proposal.challenge, organisation):
        return Denied(_("This work package is reserved for small and medium enterprises."))
    if organisation is None and proposal.challenge.consent_at_submission and consents.is_lacking(person):
        return UNCONSENTED
    return wrong


def is_own(person: Person, proposal: Proposal) -> bool:
    """Its author, and their team: as it is now, or once opened as it was sealed."""
    if not isinstance(person, User) or proposal.team is None or _is_author(person, proposal):
        return _is_author(person, proposal)
    return person in queries.authors_of(proposal) and not people.administers(person)


def _is_author(person: Person, proposal: Proposal) -> bool:
    """Nobody as long as they administer the platform: then they read no proposal, their own neither (I18)."""
    return isinstance(person, User) and proposal.author_id == person.pk and not people.administers(person)
