"""From one line of a challenges file to what it says, checked: pure but for the mapping it is given."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from marketplace.registry.mapping import Mapping
from marketplace.registry.rowcheck import EARLIEST_YEAR, LATEST_YEAR, Row

LANGUAGES = ("zh", "en")
ORIGINS = ("real", "synthetic")
CURRENCIES = ("CNY", "USD", "EUR", "GBP")
"""All with hundredths as minor units."""

LARGEST_BOUNTY = 100_000_000_000
"""In whole units: more than any call has promised, less than what a database column holds."""

INDICATOR_PARTS = {"name": 120, "op": 8, "value": 80, "unit": 40}


@dataclass(frozen=True, kw_only=True)
class Posting:
    """One checked record of a challenges file, in our codes. Amounts are minor units of the currency."""

    source_id: str
    origin: str
    language: str
    title: str
    description: str
    indicators: list[dict[str, str]]
    indicators_text: str
    keywords: list[str]
    field_codes: list[str]
    sponsor: str
    sponsor_kind: str
    region_code: str | None
    region_text: str
    bounty_amount: int | None
    bounty_currency: str
    bounty_note: str
    published_year: int | None
    deadline: date | None
    source_url: str
    source_note: str


def posting_from(values: dict[str, Any], mapping: Mapping) -> Posting | str:
    """The posting a record describes, or everything that is wrong with it in one sentence."""
    row = Row(values)
    found = {**_identity(row), **_content(row), **_filing(row, mapping), **_bounty(row), **_source(row)}
    return "; ".join(row.complaints) if row.complaints else Posting(**found)


def _identity(row: Row) -> dict[str, Any]:
    return {
        "source_id": row.text("id", longest=32, required=True),
        "origin": row.choice("origin", ORIGINS),
        "language": row.choice("lang", LANGUAGES),
    }


def _content(row: Row) -> dict[str, Any]:
    return {
        "title": row.text("title", longest=300, required=True),
        "description": row.text("description", longest=20_000, required=True),
        "indicators": [_indicator(one) for one in row.sections("indicators", most=50)],
        "indicators_text": row.text("indicators_text", longest=5_000),
        "keywords": row.texts("keywords", most=50, longest=80),
        "sponsor": row.text("sponsor", longest=200),
        "sponsor_kind": row.text("sponsor_type", longest=80),
    }


def _indicator(part: Row) -> dict[str, str]:
    return {name: part.text(name, longest=longest) for name, longest in INDICATOR_PARTS.items()}


def _filing(row: Row, mapping: Mapping) -> dict[str, Any]:
    region_text = row.text("region", longest=80)
    return {
        "field_codes": mapped_fields(row, mapping),
        "region_text": region_text,
        "region_code": mapped_region(row, region_text, mapping),
    }


def mapped_fields(row: Row, mapping: Mapping) -> list[str]:
    """Codes of the fields that the record's industry stands for; complains when it is not mapped."""
    industry = row.text("industry", longest=40, required=True)
    codes = mapping.fields_of(industry)
    if industry and not codes:
        row.complain("industry", f"“{industry}” stands for no technology field in mapping.json")
    return codes


def mapped_region(row: Row, text: str, mapping: Mapping) -> str | None:
    """Code of the region that the record names, None if it names none; complains when it is not mapped."""
    code = mapping.region_of(text) if text else None
    if text and code is None:
        row.complain("region", f"“{text}” is no region we know, or could be several")
    return code


def _bounty(row: Row) -> dict[str, Any]:
    bounty = row.section("bounty")
    amount = bounty.minor_units("amount", most=LARGEST_BOUNTY)
    stated = amount is not None or bounty.values.get("currency") is not None
    return {
        "bounty_amount": amount,
        "bounty_currency": bounty.choice("currency", CURRENCIES) if stated else "",
        "bounty_note": bounty.text("note", longest=300),
    }


def _source(row: Row) -> dict[str, Any]:
    found = {
        "published_year": row.whole("published_year", least=EARLIEST_YEAR, most=LATEST_YEAR),
        "deadline": row.day("deadline"),
        "source_url": row.address("source_url", longest=500),
        "source_note": row.text("source_note", longest=500),
    }
    if row.values.get("origin") == "real" and not (found["source_url"] or found["source_note"]):
        row.complain("source_url", "and source_note are both missing: a real call names its source")
    return found
