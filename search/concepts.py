"""How a query is read: as things asked for, each of which may be said in several ways. Pure.

锂电池 快充 asks for two things; the first may also be said 锂离子电池 or lithium-ion battery. A document scores for
each thing by the best of the ways it says it in, so that a thing said in three ways does not count three times.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from search import analysis, vocabulary
from search.spelling import corrected

MOST_WORDS = 32
SYNONYM = 0.9
ALL_PARTS = 0.6
ONE_PART = 0.2
IN_PINYIN = 0.2
SHORTEST_PINYIN = 4


@dataclass(frozen=True)
class Way:
    """One way to say a thing: all of these terms. `spoken` ones are looked for in pinyin.

    A `partly` said thing lifts a document among those that say it, and alone is no reason to list one.
    """

    terms: tuple[str, ...]
    weight: float = 1.0
    spoken: bool = False
    partly: bool = False

    @property
    def forgiving(self) -> bool:
        """Whether a slip of a letter or two is forgiven: in a single Latin word as it was typed."""
        return len(self.terms) == 1 and self.weight == 1 and analysis.is_forgiving(self.terms[0])


@dataclass(frozen=True)
class Concept:
    """A thing asked for. A `bonus` lifts a document but is not among what was asked."""

    ways: tuple[Way, ...]
    bonus: bool = False


@dataclass(frozen=True)
class Word:
    """A stretch of the normalised query from `start` to `end`."""

    text: str
    start: int
    end: int


def concepts(text: str) -> list[Concept]:
    """What a query asks for, in its order, then the bonuses. Empty when it holds no letter and no digit."""
    normal = analysis.stemmed(corrected(analysis.normalise(text)))
    words = list(_words(normal))[:MOST_WORDS]
    phrases = [one for one in _phrases(normal) if words and one.end <= words[-1].end]
    alone = [word for word in _meaningful(words) if not any(_inside(word, phrase) for phrase in phrases)]
    read = [(phrase.start, _phrase(phrase.text)) for phrase in phrases]
    read += [(word.start, Concept(_ways(word.text))) for word in alone]
    asked = [concept for _, concept in sorted(read, key=lambda pair: pair[0])]
    return [*dict.fromkeys(asked), *islice(_spoken(_meaningful(words)), MOST_WORDS)]


def _words(normal: str) -> Iterator[Word]:
    for found in analysis.RUNS.finditer(normal):
        start = found.start()
        for word in analysis.cut(found[0]):
            yield Word(word, start, start + len(word))
            start += len(word)


def _meaningful(words: list[Word]) -> list[Word]:
    """The words without those that say nothing; all of them where nothing else was said."""
    return [word for word in words if word.text not in vocabulary.stop_words()] or words


def _phrases(normal: str) -> Iterator[Word]:
    """Terms of the synonym list, the longest at each place, none inside the one before it."""
    end = 0
    for found in _listed_terms().finditer(normal):
        if found.end(1) > end:
            end = found.end(1)
            yield Word(found[1], found.start(1), end)


def _inside(word: Word, phrase: Word) -> bool:
    return phrase.start <= word.start and word.end <= phrase.end


def _phrase(text: str) -> Concept:
    """A term of the synonym list: itself, its parts, and what its groups say instead."""
    own = _ways(text)
    others = [Way(_all_words(other), SYNONYM) for other in _synonyms().get(_key(text), ()) if other != text]
    return Concept(tuple(dict.fromkeys([*own, *others])))


def _ways(text: str) -> tuple[Way, ...]:
    """The words of a term; for a single word its parts too, together or one alone."""
    words = _all_words(text)
    if len(words) > 1:
        return (Way(words),)
    inner = analysis.inner_terms(text)
    together = (Way(tuple(inner), ALL_PARTS),) if inner else ()
    parts = (part for part in inner if len(part) > 1 or not part.isascii())
    return (Way(words), *together, *(Way((part,), ONE_PART, partly=True) for part in parts))


def _all_words(term: str) -> tuple[str, ...]:
    return tuple(analysis.stem(word) for run in analysis.runs(term) for word in analysis.cut(run))


def _spoken(words: list[Word]) -> Iterator[Concept]:
    """What was typed in pinyin, or in characters that merely sound right."""
    latin = [word.text for word in words if word.text.isascii() and word.text.isalpha()]
    for term in dict.fromkeys([*analysis.pinyin_words(_joined(words)), *latin, "".join(latin)]):
        if SHORTEST_PINYIN <= len(term) <= analysis.LONGEST_TERM:
            yield Concept((Way((term,), IN_PINYIN, spoken=True),), bonus=True)


def _joined(words: list[Word]) -> str:
    """The words as they were typed: blanks only where there was something between them."""
    text = ""
    for before, word in zip([None, *words], words, strict=False):
        text += word.text if before is None or before.end == word.start else f" {word.text}"
    return text


def _key(term: str) -> str:
    return " ".join(_all_words(term))


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    """All that the groups of a term say, under the term's words."""
    found: dict[str, list[str]] = {}
    for group in vocabulary.synonym_groups():
        normal = [analysis.stemmed(analysis.normalise(term)) for term in group]
        for term in normal:
            found.setdefault(_key(term), []).extend(normal)
    return {term: tuple(dict.fromkeys(others)) for term, others in found.items()}


@cache
def _listed_terms() -> re.Pattern[str]:
    """One pattern over all terms, the longest first; Latin ones as whole words."""
    groups = vocabulary.synonym_groups()
    listed = {analysis.stemmed(analysis.normalise(term)) for group in groups for term in group}
    ordered = sorted(listed, key=len, reverse=True)
    return re.compile(f"(?=({'|'.join(_bounded(term) for term in ordered)}))")


def _bounded(term: str) -> str:
    before = r"(?<![0-9a-z])" if term[0].isascii() else ""
    after = r"(?![0-9a-z])" if term[-1].isascii() else ""
    return f"{before}{re.escape(term)}{after}"
