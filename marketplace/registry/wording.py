"""Whether a text speaks of a forbidden matter, however it is written. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from opencc import OpenCC

CHINESE = re.compile(r"[\u3400-\u9fff]")
FILLERS = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff*·•_~^|-]+")
NO_WORD = re.compile(r"[^0-9a-z\u00c0-\u024f]+")


def speaks_of(text: str, *, keywords: Iterable[str], unless: Iterable[str]) -> list[str]:
    """Those keywords that the text holds, other than inside one of the phrases of `unless`.

    Compared in compatibility form, lower case and simplified characters. Chinese keywords are also found with
    blanks, dots or dashes put between the characters; others only as whole words.
    """
    squeezed, spaced = _squeezed(text), _spaced(text)
    for phrase in unless:
        squeezed = squeezed.replace(_squeezed(phrase), "\n")
        spaced = spaced.replace(_spaced(phrase), " \n ")
    return [
        word for word in keywords if (_squeezed(word) in squeezed if CHINESE.search(word) else _spaced(word) in spaced)
    ]


def _squeezed(text: str) -> str:
    return FILLERS.sub("", plain(text))


def _spaced(text: str) -> str:
    return f" {NO_WORD.sub(' ', plain(text)).strip()} "


def plain(text: str) -> str:
    """The text as texts are compared: any width, any case, simplified characters."""
    return str(_simplifier().convert(unicodedata.normalize("NFKC", text).casefold()))


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")
