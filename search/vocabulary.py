"""The words we add to what the segmenter knows: synonym groups, terms of the trade, words that mean nothing in a query.

They live in `search/data/` as plain text that operators may extend. `revision` changes with them and enters every
document's digest, so that the next `verify_index` brings the index to the new words.
"""

import hashlib
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
FILES = ("synonyms.txt", "words.txt", "stopwords.txt")
RULES = 1
"""Counted up by hand when `analysis` changes what it makes of a text."""


@cache
def revision() -> str:
    """A short fingerprint of the rules and words that documents were cut with."""
    content = b"".join((DATA / name).read_bytes() for name in FILES)
    return f"{RULES}-{hashlib.sha256(content).hexdigest()[:12]}"


def chinese_words() -> list[str]:
    """Terms that must stay in one piece when a text is cut: the Chinese ones of the synonym list and the word list."""
    listed = [term for group in synonym_groups() for term in group]
    return [word for word in (*listed, *_words("words.txt")) if not word.isascii() and " " not in word]


@cache
def synonym_groups() -> tuple[tuple[str, ...], ...]:
    """Groups of terms that mean the same, in Chinese and English, abbreviations among them."""
    lines = (line.split(",") for line in _lines("synonyms.txt"))
    return tuple(tuple(term.strip() for term in line if term.strip()) for line in lines)


@cache
def stop_words() -> frozenset[str]:
    """Words of a question that say nothing about its subject."""
    return frozenset(_words("stopwords.txt"))


def _words(name: str) -> list[str]:
    return [word for line in _lines(name) for word in line.split()]


def _lines(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
