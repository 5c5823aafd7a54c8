"""Each number in a docstring (`L12`, `I22`) stands in docs/numbers.md; none is there that no docstring names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

NUMBER = re.compile(r"\b(?:S[1-9]|L\d\d|I[1-9]\d?|F[1-9]\d?)\b")
ROW = re.compile(r"^\| ([SLIF]\d{1,2}) \|", re.MULTILINE)
FOLDERS = ("marketplace", "tasks", "search", "realtime", "tests", "bench")


def explained() -> set[str]:
    return set(ROW.findall((ROOT / "docs/numbers.md").read_text(encoding="utf-8")))


def docstrings(source: str) -> Iterator[str]:
    """Docstrings of modules, classes, functions and constants."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


def named(text: str) -> set[str]:
    """The numbers of a docstring; of "I8–I13" the first and the last."""
    return set(NUMBER.findall(text))


def paths() -> list[Path]:
    return [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if path.name != Path(__file__).name]


def test_the_page_lists_what_the_code_names_and_nothing_else() -> None:
    said = {number for path in paths() for text in docstrings(path.read_text("utf-8")) for number in named(text)}
    assert said - explained() == set(), "named and not explained"
    assert explained() - said == set(), "explained and not named"


@pytest.mark.parametrize(
    ("text", "numbers"), [("closes (L09, I12)", {"L09", "I12"}), ("(I8–I13)", {"I8", "I13"}), ("ISO 1, L1, I", set())]
)
def test_numbers_are_found_in_whatever_words(text: str, numbers: set[str]) -> None:
    assert named(text) == numbers
