"""Reads about following: each person's own, and whom to tell."""

from django.db.models import QuerySet

from marketplace.accounts.models import User
from marketplace.accounts.queries import Person
from tasks.challenges.lifecycle import PUBLIC
from tasks.challenges.models import Challenge
from tasks.following.models import Follow


def follows(person: Person, challenge: Challenge) -> bool:
    """Whether this person follows this challenge; asked for the person themselves alone."""
    return isinstance(person, User) and Follow.objects.filter(person=person, challenge=challenge).exists()


def followed_by(person: User) -> QuerySet[Follow]:
    """What the person follows and may still see, the latest change first."""
    rows = Follow.objects.filter(person=person, challenge__state__in=PUBLIC).select_related("challenge")
    return rows.order_by("-challenge__moved_at", "-pk")


def followers_of(challenge: Challenge) -> QuerySet[User]:
    """Whom to tell; for notices alone, each is told by themselves."""
    return User.objects.filter(follows__challenge=challenge).order_by("pk")
