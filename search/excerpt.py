"""The place in a text that speaks of what was asked, with the words marked. Pure; what comes out is safe HTML."""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.concepts import concepts

LENGTH = 140
BEFORE = 30
DEEPEST = 4_000
MOST_TERMS = 60


def pattern(query: str) -> re.Pattern[str] | None:
    """What to mark for this query: its words and what they may be said with. None for a query without words."""
    ways = [way for concept in concepts(query) if not concept.bonus for way in concept.ways]
    terms = {term for way in ways for term in way.terms if len(term) > 1}
    if not terms:
        return None
    ordered = sorted(sorted(terms), key=len, reverse=True)[:MOST_TERMS]
    return re.compile("|".join(_bounded(term) for term in ordered))


def excerpt(text: str, marks: re.Pattern[str] | None) -> SafeString:
    """Some 140 characters around the first marked word, or the beginning of the text."""
    flat = " ".join(text[:DEEPEST].split())
    spots = [found.span() for found in marks.finditer(_folded(flat))] if marks else []
    start = max(0, spots[0][0] - BEFORE) if spots else 0
    end = min(len(flat), start + LENGTH)
    inside = [(first, last) for first, last in spots if start <= first and last <= end]
    before, after = "…" if start else "", "…" if end < len(flat) else ""
    return format_html("{}{}{}", before, _marked(flat, start, end, inside), after)


def _marked(flat: str, start: int, end: int, spots: Iterable[tuple[int, int]]) -> SafeString:
    pieces: list[tuple[str, SafeString]] = []
    at = start
    for first, last in spots:
        pieces.append((flat[at:first], format_html("<mark>{}</mark>", flat[first:last])))
        at = last
    return format_html("{}{}", format_html_join("", "{}{}", pieces), flat[at:end])


def _bounded(term: str) -> str:
    return rf"(?<![0-9a-z]){re.escape(term)}" if term[0].isascii() else re.escape(term)


def _folded(text: str) -> str:
    """Lower case and half width, character by character, so that places stay the same."""
    return "".join(_one(letter) for letter in text)


def _one(letter: str) -> str:
    folded = unicodedata.normalize("NFKC", letter).casefold()
    return folded if len(folded) == 1 else letter
