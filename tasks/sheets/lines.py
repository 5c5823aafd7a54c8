"""Lines within a cell: an indicator "name ≥ value unit", a criterion "name weight". Pure."""

import re
from dataclasses import dataclass

from marketplace.workbooks.lines import one_line
from tasks.challenges.posting import CriterionLine, IndicatorLine

PARTED = re.compile(r"[\n;；]+")
NUMBERED = re.compile(r"^\s*(?:[（(]?\d{1,2}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳])\s*")
SIGNS = {
    "≥": ("≥", "≧", "⩾", "＞＝", ">=", "不低于", "不小于", "不少于", "大于等于", "大于或等于"),
    "≤": ("≤", "≦", "⩽", "＜＝", "<=", "不高于", "不大于", "不超过", "不多于", "小于等于", "小于或等于"),
    "±": ("±", "+/-"),
    "=": ("＝", "=", "等于"),
    ">": ("＞", ">", "大于", "高于"),
    "<": ("＜", "<", "小于", "低于"),
}
"""The comparisons of the posting form, and how else people write them."""
MEANT = {word: sign for sign, words in SIGNS.items() for word in words}
LONGEST_FIRST = sorted(MEANT, key=len, reverse=True)
PARTINGS = (
    re.compile("|".join(re.escape(word) for word in LONGEST_FIRST if not word.isalpha())),
    re.compile("|".join(word for word in LONGEST_FIRST if word.isalpha())),
    re.compile(r"[:：]"),
)
"""What parts name and value, the clearer first: a sign, a comparison in words, a colon."""
NUMBER = re.compile(r"[+-]?\d[\d.,]*(?:\s?[~～–—至-]\s?[+-]?\d[\d.,]*)?(?:\s?[×x]\s?10\^?-?\d+)?")
WEIGHT = re.compile(r"^(.+?)[\s:：,，(（]*(\d{1,3})\s*[%％分]?[)）]?$")


@dataclass(frozen=True)
class BadLine:
    """A line that says nothing measurable; the code names the sentence."""

    code: str


def lines_of(text: str) -> list[str]:
    """The lines of a cell that say something, without the numbers people put before them."""
    return [line for part in PARTED.split(text) if (line := one_line(NUMBERED.sub("", part)))]


def indicator_from(line: str) -> IndicatorLine | BadLine:
    """Name, comparison, value and unit; with a colon in place of a sign the value stands for itself."""
    found = next(filter(None, (parting.search(line) for parting in PARTINGS)), None)
    if found is None:
        return BadLine("indicator")
    name, rest = line[: found.start()].strip(" :：,，"), line[found.end() :].strip()
    value, unit = _parted(rest)
    if not name or not value:
        return BadLine("indicator")
    if len(name) > 80 or len(value) > 60 or len(unit) > 30:
        return BadLine("indicator_too_long")
    return IndicatorLine(name, MEANT.get(found.group(), ""), value, unit)


def written(indicator: IndicatorLine) -> str:
    """The line that `indicator_from` reads again."""
    sign = f" {indicator.op} " if indicator.op else ": "
    return f"{indicator.name}{sign}{indicator.value} {indicator.unit}".strip()


def criterion_from(line: str) -> CriterionLine | BadLine:
    """Name and weight in percent."""
    found = WEIGHT.match(line)
    if found is None or not 0 < int(found[2]) <= 100:
        return BadLine("criterion")
    name = found[1].strip()
    return CriterionLine(name, int(found[2])) if len(name) <= 80 else BadLine("criterion_too_long")


def _parted(rest: str) -> tuple[str, str]:
    """A number with what may belong to it, and the unit after it; words without a number are all value."""
    number = NUMBER.match(rest)
    if number is None:
        return rest, ""
    return number.group().strip(), rest[number.end() :].strip()
