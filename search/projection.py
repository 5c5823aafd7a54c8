"""From a row to what the index holds of it. Pure: rows come with what they refer to already read.

The digest covers the content and the words it was cut with, not the cut text: comparing an index with the database
costs no segmentation.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from marketplace.accounts.models import Expert
from marketplace.registry.codes import CHINA, stem
from marketplace.registry.models import PublishedChallenge, Region, TechnologyField
from search import analysis, vocabulary
from tasks.challenges.models import Challenge

CODE_LENGTH = 6


class Kind(StrEnum):
    """What can be searched. Each kind has an index of its own, so that no list can mix them."""

    CHALLENGE = "challenge"
    ARCHIVE = "archive"
    EXPERT = "expert"


@dataclass(frozen=True, kw_only=True)
class Content:
    """What is indexed of one row, as written. Moments are UTC to the second in text that sorts; `bounty` is in 分."""

    kind: Kind
    public_id: str
    version: int
    title: str
    keywords: str
    body: str
    fields: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    mode: str = ""
    state: str = ""
    sponsor: str = ""
    bounty: int | None = None
    deadline: str | None = None
    opened_at: str | None = None
    language: str = ""
    is_sample: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 over the content and the revision of the vocabulary it is cut with."""
        stated = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(f"{vocabulary.revision()}\n{stated}".encode("utf-8", "surrogatepass")).hexdigest()


Document = dict[str, Any]


def document(content: Content) -> Document:
    """The document both engines store: the content with its texts cut into words, and in pinyin."""
    texts = {name: " ".join(analysis.terms(getattr(content, name))) for name in ("title", "keywords", "body")}
    spoken = " ".join(analysis.pinyin_terms(f"{content.title}\n{content.keywords}\n{content.body}"))
    stated = {name: value for name, value in asdict(content).items() if value not in ("", None, ())}
    return {**stated, **texts, "kind": str(content.kind), "pinyin": spoken, "digest": content.digest, "gone": False}


def tombstone(kind: Kind, public_id: str, version: int) -> Document:
    """What stands in a removed document's place, so that a late older write cannot bring it back."""
    return {"kind": str(kind), "public_id": public_id, "version": version, "gone": True}


def of_challenge(row: Challenge) -> Content:
    """A public challenge; its proposals, its officers and its contact are nobody's search result."""
    fields = list(row.fields.all())
    return Content(
        kind=Kind.CHALLENGE,
        public_id=row.public_id,
        version=row.version,
        title=_lines(row.title, row.title_en),
        keywords=_lines(*row.keywords),
        body=_lines(*_told_by(row), *_field_names(fields), *_places(row.region)),
        fields=_codes(fields),
        regions=region_path(row.region),
        mode=row.mode,
        state=row.state,
        sponsor=row.named_sponsor.public_id if row.named_sponsor else "",
        bounty=row.bounty_amount,
        deadline=sortable(row.deadline),
        opened_at=sortable(row.opened_at),
        language=row.language,
        is_sample=row.is_sample,
    )


def _told_by(row: Challenge) -> Iterator[str]:
    """What a posting says in running text, and in whose name and which batch it says it."""
    yield from (row.description, row.description_en)
    yield from map(str, row.indicators.all())
    if row.named_sponsor:
        yield from (row.named_sponsor.name, row.named_sponsor.name_en)
    if row.batch:
        yield from (row.batch.title, row.batch.title_en)


def of_archive(row: PublishedChallenge) -> Content:
    """An entry of the reference archive. Its amount stays out: it may be in another currency."""
    fields = list(row.fields.all())
    return Content(
        kind=Kind.ARCHIVE,
        public_id=row.public_id,
        version=row.version,
        title=row.title,
        keywords=_lines(*row.keywords),
        body=_lines(
            row.description,
            row.indicators_text,
            row.sponsor,
            row.region_text,
            *_field_names(fields),
            *_places(row.region),
        ),
        fields=_codes(fields),
        regions=region_path(row.region),
        deadline=sortable(row.deadline),
        language=row.language,
    )


def of_expert(row: Expert) -> Content:
    """An entry of the expert database: expertise counts as its title, for that is what is searched."""
    fields = list(row.fields.all())
    employer = [row.organisation.name, row.organisation.name_en] if row.organisation else []
    return Content(
        kind=Kind.EXPERT,
        public_id=row.public_id,
        version=row.version,
        title=row.expertise,
        keywords=_lines(*row.keywords),
        body=_lines(
            row.achievements,
            row.label,
            row.institution_type,
            row.region_text,
            *employer,
            *_field_names(fields),
            *_places(row.region),
        ),
        fields=_codes(fields),
        regions=region_path(row.region),
        language=row.language,
        is_sample=row.is_sample,
    )


def region_path(region: Region | None) -> tuple[str, ...]:
    """The region's code and those of the regions it lies in: 420106, 420100, 420000, CN."""
    if region is None:
        return ()
    if not region.code.isdigit():
        return (region.code,)
    root = stem(region.code)
    above = [root[:length].ljust(CODE_LENGTH, "0") for length in range(len(root), 0, -2)]
    return (*above, CHINA)


def sortable(moment: datetime | date | None) -> str | None:
    """A moment in UTC as text that sorts like the moments do; a day without an hour is its beginning."""
    if moment is None:
        return None
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{moment.isoformat()}T00:00:00Z"


def _codes(fields: list[TechnologyField]) -> tuple[str, ...]:
    return tuple(sorted(field.code for field in fields))


def _field_names(fields: list[TechnologyField]) -> Iterator[str]:
    for field in sorted(fields, key=lambda field: field.code):
        yield f"{field.name_zh}\n{field.name_en}"


def _places(region: Region | None) -> Iterator[str]:
    """The names of the region and of those above it, the country left out for places inside China."""
    while region is not None:
        if region.code != CHINA:
            yield f"{region.name_zh}\n{region.name_en}"
        region = region.parent


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
