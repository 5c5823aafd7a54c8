"""Who will read a proposal, and from when, told before it is submitted (I15): from the table and from the forecast."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tasks.adjudication.readers import TEXT, Reader, Sight, Stage, sight
from tasks.challenges.forecast import Expected
from tasks.challenges.models import Challenge
from tasks.web.drafting import expected

OPENING, DECISION, AWARD = 1, 3, 4
"""Places in the forecast: the end of each of these stages."""


@dataclass(frozen=True)
class Planned:
    """One reader, what they will read, from when and until when; `until` is None where it does not end."""

    who: Any
    what: Any
    since: Expected
    until: Expected | None


def readers_of(challenge: Challenge) -> list[Planned]:
    """Everybody but the author who will read the text of a proposal to this challenge, or of the one that wins."""
    dates = expected(challenge)
    return [one for reader in Reader if dates and (one := _planned(reader, dates))]


def _planned(reader: Reader, dates: Sequence[Expected]) -> Planned | None:
    opened, awarded = sight(reader, Stage.OPENED), sight(reader, Stage.AWARDED)
    if reader == Reader.AUTHOR:
        return None
    if opened in TEXT:
        until = dates[DECISION] if awarded not in TEXT else None
        return Planned(reader.label, opened.label, dates[OPENING], until)
    return Planned(reader.label, awarded.label, dates[AWARD], None) if awarded == Sight.WINNER else None
