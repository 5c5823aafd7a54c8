"""Reads about following: each person's own, and whom to tell."""

from collections.abc import Iterator

from django.db.models import QuerySet

from marketplace.accounts.models import User
from marketplace.accounts.queries import Person
from tasks.challenges import queries as challenges
from tasks.challenges.lifecycle import PUBLIC
from tasks.challenges.models import Challenge
from tasks.following.models import Follow


def follows(person: Person, challenge: Challenge) -> bool:
    """Whether this person follows this challenge; asked for the person themselves alone."""
    return isinstance(person, User) and Follow.objects.filter(person=person, challenge=challenge).exists()


def followed_by(person: User) -> QuerySet[Follow]:
    """What the person follows and may still see, the latest change first."""
    seen = challenges.visible_to(person).filter(state__in=PUBLIC).order_by()
    rows = Follow.objects.filter(person=person, challenge__in=seen.values("pk")).select_related("challenge")
    return rows.order_by("-challenge__moved_at", "-pk")


def followers_of(challenge: Challenge) -> Iterator[User]:
    """Whom to tell, if they may still see it; for notices alone, each is told by themselves.

    Of a call that its house keeps to itself each follower is asked for anew: whoever has left hears nothing more.
    """
    for person in User.objects.filter(follows__challenge=challenge).order_by("pk"):
        if challenge.is_public or challenges.visible_to(person).filter(pk=challenge.pk).exists():
            yield person
