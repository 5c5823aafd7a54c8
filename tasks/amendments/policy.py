"""Who may amend an open challenge, and why not."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.queries import Person
from marketplace.kernel.verdicts import Allowed, Denied, Verdict
from tasks.amendments.models import Amendment
from tasks.challenges import policy as challenges
from tasks.challenges.models import Challenge


def may_amend(person: Person, challenge: Challenge) -> Verdict:
    """L06: an officer of its sponsor, while it takes proposals."""
    return challenges.while_open(challenges.as_its_sponsor(person, challenge), challenge)


def may_release(person: Person, amendment: Amendment) -> Verdict:
    """The second hand: another officer than the one who wrote it."""
    verdict = may_amend(person, amendment.challenge)
    if isinstance(verdict, Allowed) and verdict.actor == amendment.author.public_id:
        return Denied(_("You have released it yourself; another officer publishes it."))
    return verdict


def may_drop(person: Person, amendment: Amendment) -> Verdict:
    """Any officer of the sponsor, at any time: what is not published binds nobody."""
    return challenges.as_its_sponsor(person, amendment.challenge)
