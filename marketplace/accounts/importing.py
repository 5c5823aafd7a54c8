"""Taking entries of the expert database from a file (H07a): what a line says, checked, and the one writer."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError, transaction

from marketplace.accounts.events import ExpertListed
from marketplace.accounts.models import Expert
from marketplace.kernel.errors import Stale
from marketplace.kernel.lifecycle import revise
from marketplace.kernel.verdicts import SYSTEM
from marketplace.outbox.record import record
from marketplace.registry.importing import LANGUAGES, ORIGINS, mapped_fields, mapped_region
from marketplace.registry.mapping import Mapping
from marketplace.registry.models import Region, TechnologyField
from marketplace.registry.rowcheck import Row
from marketplace.registry.services import Outcome

MOST_YEARS, MOST_PROJECTS = 80, 10_000
LANGUAGE_CODES = {"zh": "zh-hans", "en": "en"}


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One checked record of an experts file, in our codes."""

    source_id: str
    label: str
    language: str
    institution_type: str
    region_text: str
    region_code: str | None
    field_codes: list[str]
    expertise: str
    achievements: str
    keywords: list[str]
    years_experience: int | None
    projects_done: int | None
    is_sample: bool


def profile_from(values: dict[str, Any], mapping: Mapping) -> Profile | str:
    """The profile a record describes, or everything that is wrong with it in one sentence."""
    row = Row(values)
    region_text = row.text("region", longest=60)
    language = row.choice("lang", LANGUAGES)
    found: dict[str, Any] = {
        "source_id": row.text("id", longest=32, required=True),
        "label": row.text("label", longest=120, required=True),
        "language": LANGUAGE_CODES.get(language, ""),
        "institution_type": row.text("institution_type", longest=60),
        "region_text": region_text,
        "region_code": mapped_region(row, region_text, mapping),
        "field_codes": mapped_fields(row, mapping),
        "expertise": row.text("expertise", longest=5_000, required=True),
        "achievements": row.text("achievements", longest=5_000),
        "keywords": row.texts("keywords", most=50, longest=80),
        "years_experience": row.whole("years_experience", least=0, most=MOST_YEARS),
        "projects_done": row.whole("projects_done", least=0, most=MOST_PROJECTS),
        "is_sample": row.choice("origin", ORIGINS) == "synthetic",
    }
    return "; ".join(row.complaints) if row.complaints else Profile(**found)


def import_expert(profile: Profile) -> Outcome:
    """List an expert, or bring the entry of that source up to date; states ExpertListed when something changed.

    A person or organisation tied to the entry stays tied. Raises Stale when another import wrote the same entry
    at the same moment.
    """
    columns = asdict(profile)
    fields = list(TechnologyField.objects.filter(code__in=columns.pop("field_codes")))
    code = columns.pop("region_code")
    columns["region_id"] = Region.objects.values_list("pk", flat=True).get(code=code) if code else None
    with transaction.atomic():
        expert = Expert.objects.select_for_update().filter(source_id=profile.source_id).first()
        if expert is not None and _says(expert, columns, fields):
            return Outcome.UNCHANGED
        outcome = Outcome.NEW if expert is None else Outcome.CHANGED
        expert = _written(expert, columns)
        expert.fields.set(fields)
        record(ExpertListed.of(expert), by=SYSTEM)
    return outcome


def _says(expert: Expert, columns: dict[str, Any], fields: list[TechnologyField]) -> bool:
    same = all(getattr(expert, name) == value for name, value in columns.items())
    return same and set(expert.fields.all()) == set(fields)


def _written(expert: Expert | None, columns: dict[str, Any]) -> Expert:
    if expert is not None:
        revise(expert, **columns)
        return expert
    expert = Expert(**columns)
    try:
        with transaction.atomic():
            expert.save(force_insert=True)
    except IntegrityError as conflict:
        raise Stale(expert) from conflict
    return expert
