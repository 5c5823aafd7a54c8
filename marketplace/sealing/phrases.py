"""Pass phrases that people can copy from a card: six words of a published list (EFF, 7,776 words: 77 bits)."""

import secrets
from functools import cache

from diceware.wordlist import WordList, get_wordlist_path

WORDS = 6


def new_phrase() -> str:
    """Six random words with a space between each two."""
    return " ".join(secrets.choice(_words()) for _ in range(WORDS))


def as_written(typed: str) -> str:
    """The phrase that somebody typed: in whatever case, with whatever between the words."""
    return " ".join("".join(one if one.isalpha() or one == "-" else " " for one in typed.lower()).split())


@cache
def _words() -> tuple[str, ...]:
    return tuple(WordList(get_wordlist_path("en_eff")))
