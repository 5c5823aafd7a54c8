"""Reads of the demonstration."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from marketplace.accounts.models import User
from marketplace.demo.cast import Player
from marketplace.demo.models import Loading
from marketplace.notices.models import Letter
from tasks.adjudication import queries as adjudication
from tasks.adjudication.models import ReviewPanel
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge


def players(emails: Iterable[str]) -> dict[str, User]:
    """Demo people by e-mail address; nobody else can be become."""
    return {user.email: user for user in User.objects.filter(is_sample=True, email__in=list(emails))}


def player(public_id: str) -> User | None:
    """One demo person."""
    return User.objects.filter(is_sample=True, is_active=True, public_id=public_id).first()


def in_order(people: dict[str, User], wanted: Sequence[Player]) -> list[User]:
    """Those of the wanted who are there already, in that order."""
    return [people[one.email] for one in wanted if one.email in people]


def panel_at_work(challenge: Challenge | None) -> list[User]:
    """Demo people on this challenge's panel; without one here, on the panel drawn last that still has to score."""
    at_work = [State.SEALED, State.REVIEWING]
    panels = ReviewPanel.objects.select_related("challenge").order_by("-drawn_at", "-pk")
    panel = challenge and panels.filter(challenge=challenge).first()
    panel = panel or panels.filter(challenge__state__in=at_work).first()
    if panel is None:
        return []
    seats = adjudication.seated(panel.challenge)
    return [seat.reviewer for seat in seats if seat.reviewer.is_sample]


def loading() -> Loading | None:
    """The loading under way or broken off; None before it has begun and when all is there."""
    return Loading.objects.filter(pk=1, finished_at=None).first()


def loads_now() -> bool:
    """Whether pieces are still being told around the present moment of the clock."""
    return Loading.objects.filter(pk=1, finished_at=None, failure="").exists()


def fully_loaded() -> bool:
    """Whether all the demo data is there."""
    return Loading.objects.filter(pk=1).exclude(finished_at=None).exists()


def letters(recipient: str = "") -> QuerySet[Letter]:
    """Every letter, or those to one address, the newest first."""
    rows = Letter.objects.order_by("-created_at", "-pk")
    return rows.filter(to__iexact=recipient) if recipient else rows
