"""What an employer consents to: which kind of work, on which conditions, for how long. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.errors import Refusal

LONGEST_LEAVE = 3
"""Years for which employment is kept during leave (J09: ≤ 3 years)."""

LONGEST = timedelta(days=3653)
"""Of any consent: what is general is looked at again some day."""


class ConsentKind(models.TextChoices):
    """J08, J09: both are general; neither names a challenge."""

    IN_SERVICE = "IN_SERVICE", _("paid work beside one's duties (兼职兼薪)")
    LEAVE = "LEAVE", _("on leave, with employment kept (离岗创业)")


class Condition(models.TextChoices):
    """What the employer says with its consent."""

    DUTIES_DONE = "DUTIES_DONE", _("The person's own duties are done.")
    UNIT_UNHARMED = "UNIT_UNHARMED", _("The unit's technical and economic interests are not harmed.")
    UNIT_AGREES = "UNIT_AGREES", _("The unit agrees to the paid work.")
    RIGHTS_KEPT = "RIGHTS_KEPT", _("Employment is kept, with equal rights in titles, grade and social insurance.")


CONDITIONS = {
    ConsentKind.IN_SERVICE: frozenset({Condition.DUTIES_DONE, Condition.UNIT_UNHARMED, Condition.UNIT_AGREES}),
    ConsentKind.LEAVE: frozenset({Condition.UNIT_AGREES, Condition.RIGHTS_KEPT}),
}
"""All of them are said, or there is no consent (J08: the three conditions; J09)."""


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included, as days in Beijing."""

    first: date
    last: date

    def require_fit(self, kind: str, today: date) -> None:
        """It ends after it begins and is not over; leave lasts three years at most. Raises Refusal."""
        if self.last < self.first:
            raise Refusal(_("The last day is before the first."), field="last_day")
        if self.last < today:
            raise Refusal(_("These days are over already."), field="last_day")
        if self.length > LONGEST:
            raise Refusal(_("A consent lasts ten years at most; it can be asked for again."), field="last_day")
        if kind == ConsentKind.LEAVE and self.last >= years_after(self.first, LONGEST_LEAVE):
            raise Refusal(_("Leave lasts three years at most."), field="last_day")

    @property
    def length(self) -> timedelta:
        """Both days counted."""
        return self.last - self.first + timedelta(days=1)

    def holds_on(self, day: date) -> bool:
        """Whether this day is one of them."""
        return self.first <= day <= self.last


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
