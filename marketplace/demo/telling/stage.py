"""What every piece of the demo data is told with: the day of loading, a source of chance, and moments around it."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from marketplace.demo import clock as movable
from marketplace.kernel.moments import BEIJING

CLOSING_TIME = time(18, 0)


@dataclass(frozen=True)
class Stage:
    """`now` is the platform's time when loading began; days count from its day in Beijing, 0 being today."""

    now: datetime
    seed: int

    def chance(self, key: str) -> Random:
        """Chance that depends on the seed and on nothing told before."""
        return Random(f"{self.seed}:{key}")  # noqa: S311  # variety, not secrecy

    def moment(self, day: int, hour: int, minute: int = 0) -> datetime:
        """An hour of Beijing time on a day around the loading."""
        date = self.now.astimezone(BEIJING).date() + timedelta(days=day)
        return datetime.combine(date, time(hour, minute), BEIJING)

    def on(self, day: int, hour: int, minute: int = 0) -> AbstractContextManager[None]:
        """Act as if it were that moment, or a minute ago if that moment has not come yet."""
        return movable.at(min(self.moment(day, hour, minute), self.now - timedelta(minutes=1)))

    def deadline(self, day: int) -> datetime:
        """Deadlines fall at six in the evening."""
        return self.moment(day, CLOSING_TIME.hour, CLOSING_TIME.minute)
