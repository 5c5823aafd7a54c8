"""Where a posting speaks of the negative list: the items, the words, and the text cut at them."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from marketplace.registry.models import NegativeListItem
from marketplace.registry.wording import speaks_of
from tasks.challenges import queries
from tasks.challenges.models import Challenge


class Matter(NamedTuple):
    """An item of the negative list and the words that gave the posting away."""

    item: NegativeListItem
    words: list[str]


class Part(NamedTuple):
    """A piece of text; `marked` pieces are such words as they stand."""

    text: str
    marked: bool


def matters(challenge: Challenge, items: Iterable[NegativeListItem]) -> list[Matter]:
    """For each item the words of it that the posting holds."""
    text = queries.spoken_text(challenge)
    return [Matter(one, speaks_of(text, keywords=one.keywords, unless=one.unless)) for one in items]


def parts(text: str, words: Iterable[str]) -> list[Part]:
    """The text cut at these words, in whatever case they stand; written otherwise they stay unmarked."""
    wanted = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    if not wanted:
        return [Part(text, marked=False)]
    pieces = re.split(f"({wanted})", text, flags=re.IGNORECASE)
    return [Part(piece, marked=number % 2 == 1) for number, piece in enumerate(pieces) if piece]
