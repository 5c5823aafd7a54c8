"""What the registry does: fill itself from its files, and take entries into the reference archive."""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from marketplace.kernel.errors import Stale
from marketplace.kernel.lifecycle import revise
from marketplace.kernel.verdicts import SYSTEM
from marketplace.outbox.record import record
from marketplace.registry.calendar import ONE_DAY
from marketplace.registry.events import PublishedChallengeImported
from marketplace.registry.importing import Posting
from marketplace.registry.models import (
    CalendarDay,
    CalendarYear,
    NegativeListItem,
    PublishedChallenge,
    Region,
    TechnologyField,
)
from marketplace.registry.queries import DATA


class Outcome(StrEnum):
    """What taking over one row came to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


Counts = Counter[Outcome]


def import_published(posting: Posting) -> Outcome:
    """Take a really published call into the reference archive, or bring its entry up to date.

    States PublishedChallengeImported when the entry is new or has changed; the same posting again changes
    nothing. Raises Stale when another import wrote the same entry at the same moment, ValueError for a posting
    that is not real: invented ones are material for the demo, never archive.
    """
    if posting.origin != "real":
        raise ValueError("Only really published calls enter the archive.")
    digest = digest_of(posting)
    with transaction.atomic():
        entry = PublishedChallenge.objects.select_for_update().filter(source_id=posting.source_id).first()
        if entry is not None and entry.digest == digest:
            return Outcome.UNCHANGED
        outcome = Outcome.NEW if entry is None else Outcome.CHANGED
        entry = _written(entry, posting, digest)
        record(PublishedChallengeImported.of(entry), by=SYSTEM)
    return outcome


def digest_of(posting: object) -> str:
    """SHA-256 over what a checked record says (a dataclass): equal digests, nothing to do."""
    said = json.dumps(asdict(posting), sort_keys=True, cls=DjangoJSONEncoder)  # type: ignore[call-overload]  # any dataclass
    return hashlib.sha256(said.encode()).hexdigest()


def _written(entry: PublishedChallenge | None, posting: Posting, digest: str) -> PublishedChallenge:
    said = asdict(posting)
    field_codes, region_code = said.pop("field_codes"), said.pop("region_code")
    del said["origin"]
    said |= {"region": Region.objects.get(code=region_code) if region_code else None, "digest": digest}
    if entry is None:
        entry = _created(said)
    else:
        revise(entry, **said)
    entry.fields.set(TechnologyField.objects.filter(code__in=field_codes))
    return entry


def _created(said: Mapping[str, Any]) -> PublishedChallenge:
    entry = PublishedChallenge(**said)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as conflict:
        raise Stale(entry) from conflict
    return entry


def load_reference() -> dict[str, Counts]:
    """Bring regions, fields, negative list and calendar to what the files in `data/` say, all or nothing.

    Says for each table how many rows were new, changed and unchanged. Regions, fields and items that a file no
    longer names stay, because others may refer to them; days of a published year that it no longer names go.
    """
    with transaction.atomic():
        return {
            "regions": _load_regions(),
            "technology fields": _load_fields(),
            "negative list items": _settle(NegativeListItem, "code", _dated(_json("negative_list.json"))),
            "calendar years": _load_years(),
            "calendar days": _load_days(),
        }


def _settle(table: type[models.Model], key: str, wanted: Iterable[Mapping[str, Any]]) -> Counts:
    """Create and change rows so that the table says what is wanted, with a fixed number of queries."""
    rows = {getattr(row, key): row for row in table._default_manager.all()}
    new, changed, counts = [], [], Counter[Outcome]()
    columns: set[str] = set()
    for values in wanted:
        columns = set(values) - {key}
        row = rows.get(values[key])
        outcome = _compare(row, values)
        counts[outcome] += 1
        if row is None:
            new.append(table(**values))
        elif outcome is Outcome.CHANGED:
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    table._default_manager.bulk_create(new)
    if changed:
        table._default_manager.bulk_update(changed, sorted(columns))
    return counts


def _compare(row: models.Model | None, values: Mapping[str, Any]) -> Outcome:
    if row is None:
        return Outcome.NEW
    same = all(getattr(row, name) == value for name, value in values.items())
    return Outcome.UNCHANGED if same else Outcome.CHANGED


def _load_regions() -> Counts:
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    counts = Counter[Outcome]()
    for kind in Region.Kind.values:
        above = dict(Region.objects.values_list("code", "pk"))
        level = [_region_values(line, above) for line in lines if line["kind"] == kind]
        counts += _settle(Region, "code", level)
    return counts


def _region_values(line: Mapping[str, str], above: Mapping[str, int]) -> dict[str, Any]:
    values: dict[str, Any] = {name: line[name] for name in ("code", "kind", "name_zh", "name_en")}
    return values | {"parent_id": above[line["parent"]] if line["parent"] else None}


def _load_fields() -> Counts:
    stated = _json("fields.json")
    codes = dict(Region.objects.values_list("code", "pk"))
    named_by = {values["code"]: {codes[code] for code in values.pop("regions")} for values in stated}
    counts = _settle(
        TechnologyField, "code", [values | {"order": place} for place, values in enumerate(stated, start=1)]
    )
    for field in TechnologyField.objects.filter(code__in=named_by).prefetch_related("regions"):
        if {region.pk for region in field.regions.all()} != named_by[field.code]:
            field.regions.set(named_by[field.code])
    return counts


def _load_years() -> Counts:
    names = ("year", "published", "source")
    return _settle(CalendarYear, "year", [{name: year[name] for name in names} for year in _years()])


def _load_days() -> Counts:
    wanted = [day for year in _years() for holiday in year["holidays"] for day in _days_of(holiday)]
    published = [year["year"] for year in _years() if year["published"]]
    stale = CalendarDay.objects.filter(date__year__in=published)
    stale.exclude(date__in=[day["date"] for day in wanted]).delete()
    return _settle(CalendarDay, "date", wanted)


def _days_of(holiday: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    names = {"name_zh": holiday["name_zh"], "name_en": holiday["name_en"]}
    day, last = date.fromisoformat(holiday["from"]), date.fromisoformat(holiday["to"])
    while day <= last:
        yield {"date": day, "kind": CalendarDay.Kind.HOLIDAY, **names}
        day += ONE_DAY
    for makeup in holiday["makeup"]:
        yield {"date": date.fromisoformat(makeup), "kind": CalendarDay.Kind.MAKEUP, **names}


def _years() -> list[dict[str, Any]]:
    return list(_json("calendar.json")["years"])


def _dated(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for item in items:
        for name in ("valid_from", "valid_until"):
            item[name] = date.fromisoformat(item[name]) if item[name] else None
    return items


def _json(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))
