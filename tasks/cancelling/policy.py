"""Who may ask that a call be cancelled, who decides, and why not. Nobody is shown whether anybody has answered it."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import User
from marketplace.accounts.policy import TAKES_NO_PART
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import Role
from marketplace.kernel.verdicts import Allowed, Denied, Verdict
from tasks.cancelling import queries
from tasks.challenges import policy as challenges
from tasks.challenges.models import Challenge


def may_ask(person: Person, challenge: Challenge) -> Verdict:
    """L08: an officer of the sponsor, while the call is open; one request at a time."""
    verdict = challenges.while_open(challenges.as_its_sponsor(person, challenge), challenge)
    if verdict and queries.waits_for(challenge):
        return Denied(_("A request awaits the adjudicator's decision already."))
    return verdict


def may_decide(person: Person, challenge: Challenge) -> Verdict:
    """L08: the adjudicator named at approval, before the deadline; what is not decided by then has lapsed."""
    return challenges.while_open(_as_adjudicator(person, challenge), challenge)


def may_see(person: Person, challenge: Challenge) -> Verdict:
    """The sponsor's officers, the adjudicator and the supervisor."""
    if isinstance(person, User) and person.pk == challenge.supervisor_id and not people.administers(person):
        return Allowed(person.public_id, Role.SUPERVISOR)
    return challenges.as_its_sponsor(person, challenge) or _as_adjudicator(person, challenge)


def _as_adjudicator(person: Person, challenge: Challenge) -> Verdict:
    if not isinstance(person, User) or person.pk != challenge.adjudicator_id:
        return Denied(_("Only the adjudicator of this challenge can do this."))
    if people.administers(person):
        return Denied(TAKES_NO_PART)
    if people.belongs_to(person, challenge.sponsor_id):
        return Denied(_("You belong to the sponsor, so somebody else must decide."))
    return Allowed(person.public_id, Role.ADJUDICATOR)
