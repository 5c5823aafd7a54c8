"""Who may follow a challenge, and why not."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.accounts.policy import as_party
from marketplace.accounts.queries import Person
from marketplace.kernel.verdicts import Denied, Verdict
from tasks.challenges.lifecycle import PUBLIC
from tasks.challenges.models import Challenge
from tasks.following.models import Follow

MOST = 500
"""Challenges that one person may follow: more is a robot, and each means letters."""


def may_follow(person: Person, challenge: Challenge) -> Verdict:
    """Anyone signed in, a challenge that everybody may see."""
    verdict = as_party(person)
    if verdict and challenge.state not in PUBLIC:
        return Denied(_("This challenge is not public."))
    if isinstance(person, User) and verdict and Follow.objects.filter(person=person).count() >= MOST:
        return Denied(_("You follow 500 challenges already. Stop following one of them first."))
    return verdict
