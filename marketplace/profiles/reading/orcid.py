"""The public record of ORCID as JSON (API v3.0: https://info.orcid.org/documentation/api-tutorials/), or its works.

A record says of itself what it wants; whatever is not where the format has it is passed over.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from marketplace.profiles.reading import found
from marketplace.profiles.reading.found import PATENT, PUBLICATION, Found, FoundReference, Unreadable

IDENTIFIER = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
WANTED = {PUBLICATION: ("doi",), PATENT: ("pat",)}
"""Which of a work's identifiers is kept, by what it is."""
OWN = ("self", "version-of", None)
"""How an identifier relates to the work; one that names the journal or the book it is in is another's."""


def read(content: bytes) -> Found:
    """Works, biography and keywords of the record. Raises Unreadable."""
    record = _parsed(content)
    works = _at(record, "activities-summary", "works") or record
    groups = _at(works, "group")
    if not isinstance(record, dict) or (groups is None and _at(record, "orcid-identifier") is None):
        raise Unreadable("no_record")
    answer = Found(orcid=_identifier(record), texts=list(_texts(_at(record, "person"))))
    for group in _listed(groups):
        reference = _reference(group)
        if reference is None or len(answer.references) >= found.MOST:
            answer.left_out += 1
        else:
            answer.references.append(reference)
    return answer


def _parsed(content: bytes) -> Any:
    if len(content) > found.LARGEST:
        raise Unreadable("too_large")
    try:
        return json.loads(content.decode("utf-8-sig"))
    except RecursionError as too_deep:
        raise Unreadable("no_record") from too_deep
    except ValueError as no_json:  # no UTF-8, no JSON, a number of thousands of digits
        raise Unreadable("no_record") from no_json


def _identifier(record: Any) -> str:
    path = _at(record, "orcid-identifier", "path")
    return path if isinstance(path, str) and IDENTIFIER.fullmatch(path) else ""


def _texts(person: Any) -> Iterator[str]:
    """The biography, and the keywords in one line."""
    biography = found.prose(_at(person, "biography", "content"))
    words = [found.line(_at(one, "content"), 100) for one in _listed(_at(person, "keywords", "keyword"))[:50]]
    yield from filter(None, (biography, ", ".join(filter(None, words))))


def _reference(group: Any) -> FoundReference | None:
    """The work of a group, by the first of its sources; None without a title."""
    summaries = _listed(_at(group, "work-summary"))
    first = summaries[0] if summaries else None
    title = found.line(_at(first, "title", "title", "value"), found.LONGEST_TITLE)
    if not title:
        return None
    kind = PATENT if _at(first, "type") == "patent" else PUBLICATION
    link = found.whole(_at(first, "url", "value"), found.LONGEST_LINK)
    return FoundReference(
        kind=kind,
        title=title,
        year=found.year(_at(first, "publication-date", "year", "value")),
        identifier=_kept(kind, [*_listed(_at(group, "external-ids", "external-id")), *_ids(first)]),
        place=found.line(_at(first, "journal-title", "value"), found.LONGEST_PLACE),
        link=link if link.startswith("https://") else "",
    )


def _ids(summary: Any) -> list[Any]:
    return _listed(_at(summary, "external-ids", "external-id"))


def _kept(kind: str, identifiers: list[Any]) -> str:
    for one in identifiers:
        if _at(one, "external-id-type") in WANTED[kind] and _at(one, "external-id-relationship") in OWN:
            value = _at(one, "external-id-normalized", "value") or _at(one, "external-id-value")
            if text := found.whole(value, found.LONGEST_IDENTIFIER):
                return text
    return ""


def _at(value: Any, *path: str) -> Any:
    """What stands below, name by name; None where there is something else."""
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
