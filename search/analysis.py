"""What a text is made of for searching: normalised, cut into words, and in pinyin. Pure.

The same functions run over documents and queries and for both engines, so that neither engine needs an analysis
of its own: both are handed words with blanks between them. `vocabulary.RULES` counts changes of these rules.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

import rjieba
from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from search import vocabulary

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
CHINESE = re.compile(rf"[{HAN}]")
RUNS = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+(?:[-./+#&][^\W_{HAN}]+)*(?:\+\+|#)?")
"""Chinese, or one word or part number of any other script with the marks inside it: 7050-t7451, car-t, c++."""
PARTS = re.compile(r"\d+|[^\W\d_]+")
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]")
LONGEST_TERM = 64
LONGEST_PINYIN_RUN = 3
SHORTEST_FORGIVEN = 5


def normalise(text: str) -> str:
    """Compatibility form, lower case, simplified characters in the mainland's words, no invisible marks."""
    sound = text.encode("utf-8", "ignore").decode()  # half of a character is none
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", sound)).casefold()
    simplified = _simplifier("t2s").convert(plain)
    if simplified == plain:
        return plain
    return str(_simplifier("t2s").convert(_simplifier("tw2sp").convert(plain)))


def terms(text: str) -> list[str]:
    """Every word of a document with the shorter words inside it, in order: what the text fields hold."""
    return [term for run in runs(normalise(text)) for term in _terms_of(run)]


def runs(normal: str) -> Iterator[str]:
    """The stretches of one script in a normalised text."""
    return (found[0] for found in RUNS.finditer(normal))


def cut(run: str) -> list[str]:
    """One stretch in words, none inside another; their lengths add up to that of the stretch."""
    return _segmenter().cut(run) if is_chinese(run) else [run]


def is_chinese(run: str) -> bool:
    """Whether the stretch or word is Chinese."""
    return CHINESE.match(run) is not None


def inner_terms(word: str) -> list[str]:
    """What a word is made of, itself left out: 燃料电池 → 燃料, 电池; 7050-t7451 → 7050, t, 7451."""
    return [term for term in dict.fromkeys(_terms_of(word)) if term != stem(word)]


def is_forgiving(term: str) -> bool:
    """Whether a slip of a letter or two is forgiven here: in a plain Latin word that is long enough."""
    return len(term) >= SHORTEST_FORGIVEN and term.isascii() and term.isalpha()


@lru_cache(maxsize=50_000)
def stem(term: str) -> str:
    """A term as it is indexed: an English word without its plural, no accents, nothing endless."""
    term = _without_accents(term)[:LONGEST_TERM]
    if len(term) < 4 or not (term.isascii() and term.isalpha()) or term.endswith(("ss", "us", "is")):
        return term
    if term.endswith("ies"):
        return f"{term[:-3]}y"
    if term.endswith(("ches", "shes", "xes", "sses", "zes")):
        return term[:-2]
    return term.removesuffix("s")


def stemmed(normal: str) -> str:
    """The normalised text with each word that is not Chinese as it is indexed."""
    return RUNS.sub(lambda found: found[0] if is_chinese(found[0]) else stem(found[0]), normal)


def pinyin_terms(text: str) -> list[str]:
    """What a document sounds like: its Chinese words, those inside them, and runs of words, in pinyin, once each."""
    return list(dict.fromkeys([*pinyin_words(text), *map(pinyin, filter(_is_word, terms(text)))]))


def pinyin_words(text: str) -> list[str]:
    """Each Chinese word of two or more characters and each run of two or three words, in pinyin."""
    chinese = (run for run in runs(normalise(text)) if is_chinese(run))
    return list(dict.fromkeys(spoken for run in chinese for spoken in _pinyin_runs(cut(run))))


@lru_cache(maxsize=50_000)
def pinyin(word: str) -> str:
    """A Chinese word in pinyin, written together without tones."""
    return "".join(lazy_pinyin(word, style=Style.NORMAL))


def _is_word(term: str) -> bool:
    return len(term) > 1 and is_chinese(term)


def _pinyin_runs(words: list[str]) -> Iterator[str]:
    spoken = [pinyin(word) for word in words]
    for start, word in enumerate(words):
        if _is_word(word):
            yield spoken[start]
        for end in range(start + 2, min(start + LONGEST_PINYIN_RUN, len(words)) + 1):
            yield "".join(spoken[start:end])


def _terms_of(run: str) -> Iterable[str]:
    if is_chinese(run):
        return [term for word in cut(run) for term in _shorter(word)]
    whole, parts = stem(run), [stem(part) for part in PARTS.findall(run)]
    return [whole] if parts == [whole] else [whole, *parts]


@lru_cache(maxsize=50_000)
def _shorter(word: str) -> tuple[str, ...]:
    """The Chinese word, the words inside it, and each character that is in none of them: 分离膜 → 分离, 膜, 分离膜."""
    inside = [term for term in _segmenter().cut_for_search(word) if term != word]
    covered = set("".join(inside))
    alone = [letter for letter in word if letter not in covered] if inside else []
    return (*inside, *alone, word)


def _without_accents(term: str) -> str:
    parts = unicodedata.normalize("NFKD", term)
    return "".join(part for part in parts if not unicodedata.combining(part)) if parts[:1].isascii() else term


@cache
def _segmenter() -> rjieba.Jieba:
    segmenter = rjieba.Jieba()
    for word in vocabulary.chinese_words():
        segmenter.add_word(word, None, None)
    return segmenter


@cache
def _simplifier(rules: str) -> OpenCC:
    return OpenCC(rules)
