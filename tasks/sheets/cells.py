"""From the texts of one row to a posting, or everything that is wrong with them. No database: words come with it."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from marketplace.kernel import money
from marketplace.kernel.moments import BEIJING
from marketplace.registry import codes
from marketplace.registry.mapping import Mapping as RegistryMapping
from marketplace.registry.models import Region, TechnologyField
from marketplace.workbooks.lines import one_line
from tasks.challenges.posting import (
    HIGHEST_BOUNTY,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LOWEST_BOUNTY,
    CriterionLine,
    IndicatorLine,
    Posting,
)
from tasks.sheets.columns import UNIT, WAN, YUAN
from tasks.sheets.lines import BadLine, criterion_from, indicator_from, lines_of

Fault = list[Any]
"""Column, code of the sentence in `faults.py`, and its values: plain JSON, said in whatever language is read."""

MOST_LINES = 20
MOST_KEYWORDS = 12
LONGEST_KEYWORD = 30
WORDS = re.compile(r"[,，、;；\n]+")
LINES_LENGTHS = {
    "title": LONGEST_TITLE,
    "title_en": 200,
    "eligibility_reason": 300,
    "abroad_reason": 300,
    "contact_office": 80,
    "contact_person": 40,
    "contact_telephone": 40,
    "contact_address": 160,
}
TEXTS = ("description", "description_en")
YES = frozenset({"是", "yes", "true", "y", "1", "√", "仅限"})
NO = frozenset({"", "否", "no", "false", "n", "0", "不限"})
AMOUNT = re.compile(
    r"(?:cny|rmb|人民币|￥|¥)?([0-9][0-9,]{0,20}(?:\.[0-9]{1,6})?)(亿元|亿|万元|万|元|yuan|cny|rmb)?", re.ASCII
)
FACTORS = {"亿": money.FEN_PER_YI, "万": money.FEN_PER_WAN}
UNITS = {WAN: money.FEN_PER_WAN, YUAN: money.FEN_PER_YUAN}
MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[\sT]*(\d{1,2})(?:[:：时点](\d{1,2})?)(?::\d{1,2}(?:\.0*)?)?分?)?",
    re.ASCII,
)
SERIAL = re.compile(r"(\d{5})(\.\d{1,12})?", re.ASCII)
SERIAL_ZERO = datetime(1899, 12, 30, tzinfo=BEIJING)
YEARS = range(2000, 2101)


@dataclass(frozen=True, repr=False)
class Vocabulary:
    """What words mean here: fields and choices by every name they have, regions by the registry's mapping."""

    fields: Mapping[str, TechnologyField]
    choices: Mapping[str, Mapping[str, str]]
    mapping: RegistryMapping
    regions: Mapping[str, Region]
    reach: str
    """Code of the organisation's region: a sponsor does not choose its administrator elsewhere (H32)."""
    criteria: tuple[CriterionLine, ...] = ()
    """What reviewers score where a row names nothing."""


