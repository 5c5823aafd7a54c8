"""Slips of one letter in Latin words, put right by the words the synonym list knows. Pure.

lithum battery recyling is read as lithium battery recycling, so that its Chinese synonyms are found too. Words the
list does not know are left to the engines, which forgive slips against what is indexed.
"""

from collections.abc import Iterator
from functools import cache

from search import analysis, vocabulary

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def corrected(normal: str) -> str:
    """The normalised text, each unknown Latin word replaced by the known one a slip away, if there is just one."""
    return analysis.RUNS.sub(lambda found: _known(found[0]), normal)


def within_one_slip(word: str) -> Iterator[str]:
    """Everything one missing, wrong, extra or swapped letter away; the first letter is taken to be right."""
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]
        for letter in LETTERS:
            yield head + letter + tail
            yield head + letter + tail[1:]


def _known(word: str) -> str:
    if not analysis.is_forgiving(word) or analysis.stem(word) in _latin_words():
        return word
    if len(word) > _longest() + 1:
        return word
    # Uncached: hundreds of strings for each unknown word, hardly any of which is ever asked again.
    stem = analysis.stem.__wrapped__
    candidates = {near for near in within_one_slip(word) if stem(near) in _latin_words()}
    return candidates.pop() if len(candidates) == 1 else word


@cache
def _longest() -> int:
    return max(map(len, _latin_words()), default=0)


@cache
def _latin_words() -> frozenset[str]:
    listed = (run for group in vocabulary.synonym_groups() for term in group for run in analysis.runs(term))
    return frozenset(analysis.stem(word) for word in listed if word.isascii())
