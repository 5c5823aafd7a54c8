"""Who may do what with a challenge, as what, and why not. Pages, search and live topics ask the same functions."""

from collections.abc import Iterator
from enum import StrEnum

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.policy import as_party, as_role
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import ActingAs, Role
from marketplace.kernel import clock
from marketplace.kernel.verdicts import Allowed, Denied, Verdict
from tasks.challenges import queries
from tasks.challenges.lifecycle import EDITABLE, PUBLIC, UNDER_WAY, State
from tasks.challenges.models import Challenge

SUSPENDED = Denied(_("The call is suspended: nothing can be handed in, asked or changed until it goes on."))


class Funding(StrEnum):
    """Whether the reward is known to be there."""

    NOT_CHECKED = "NOT_CHECKED"


def funding(challenge: Challenge) -> Funding:
    """The one seam for money (L05): until escrow exists, every reward is announced by its sponsor and not verified."""
    return Funding.NOT_CHECKED


def may_see(person: Person, challenge: Challenge) -> Verdict:
    """Everybody once it is public; before that whoever sees how it came about."""
    if challenge.state in PUBLIC:
        return Allowed(getattr(person, "public_id", ""), ActingAs.USER)
    return may_see_drafting(person, challenge)


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
