"""When each later stage of a call is expected, counted in working days from its deadline. Expected, never promised."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.registry.calendar import WorkCalendar

STEPS: tuple[tuple[Any, int], ...] = (
    (_("Opening of the proposals"), 2),
    (_("Review by the panel"), 15),
    (_("Decision"), 5),
    (_("Public notice over"), 5),
    (_("Contract signed"), 15),
)
"""Each stage and the working days it takes after the one before it. Notice and contract have a limit in the rules (L16,
L25); opening, review and decision are what a panel of volunteers usually needs."""
FIRST_PAYMENT = (_("Payment"), 10)
"""After the signature; with milestones the first is paid this many working days after it is reached."""


@dataclass(frozen=True)
class Expected:
    """One stage: its name, when it ends, and whether a holiday arrangement still to come may move it."""

    label: Any
    at: datetime
    provisional: bool


def forecast(deadline: datetime, calendar: WorkCalendar, *, first_weeks: int = 0) -> list[Expected]:
    """The stages from the deadline to the payment in their order; `first_weeks` is when the first milestone is due."""
    found = [Expected(pgettext_lazy("stage", "Deadline"), deadline, provisional=False)]
    for label, days in STEPS:
        found.append(_after(found[-1], label, days, calendar))
    signed = found[-1]
    due = Expected(signed.label, signed.at + timedelta(weeks=first_weeks), signed.provisional)
    label, days = FIRST_PAYMENT
    return [*found, _after(due, label if not first_weeks else _("Payment of the first milestone"), days, calendar)]


def _after(before: Expected, label: Any, days: int, calendar: WorkCalendar) -> Expected:
    """The end of a span is the midnight that closes its last day: told as that day, not as the next."""
    span = calendar.add_working_days(before.at, days)
    return Expected(label, span.end - timedelta(minutes=1), span.provisional or before.provisional)
