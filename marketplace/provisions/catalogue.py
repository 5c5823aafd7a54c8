"""The provisions of the five policy documents (T01–J13), each with an honest state; read from one file and checked.

The page and `docs/provisions.md` show the same rows. Whether a test that a row names exists and passes is seen to by
`tests/provisions`.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

FILE = Path(__file__).parent / "data" / "provisions.json"
ID = re.compile(r"[THJNW]\d{2}[a-d]?")
LONGEST_DAY = len("2015-06-03")


class State(models.TextChoices):
    """How far a provision is carried out by the software; of the institutions behind it nothing is said."""

    WORKS = "works", _("works")
    PARTLY = "partly", _("works in part")
    PLANNED = "planned", _("planned")
    NOT_BUILT = "not_built", _("not built")

    @property
    def meaning(self) -> str | Promise:
        """What the state promises, in one sentence."""
        return MEANINGS[self]


MEANINGS: dict[State, str | Promise] = {
    State.WORKS: _("What software can do for it can be done here today, and a test proves it."),
    State.PARTLY: _("Some of it can be done today; what is missing is said."),
    State.PLANNED: _("Nothing a user could rely on yet; what it waits for is said. There is no date."),
    State.NOT_BUILT: _("Outside what software does, or left out on purpose; the reason is said."),
}


class Validity(StrEnum):
    """What is known about a document's force (J01)."""

    UNCHECKED = "unchecked"
    EXPIRED = "expired"
    REPEALED = "repealed"


STANDING: dict[Validity, str | Promise] = {
    Validity.UNCHECKED: _("not checked whether still in force"),
    Validity.EXPIRED: _("ran until %(year)s"),
    Validity.REPEALED: _("repealed in full in %(year)s"),
}


class Faulty(ValueError):
    """The file says something that cannot be shown; the message lists every fault."""


@dataclass(frozen=True)
class Words:
    """The same thing said in both languages; read in that of the page."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh


@dataclass(frozen=True, kw_only=True)
class Provision:
    """One provision: where it stands, what it says in our words, how far it is carried out, where, proved by what."""

    id: str
    clause: str
    line: Words
    state: State
    why: Words | None
    page: str
    tests: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where a reader can try it; empty where it has no page of its own."""
        name, _sign, query = self.page.partition("?")
        return f"{reverse(name)}{_sign}{query}" if name else ""

    @property
    def proofs(self) -> list[str]:
        """What its tests say: their names are sentences."""
        return [test.rpartition("::test_")[2].replace("_", " ") for test in self.tests]


@dataclass(frozen=True, kw_only=True)
class Document:
    """A policy document and what is known about its text and its force."""

    id: str
    title: Words
    issuer: Words
    number: str
    dated: str
    validity: Validity
    until: str
    note: Words
    provisions: tuple[Provision, ...]

    @property
    def day(self) -> date | None:
        """The day of the document; None where only its year is known."""
        return date.fromisoformat(self.dated) if len(self.dated) == LONGEST_DAY else None

    @property
    def standing(self) -> str:
        """Whether it is in force, in words."""
        return str(STANDING[self.validity]) % {"year": self.until}


@dataclass(frozen=True)
class Catalogue:
    """The documents in their order, and what has to be said about reading them."""

    documents: tuple[Document, ...]
    limits: tuple[Words, ...]

    def provisions(self) -> Iterator[Provision]:
        """Every provision, in the order of the documents."""
        for document in self.documents:
            yield from document.provisions

    def counts(self) -> dict[State, int]:
        """How many provisions are in each state, the states in their own order."""
        found = Counter(row.state for row in self.provisions())
        return {state: found[state] for state in State}

    def only(self, state: State) -> "Catalogue":
        """The provisions in one state; documents without any are left out."""
        kept = (
            replace(document, provisions=tuple(row for row in document.provisions if row.state == state))
            for document in self.documents
        )
        return replace(self, documents=tuple(document for document in kept if document.provisions))


@cache
def catalogue() -> Catalogue:
    """The shipped file, read once a process. Raises Faulty."""
    return parsed(json.loads(FILE.read_text(encoding="utf-8")))


def parsed(said: dict[str, Any]) -> Catalogue:
    """The catalogue that this content makes. Raises Faulty with every fault; KeyError, ValueError for another shape."""
    made = Catalogue(
        documents=tuple(_document(one) for one in said["documents"]),
        limits=tuple(Words(one["zh"], one["en"]) for one in said["limits"]),
    )
    found = list(faults(made))
    if found:
        raise Faulty("\n".join(found))
    return made


def faults(made: Catalogue) -> Iterator[str]:
    """What is wrong with a catalogue, one sentence each."""
    times = Counter(row.id for row in made.provisions())
    yield from (f"{name}: stands there {number} times" for name, number in times.items() if number > 1)
    for row in made.provisions():
        yield from (f"{row.id}: {fault}" for fault in _faults_of(row))
    for document in made.documents:
        yield from _unsaid(document.id, (document.title, document.issuer, document.note))
    yield from _unsaid("limits", made.limits)


def _faults_of(row: Provision) -> Iterator[str]:
    if not ID.fullmatch(row.id):
        yield "is no id of a provision"
    if not row.clause:
        yield "names no clause"
    if row.state == State.WORKS and not row.tests:
        yield "is said to work and names no test"
    if row.state != State.WORKS and row.why is None:
        yield "does not work and gives no reason"
    if row.state in {State.PLANNED, State.NOT_BUILT} and row.tests:
        yield "names a test although nothing works"
    yield from _unsaid("", (row.line, *([row.why] if row.why else [])))


def _unsaid(where: str, words: Iterable[Words]) -> Iterator[str]:
    yield from (f"{where} lacks a language".strip() for one in words if not one.zh.strip() or not one.en.strip())


def _document(said: dict[str, Any]) -> Document:
    return Document(
        id=said["id"],
        title=_words(said, "title"),
        issuer=_words(said, "issuer"),
        number=said.get("number", ""),
        dated=said["date"],
        validity=Validity(said["validity"]),
        until=said.get("until", ""),
        note=_words(said, "note"),
        provisions=tuple(_provision(one) for one in said["provisions"]),
    )


def _provision(said: dict[str, Any]) -> Provision:
    return Provision(
        id=said["id"],
        clause=said["clause"],
        line=Words(said["zh"], said["en"]),
        state=State(said["state"]),
        why=_words(said, "why") if "why_zh" in said or "why_en" in said else None,
        page=said.get("page", ""),
        tests=tuple(said.get("tests", ())),
    )


def _words(said: dict[str, Any], name: str) -> Words:
    return Words(said.get(f"{name}_zh", ""), said.get(f"{name}_en", ""))