@dataclass
class Checked:
    """What a row says, and what is wrong with it."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def complain(self, column: str, code: str, **values: Any) -> None:
        """Note a fault of this column."""
        self.faults.append([column, code, values])

    @property
    def posting(self) -> Posting:
        """The row as the services take it."""
        return Posting(**self.values)


def checked(cells: Mapping[str, str], words: Vocabulary) -> Checked:
    """The posting that a row describes with all its faults; columns left empty are no fault: it becomes a draft."""
    found = Checked()
    for column, longest in LINES_LENGTHS.items():
        found.values[column] = _line(found, column, cells.get(column, ""), longest)
    for column in TEXTS:
        found.values[column] = _long(found, column, cells.get(column, ""))
    for column, values in words.choices.items():
        found.values |= _choice(found, column, cells.get(column, ""), values)
    for read in (_fields, _keywords, _region, _indicators, _criteria, _bounty, _deadline, _threshold, _narrower):
        read(found, cells, words)
    if not found.values["title"]:
        found.complain("title", "no_title")
    found.values["language"] = "zh-hans" if _chinese(cells) else "en"
    return found


def _line(found: Checked, column: str, text: str, longest: int) -> str:
    line = one_line(text)
    if len(line) > longest:
        found.complain(column, "too_long", most=longest, length=len(line))
    return line


def _long(found: Checked, column: str, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        found.complain(column, "too_long", most=LONGEST_TEXT, length=len(text))
    return text.strip()


def _choice(found: Checked, column: str, text: str, values: Mapping[str, str]) -> dict[str, str]:
    if not text:
        return {}
    value = values.get(plain(text))
    if value is None:
        found.complain(column, "unknown_choice", said=text[:60], allowed=column)
        return {}
    return {column: value}


def _fields(found: Checked, cells: Mapping[str, str], words: Vocabulary) -> None:
    named = _words(cells.get("fields", ""))
    unknown = [word for word in named if plain(word) not in words.fields]
    if unknown:
        found.complain("fields", "unknown_field", said="、".join(unknown)[:120])
    kept = (words.fields[plain(word)] for word in named if plain(word) in words.fields)
    found.values["fields"] = tuple(dict.fromkeys(kept))


def _keywords(found: Checked, cells: Mapping[str, str], words: Vocabulary) -> None:
    kept = tuple(dict.fromkeys(filter(None, map(one_line, _words(cells.get("keywords", ""))))))
    if len(kept) > MOST_KEYWORDS or any(len(word) > LONGEST_KEYWORD for word in kept):
        found.complain("keywords", "keywords", most=MOST_KEYWORDS, longest=LONGEST_KEYWORD)
    found.values["keywords"] = kept


def _region(found: Checked, cells: Mapping[str, str], words: Vocabulary) -> None:
    text = cells.get("region", "")
    if not text:
        return
    code = words.mapping.region_of(text)
    if code is None or code not in words.regions:
        found.complain("region", "unknown_region", said=text[:60])
    elif not codes.covers(words.reach, code):
        found.complain("region", "region_elsewhere", said=text[:60])
    else:
        found.values["region"] = words.regions[code]


def _indicators(found: Checked, cells: Mapping[str, str], words: Vocabulary) -> None:
    found.values["indicators"] = tuple(_each(found, "indicators", cells, indicator_from))


def _criteria(found: Checked, cells: Mapping[str, str], words: Vocabulary) -> None:
    lines: tuple[CriterionLine, ...] = tuple(_each(found, "criteria", cells, criterion_from))
    total = sum(line.weight for line in lines)
    broken = any(fault[0] == "criteria" for fault in found.faults)
    if lines and total != 100 and not broken:
        found.complain("criteria", "weights", total=total)
    found.values["criteria"] = lines if cells.get("criteria") else words.criteria


def _each(
    found: Checked,
    column: str,
    cells: Mapping[str, str],
    parse: Callable[[str], IndicatorLine | CriterionLine | BadLine],
) -> Iterable[Any]:
    lines = lines_of(cells.get(column, ""))
    if len(lines) > MOST_LINES:
        found.complain(column, "too_many_lines", most=MOST_LINES)
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        parsed = parse(line)
        if isinstance(parsed, BadLine):
            found.complain(column, parsed.code, line=number, said=line[:60])
        else:
            yield parsed


def _bounty(found: Checked, cells: Mapping[str, str], words: Vocabulary) -> None:
    text = plain(cells.get("bounty", ""))
    match = AMOUNT.fullmatch(text)
    if not text:
        return
    if match is None:
        found.complain("bounty", "no_amount", said=cells["bounty"][:60])
        return
    factor = _factor(match[2] or "", cells.get(UNIT, ""))
    if factor is None:
        found.complain("bounty", "no_unit", said=cells["bounty"][:60])
        return
    found.values["bounty_amount"] = _fen(found, match[1], factor)


def _factor(unit: str, head: str) -> int | None:
    """分 in one unit: what the cell says goes before what the head of its column says."""
    return FACTORS.get(unit[:1], money.FEN_PER_YUAN) if unit else UNITS.get(head)


def _fen(found: Checked, digits: str, factor: int) -> int | None:
    try:
        amount = Decimal(digits.replace(",", "")) * factor
    except InvalidOperation:
        found.complain("bounty", "no_amount", said=digits[:60])
        return None
    if amount != int(amount):
        found.complain("bounty", "finer_than_a_fen")
    elif not LOWEST_BOUNTY <= amount <= HIGHEST_BOUNTY:
        found.complain("bounty", "bounty_range")
    else:
        return int(amount)
    return None


def _deadline(found: Checked, cells: Mapping[str, str], words: Vocabulary) -> None:
    text = unicodedata.normalize("NFKC", cells.get("deadline", "")).strip()
    if not text:
        return
    try:
        moment = _moment(text)
    except (ValueError, OverflowError):
        moment = None
    if moment is None or moment.year not in YEARS:
        found.complain("deadline", "no_moment", said=text[:60])
        return
    found.values["deadline"] = moment


def _moment(text: str) -> datetime | None:
    """Beijing's wall clock; a day alone ends with its last minute, a bare number is a spreadsheet's day count."""
    if serial := SERIAL.fullmatch(text):
        whole = SERIAL_ZERO + timedelta(days=int(serial[1]))
        if not serial[2]:
            return whole.replace(hour=23, minute=59)
        return whole + timedelta(minutes=round(Decimal(serial[2]) * 24 * 60))
    match = MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if match[4] is None:
        return datetime(year, month, day, 23, 59, tzinfo=BEIJING)
    if int(match[4]) == 24 and not int(match[5] or 0):
        return datetime(year, month, day, tzinfo=BEIJING) + timedelta(days=1)
    return datetime(year, month, day, int(match[4]), int(match[5] or 0), tzinfo=BEIJING)


def _threshold(found: Checked, cells: Mapping[str, str], words: Vocabulary) -> None:
    text = plain(cells.get("threshold", "")).removesuffix("分")
    if not text:
        return
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 0 < int(text) <= 100:
        found.complain("threshold", "threshold")
    else:
        found.values["threshold"] = int(text)


def _narrower(found: Checked, cells: Mapping[str, str], words: Vocabulary) -> None:
    text = plain(cells.get("reserved_for_sme", ""))
    if text not in YES | NO:
        found.complain("reserved_for_sme", "yes_or_no", said=text[:60])
    found.values["reserved_for_sme"] = text in YES


def _words(text: str) -> list[str]:
    return [word.strip() for word in WORDS.split(text) if word.strip()]


def _chinese(cells: Mapping[str, str]) -> bool:
    return any("\u3400" <= one <= "\u9fff" for one in cells.get("title", "") + cells.get("description", "")[:200])


def plain(text: str) -> str:
    """A word as it is compared: width, case and spaces do not matter."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
