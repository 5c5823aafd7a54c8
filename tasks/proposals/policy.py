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
from tasks.proposals.lifecycle import OPENED, ProposalState
from tasks.proposals.models import Proposal

NAMELESS = Denied(_("Please say who you are before you submit."))
"""The one refusal that the page of submission can answer itself: it asks for it there."""
UNCONSENTED = Denied(_("This challenge asks for your employer's consent before you submit in your own name."))
"""J08. It can be mended until the deadline: by the consent, or by proposing in the name of an organisation."""
LATE = _("The deadline has passed. Nothing was submitted; your draft is kept.")
UNSEALABLE = _("Nothing can be sealed for this challenge yet: its opening officers have no keys. Your draft is kept.")
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
    """The author, while it is a draft or is to be replaced, and the challenge is open."""
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
    return may_propose(person, proposal.challenge) if verdict else verdict


def may_reread(person: Person, proposal: Proposal) -> Verdict:
    """The author, with the reading code, while it is sealed or after it was withdrawn."""
    if not isinstance(person, User) or not is_own(person, proposal):
        return Denied(_("Only its author can read it again."))
    if proposal.state not in {ProposalState.SUBMITTED, ProposalState.WITHDRAWN}:
        return Denied(_("This proposal is not sealed."))
    return Allowed(person.public_id, ActingAs.SOLVER)


def may_discard(person: Person, proposal: Proposal) -> Verdict:
    """The author, what is being written: also after the deadline, when it is of no use any more."""
    if not isinstance(person, User) or not is_own(person, proposal):
        return Denied(_("Only its author can throw it away."))
    if not is_being_written(proposal):
        return Denied(_("There is no draft of it."))
    return Allowed(person.public_id, ActingAs.SOLVER)


def may_submit(person: Person, proposal: Proposal) -> Verdict:
    """L07, H22, H29: the author, who has said who they are; when it came is decided by its ticket (`intake`).

    That the name was compared is asked before the review (`adjudication.policy.once_verified`).
    """
    verdict = may_edit(person, proposal)
    if not verdict or not isinstance(person, User):
        return verdict
    unfit = _unfit_name(person, proposal)
    if unfit is not None:
        return unfit
    return verdict if identity.has_said(person) else NAMELESS


def may_withdraw(person: Person, proposal: Proposal) -> Verdict:
    """The author, before the deadline."""
    if not isinstance(person, User) or not is_own(person, proposal):
        return Denied(_("Only its author can withdraw a proposal."))
    if proposal.state != ProposalState.SUBMITTED or proposal.challenge.state != State.OPEN:
        return Denied(_("Only a submitted proposal can be withdrawn, and only before the deadline."))
    return _LATE if is_over(proposal.challenge) else Allowed(person.public_id, ActingAs.SOLVER)


def may_read(person: Person, proposal: Proposal) -> Verdict:
    """Its author always; after opening the case's adjudicator and supervisor; after the award the sponsor, the winner.

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
    handed_in = Proposal.objects.filter(author=person).exclude(state__in=[ProposalState.DRAFT, ProposalState.WITHDRAWN])
    if handed_in.filter(challenge__state__in=UNDER_WAY).exists():
        yield _("A proposal of yours has not been decided upon. Withdraw it, or wait until the challenge is over.")


def _kept_at_home(person: User, proposal: Proposal) -> Denied | None:
    """N17d: why nothing comes from there; that a house in China answers too is not asked before there are teams."""
    said = identity.of(person)
    region = proposal.organisation.region if proposal.organisation else said.region if said else None
    abroad = region is not None and not region.is_in_china
    return posting.abroad_denial(proposal.challenge, abroad=abroad, with_partner=True)


def _as_no_party(person: User, challenge: Challenge) -> Verdict:
    """Whoever posts, judges or opens does not answer."""
    uncalled = posting.audience_denial(person, challenge)
    if uncalled is not None:
        return uncalled
    if person.pk in {challenge.adjudicator_id, challenge.supervisor_id}:
        return Denied(_("You judge this challenge and cannot answer it."))
    if sealing.may_hand_over(person, challenge.public_id, challenge.region):
        return Denied(_("You hold a part of the key of this challenge and cannot answer it."))
    return Allowed(person.public_id, ActingAs.SOLVER)


def _unfit_name(person: User, proposal: Proposal) -> Denied | None:
    """Why nothing can be submitted in the name that was chosen; it was fit when the draft was saved."""
    wrong = wrong_name(person, proposal.organisation)
    if wrong is None:
        wrong = _kept_at_home(person, proposal)
    if wrong is None and not fits(proposal.challenge, proposal.organisation):
        return Denied(_("This work package is reserved for small and medium enterprises."))
    if proposal.organisation is None and proposal.challenge.consent_at_submission and consents.is_lacking(person):
        return UNCONSENTED
    return wrong


def is_own(person: Person, proposal: Proposal) -> bool:
    """Nobody as long as they administer the platform: then they read no proposal, their own neither (I18)."""
    return isinstance(person, User) and proposal.author_id == person.pk and not people.administers(person)
