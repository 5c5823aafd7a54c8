"""Who may do what with a challenge, as what, and why not. Pages, search and live topics ask the same functions."""

from collections.abc import Iterator
from enum import StrEnum

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, SponsorClass, User
from marketplace.accounts.policy import as_party, as_role
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import ActingAs, Role
from marketplace.identity import queries as identity
from marketplace.kernel import clock
from marketplace.kernel.verdicts import Allowed, Denied, Verdict
from tasks.challenges import queries
from tasks.challenges.choices import OWN_STAFF, Abroad, Audience, BatchKind, NameShown
from tasks.challenges.lifecycle import EDITABLE, PUBLIC, UNDER_WAY, State
from tasks.challenges.models import Challenge

SUSPENDED = Denied(_("The call is suspended: nothing can be handed in, asked or changed until it goes on."))
LEADERS = frozenset({SponsorClass.LEADING_ENTERPRISE, SponsorClass.STATE_OWNED, SponsorClass.LISTED})
"""H08: capable firms that open the goals and resources of a product."""


class Funding(StrEnum):
    """Whether the reward is known to be there."""

    NOT_CHECKED = "NOT_CHECKED"


def funding(challenge: Challenge) -> Funding:
    """The one seam for money (L05): until escrow exists, every reward is announced by its sponsor and not verified."""
    return Funding.NOT_CHECKED


def may_see(person: Person, challenge: Challenge) -> Verdict:
    """Everybody once it is public; before that whoever sees how it came about."""
    if challenge.is_public or (challenge.state in PUBLIC and _concerned(person, challenge)):
        return Allowed(getattr(person, "public_id", ""), ActingAs.USER)
    return may_see_drafting(person, challenge)


def may_know_sponsor(person: Person, challenge: Challenge) -> bool:
    """名称保密: everybody where it is shown and from the award on; before that its own people and who approves it.

    Whoever judges it does not, whatever they have accepted: conflicts are computed from the true name.
    """
    if challenge.names_sponsor:
        return True
    if challenge.name_shown == NameShown.AFTER_NDA and queries.has_accepted_terms(person, challenge):
        return not _judges(person, challenge)
    return people.belongs_to(person, challenge.sponsor_id) or bool(may_see_drafting(person, challenge))


def may_accept_terms(person: Person, challenge: Challenge) -> Verdict:
    """附件保密承诺: whoever sees a published challenge and is known by real name; its own side needs no promise."""
    allowed = as_party(person)
    if not isinstance(person, User) or not allowed:
        return allowed
    if challenge.state not in PUBLIC or not may_see(person, challenge):
        return Denied(_("This challenge is not public."))
    if may_see_drafting(person, challenge):
        return Denied(_("Your organisation's own challenge asks you for no promise."))
    if not identity.is_verified(person):
        return Denied(_("Only people whose real name is verified can accept the non-disclosure terms."))
    return Allowed(person.public_id, ActingAs.USER)


def may_read_confidential(person: Person, challenge: Challenge) -> Verdict:
    """What lies under the non-disclosure terms: its own side, those who judge it, and whoever has accepted them.

    None of them as long as they administer the platform (I18).
    """
    judges = {challenge.adjudicator_id, challenge.supervisor_id}
    if isinstance(person, User) and person.pk in judges:
        return as_party(person)
    own = may_see_drafting(person, challenge)
    if own or not may_see(person, challenge) or not queries.has_accepted_terms(person, challenge):
        return own
    return as_party(person)


def audience_denial(person: User, challenge: Challenge) -> Denied | None:
    """T07, J07, H04: why this person is not among those who are called; None where they are (L07)."""
    if people.officer_of(person, challenge.sponsor) or challenge.author_id == person.pk:
        return Denied(_("You belong to the sponsor and cannot answer its challenge."))
    own = people.belongs_to(person, challenge.sponsor_id)
    if own and challenge.audience not in OWN_STAFF:
        return Denied(_("You belong to the sponsor and cannot answer its challenge."))
    if not own and challenge.audience == Audience.INTERNAL:
        return Denied(_("Only the sponsor's own people can answer this challenge."))
    if challenge.audience == Audience.CHAIN and not queries.is_of_chain(person, challenge):
        return Denied(_("Only suppliers along the sponsor's chain can answer this challenge."))
    return None


