"""The verbs of following. Neither is a fact: the trail stays for good and others read it, and whom a challenge
interests would tell who may answer it."""

from django.db import transaction

from marketplace.accounts.models import User
from marketplace.kernel.verdicts import require
from tasks.challenges.models import Challenge
from tasks.following import policy
from tasks.following.models import Follow


def follow(*, actor: User, challenge: Challenge) -> None:
    """Be told from now on what becomes of the challenge; said twice it is said once. Raises Refusal."""
    with transaction.atomic():
        require(policy.may_follow(actor, challenge))
        Follow.objects.get_or_create(person=actor, challenge=challenge)


def unfollow(*, actor: User, challenge: Challenge) -> None:
    """Be told no longer; letters that are not written yet are not written."""
    Follow.objects.filter(person=actor, challenge=challenge).delete()
