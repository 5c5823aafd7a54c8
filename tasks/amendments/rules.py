"""What an amendment may change (L06). Pure: the clock and the calendar are handed in.

There is no word by which a sponsor could say that a clarification does not matter: whoever wrote one late would say
so. Every clarification leaves solvers the working days; a later deadline or a higher reward alone asks nothing more.
Corrections of what is asked (indicators, criteria, rights) are no amendment at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.moments import spoken_moment
from tasks.challenges.posting import HIGHEST_BOUNTY, Problem

WORKING_DAYS = 5
"""A clarification leaves solvers so many full working days until the deadline."""
LONGEST_CLARIFICATION = 4000
FURTHEST = timedelta(days=366)
"""How far away a moved deadline may lie: solvers wait for it with their proposals handed in."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is to be changed or made clear; None and "" leave it alone. Amount in 分, deadline aware."""

    deadline: datetime | None = None
    bounty: int | None = None
    clarification: str = ""
    clarification_en: str = ""

    @property
    def clarifies(self) -> bool:
        """Whether something is made clear in words, in whichever language."""
        return bool(self.clarification.strip() or self.clarification_en.strip())

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be other than it is."""
        return self.deadline is None and self.bounty is None and not self.clarifies


@dataclass(frozen=True, kw_only=True)
class Call:
    """The call as it stands: its deadline, its reward if one is in money, and now."""

    deadline: datetime
    bounty: int | None
    now: datetime


def problems(change: Change, call: Call, *, earliest: datetime, language: str) -> Iterator[Problem]:
    """Everything that keeps the change from being published.

    `earliest` is the end of the working days that a clarification published now has to leave.
    """
    if change.is_empty:
        yield Problem("clarification", _("Please move the deadline, raise the reward or make something clear."))
    yield from _deadline(change, call)
    yield from _bounty(change, call)
    yield from _words(change)
    if change.clarifies and (change.deadline or call.deadline) < earliest:
        said = _("A clarification leaves solvers the working days they need: the deadline must be %(moment)s or later.")
        yield Problem("deadline", said % {"moment": spoken_moment(earliest, language)})


def proposed(call: Call, *, earliest: datetime) -> datetime | None:
    """The deadline a form proposes: the earliest that a clarification may have, or none where the present one does."""
    return earliest if call.deadline < earliest else None


def _deadline(change: Change, call: Call) -> Iterator[Problem]:
    if change.deadline is None:
        return
    if change.deadline <= call.deadline:
        yield Problem("deadline", _("A deadline can only be moved later."))
    elif change.deadline > call.now + FURTHEST:
        yield Problem("deadline", _("The deadline can be moved to a day within a year from now."))


def _bounty(change: Change, call: Call) -> Iterator[Problem]:
    if change.bounty is None:
        return
    if change.bounty <= (call.bounty or 0):
        yield Problem("bounty", _("A reward can only be raised."))
    elif change.bounty > HIGHEST_BOUNTY:
        yield Problem("bounty", _("The reward must be between CNY 100 and CNY 10 billion."))


def _words(change: Change) -> Iterator[Problem]:
    for name in ("clarification", "clarification_en"):
        if len(getattr(change, name)) > LONGEST_CLARIFICATION:
            yield Problem(name, _("The clarification is too long: 4,000 characters at most."))
    if change.clarification_en.strip() and not change.clarification.strip():
        yield Problem("clarification", _("Please write it in the challenge's own language too."))