def abroad_denial(challenge: Challenge, *, abroad: bool, with_partner: bool) -> Denied | None:
    """N17d, H06: why whoever answers from abroad cannot; `with_partner` says that a house in China answers too."""
    if not abroad or challenge.abroad == Abroad.YES:
        return None
    if challenge.abroad == Abroad.NO:
        return Denied(_("This challenge takes no proposals from abroad; its page says why."))
    return None if with_partner else Denied(_("From abroad it is answered together with a partner in China."))


def may_see_drafting(person: Person, challenge: Challenge) -> Verdict:
    """How a posting came about: its sponsor's officers, and once handed in its region's administrators.

    Its author only as long as it has no sponsor: whoever has left the organisation reads its drafts no longer (I21).
    """
    if isinstance(person, User) and challenge.sponsor_id is None and challenge.author_id == person.pk:
        return Allowed(person.public_id, ActingAs.USER)
    if isinstance(person, User) and people.officer_of(person, challenge.sponsor):
        return Allowed(person.public_id, ActingAs.SPONSOR_OFFICER)
    if challenge.state != State.DRAFT and challenge.region is not None:
        return as_role(person, Role.REGION_ADMIN, challenge.region, _("This challenge is not public."))
    return Denied(_("This challenge is not public."))


def may_draft(person: Person) -> Verdict:
    """L01: anyone signed in may draft; only submission needs a verified organisation (H22)."""
    return as_party(person)


def may_edit(person: Person, challenge: Challenge) -> Verdict:
    """The author or the sponsor's officers, while it is a draft or was returned."""
    verdict = _as_sponsor(person, challenge)
    if verdict and challenge.state not in EDITABLE:
        return Denied(_("Only a draft or a returned challenge can be edited."))
    return verdict


def may_submit(person: Person, challenge: Challenge) -> Verdict:
    """L02: an officer of a verified organisation, for that organisation."""
    if challenge.state not in EDITABLE:
        return Denied(_("Only a draft or a returned challenge can be submitted."))
    return may_post_for(person, challenge.sponsor)


def lacks_second_hand(person: User, challenge: Challenge) -> bool:
    """Whether the sponsor asks for two hands and no other officer has handed in just this version yet."""
    if challenge.sponsor is None or not challenge.sponsor.released_by_two:
        return False
    return all(one.person_id == person.pk for one in queries.releases_of(challenge))


def may_copy(person: Person, challenge: Challenge) -> Verdict:
    """Whoever could have written it: its sponsor's officers, or its author as long as it has no sponsor."""
    return _as_sponsor(person, challenge)


def may_begin_batch(person: Person, organisation: Organisation, kind: str) -> Verdict:
    """N17c, H08: whoever may post begins a batch; a product programme is a leading enterprise's."""
    verdict = may_post_for(person, organisation)
    if verdict and kind == BatchKind.PROGRAMME and organisation.sponsor_class not in LEADERS:
        return Denied(_("A product programme is for leading, state-owned and listed enterprises."))
    return verdict


def may_post_for(person: Person, sponsor: Organisation | None) -> Verdict:
    """L01, L02 (H08, H09, N17b, N17c): whoever acts for a verified organisation, an SME as well as a leader."""
    if sponsor is None:
        return Denied(_("Please choose the organisation that posts this challenge."))
    if not isinstance(person, User) or not people.officer_of(person, sponsor):
        return Denied(_("Only the sponsor's officers can do this."))
    if not people.stands_verified(sponsor):
        return Denied(_("The organisation must be verified by its region's administrator first."))
    return Allowed(person.public_id, ActingAs.SPONSOR_OFFICER)


def may_decide(person: Person, challenge: Challenge) -> Verdict:
    """L03, L04: an administrator of the challenge's region who neither wrote it nor belongs to its sponsor (H32)."""
    if challenge.region is None or challenge.state != State.SUBMITTED:
        return Denied(_("Only a submitted challenge can be approved or returned."))
    verdict = as_role(
        person, Role.REGION_ADMIN, challenge.region, _("Only an administrator of the challenge's region can do this.")
    )
    if verdict and _is_party(person, challenge):
        return Denied(_("You belong to the sponsor, so somebody else must decide."))
    return verdict


