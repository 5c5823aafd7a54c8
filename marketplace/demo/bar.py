"""What the demo bar shows on a page: whom one may become, what time it is, where the clock can go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.demo import cast, moments, queries, whereabouts
from marketplace.demo import clock as movable
from marketplace.demo.models import Loading
from marketplace.kernel import clock
from tasks.challenges.models import Challenge


@dataclass(frozen=True)
class Choice:
    """One person the visitor can become: the part they play, and whether it is the person now signed in."""

    person: User
    part: str | Promise
    current: bool


@dataclass(frozen=True)
class Ahead:
    """How far the clock is ahead, in whole days and hours, for the page to put into words."""

    days: int
    hours: int


class Bar:
    """Asked by the template; each answer costs its query only when it is shown."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.here = request.get_full_path()

    @cached_property
    def challenge(self) -> Challenge | None:
        """The challenge this page is about."""
        return whereabouts.challenge_of(self.request)

    @cached_property
    def choices(self) -> list[Choice]:
        """One person a role; as reviewers those who sit on the panel that matters here."""
        known = queries.players([player.email for player in cast.SHOWN])
        judges = queries.panel_at_work(self.challenge) or queries.in_order(known, cast.JUDGES[:3])
        reviewers = [
            self._as(judge, _("Reviewer %(number)d") % {"number": number})
            for number, judge in enumerate(judges, start=1)
        ]
        offices = (*cast.OFFICE, *cast.OFFICERS[:2], *cast.ADMINISTRATION)
        return [*self._played(known, cast.PRINCIPALS), *reviewers, *self._played(known, offices)]

    @cached_property
    def now(self) -> datetime:
        """The platform's time."""
        return clock.now()

    @cached_property
    def ahead(self) -> Ahead | None:
        """The clock's shift; None while it shows real time."""
        shift = movable.offset() if settings.CLOCK else timedelta()
        hours = round(shift / timedelta(hours=1))
        return Ahead(*divmod(hours, 24)) if shift else None

    @cached_property
    def deadline(self) -> datetime | None:
        """Where the clock's first button leads."""
        return moments.next_deadline(self.challenge, after=self.now)

    @cached_property
    def notice_end(self) -> datetime | None:
        """Where the clock's second button leads."""
        return moments.next_notice_end(self.challenge, after=self.now)

    @cached_property
    def loading(self) -> Loading | None:
        """The loading of the demo data while it is under way."""
        return queries.loading()

    def _played(self, known: dict[str, User], players: Sequence[cast.Player]) -> list[Choice]:
        return [self._as(known[player.email], player.part) for player in players if player.email in known]

    def _as(self, person: User, part: str | Promise) -> Choice:
        return Choice(person, part, current=person == self.request.user)