def as_its_sponsor(person: Person, challenge: Challenge) -> Verdict:
    """Whoever acts for the organisation that posted it."""
    if isinstance(person, User) and people.officer_of(person, challenge.sponsor):
        return Allowed(person.public_id, ActingAs.SPONSOR_OFFICER)
    return Denied(_("Only the sponsor's officers can do this."))


def no_longer_open(challenge: Challenge) -> Denied | None:
    """Why nothing can be changed, asked or answered before the deadline; None while it can. Half-open: `t < deadline`.

    Asked under the lock of the challenge it is true with every scheduler stopped: an open label proves nothing.
    """
    if challenge.state != State.OPEN or challenge.deadline is None:
        return Denied(_("Only an open challenge can be amended, asked about or cancelled."))
    if challenge.held_since is not None:
        return SUSPENDED
    if clock.now() >= challenge.deadline:
        return Denied(_("The deadline has passed."))
    return None


def may_supervise(person: Person, challenge: Challenge) -> Verdict:
    """H24: a supervisor of the challenge's region who neither wrote it nor belongs to its sponsor."""
    if challenge.region is None:
        return Denied(_("Only a supervisor of the challenge's region can do this."))
    verdict = as_role(
        person, Role.SUPERVISOR, challenge.region, _("Only a supervisor of the challenge's region can do this.")
    )
    if verdict and _is_party(person, challenge):
        return Denied(_("You belong to the sponsor, so somebody else must decide."))
    return verdict


def may_suspend(person: Person, challenge: Challenge) -> Verdict:
    """L35: while the call is open; what comes after the deadline has remedies of its own."""
    return while_open(may_supervise(person, challenge), challenge)


def may_resume(person: Person, challenge: Challenge) -> Verdict:
    """L35: while it is suspended."""
    verdict = may_supervise(person, challenge)
    if verdict and challenge.held_since is None:
        return Denied(_("This call is not suspended."))
    return verdict


def while_open(verdict: Verdict, challenge: Challenge) -> Verdict:
    """This verdict as long as the challenge is open, and after that why it is not."""
    closed = no_longer_open(challenge)
    return closed if verdict and closed is not None else verdict


def postings_bind(person: User) -> Iterator[Promise]:
    """Why an account cannot be erased yet (I29): a challenge of theirs, or of a house they own, is under way."""
    theirs = Q(author=person) | Q(sponsor__in=people.owned_by(person))
    if Challenge.objects.filter(theirs, state__in=UNDER_WAY).exists():
        yield _("A challenge that you wrote, or that your organisation posted, is not over yet.")


def _concerned(person: Person, challenge: Challenge) -> bool:
    """Who sees what a house keeps to itself: its own people, and the two who judge it."""
    if not isinstance(person, User):
        return False
    judges = {challenge.adjudicator_id, challenge.supervisor_id}
    return person.pk in judges or people.belongs_to(person, challenge.sponsor_id)


def _judges(person: Person, challenge: Challenge) -> bool:
    """Whether the person is one of the two who judge it, or holds a seat on its panel."""
    if not isinstance(person, User):
        return False
    if person.pk in {challenge.adjudicator_id, challenge.supervisor_id}:
        return True
    seated = Q(panel__assignments__reviewer=person, panel__assignments__state__in=("INVITED", "ACCEPTED"))
    return Challenge.objects.filter(seated, pk=challenge.pk).exists()


def _as_sponsor(person: Person, challenge: Challenge) -> Verdict:
    if not isinstance(person, User):
        return Denied(_("Please sign in first."))
    if people.officer_of(person, challenge.sponsor):
        return Allowed(person.public_id, ActingAs.SPONSOR_OFFICER)
    if challenge.sponsor is None and challenge.author_id == person.pk:
        return as_party(person)
    return Denied(_("Only the sponsor's officers can do this."))


def _is_party(person: Person, challenge: Challenge) -> bool:
    if challenge.author_id == person.pk:
        return True
    return people.belongs_to(person, challenge.sponsor_id)
