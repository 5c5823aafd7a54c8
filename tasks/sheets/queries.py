"""Reads about sheets. `visible_to` is the one place that says who sees which."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import override

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.queries import Person
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound
from marketplace.registry import queries as registry
from marketplace.registry.models import TechnologyField
from tasks.challenges import queries as challenges
from tasks.challenges.posting import CriterionLine, one_criterion
from tasks.sheets.cells import Vocabulary, plain
from tasks.sheets.faults import CHOICES
from tasks.sheets.lifecycle import ON_HAND, RowState, SheetState
from tasks.sheets.models import Sheet, SheetRow

LEASE = timedelta(seconds=45)
"""How long a reader has before another may take the file up; reading itself ends after fifteen seconds at most."""

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True)
class Progress:
    """How many rows a sheet has, and what came of them so far."""

    drafted: int = 0
    faulty: int = 0
    waiting: int = 0

    @property
    def rows(self) -> int:
        """All of them."""
        return self.drafted + self.faulty + self.waiting

    @property
    def done(self) -> int:
        """Those that are through."""
        return self.drafted + self.faulty


def visible_to(person: Person) -> QuerySet[Sheet]:
    """The sheets of organisations the person acts for now, the newest first; without the files themselves."""
    rows = Sheet.objects.filter(organisation__in=people.organisations_of(person))
    return rows.select_related("organisation", "uploader", "batch", "repeats").defer("content").order_by("-uploaded_at")


def sheet_seen_by(public_id: str, person: Person) -> Sheet:
    """One sheet. Raises NotFound alike for missing and hidden."""
    sheet = visible_to(person).filter(public_id=public_id).first()
    if sheet is None:
        raise NotFound
    return sheet


def locked(public_id: str) -> Sheet:
    """The sheet, locked until the end of the transaction, without its file. Raises NotFound.

    Its batch is read when it is wanted: joined, it would be what it was before the lock was waited for.
    """
    rows = Sheet.objects.select_for_update(of=("self",)).select_related("organisation__region", "uploader")
    sheet = rows.defer("content").filter(public_id=public_id).first()
    if sheet is None:
        raise NotFound
    return sheet


def on_hand(person: User) -> int:
    """How many of the person's sheets still keep their file."""
    return Sheet.objects.filter(uploader=person, state__in=ON_HAND).count()


def first_upload(*, uploader: User, organisation: Organisation, digest: str) -> Sheet | None:
    """The person's first upload of these bytes for this organisation, if there is one."""
    rows = Sheet.objects.filter(uploader=uploader, organisation=organisation, digest=digest, repeats=None)
    return rows.defer("content").first()


def to_read() -> list[str]:
    """Public ids of sheets that wait for a reader, or whose reader has not been heard of for too long; oldest first."""
    stalled = Q(state=SheetState.READING, moved_at__lte=clock.now() - LEASE)
    due = Sheet.objects.filter(Q(state=SheetState.UPLOADED) | stalled).order_by("uploaded_at")
    return list(due.values_list("public_id", flat=True))


def to_draft() -> list[str]:
    """Public ids of sheets that are read and not yet through, oldest first."""
    rows = Sheet.objects.filter(state=SheetState.DRAFTING).order_by("uploaded_at")
    return list(rows.values_list("public_id", flat=True))


def next_row(sheet: Sheet) -> SheetRow | None:
    """The first row of the sheet nothing has come of yet."""
    return sheet.rows.filter(state=RowState.WAITING).order_by("number").first()


def progress_of(sheet: Sheet) -> Progress:
    """What came of the sheet's rows so far, in one query."""
    counts: dict[str, int] = defaultdict(int)
    counts |= dict(sheet.rows.order_by().values_list("state").annotate(Count("pk")))
    return Progress(counts[RowState.DRAFTED], counts[RowState.FAULTY], counts[RowState.WAITING])


def faulty_rows(sheet: Sheet) -> QuerySet[SheetRow]:
    """Its rows that are to be mended, in their order."""
    return sheet.rows.filter(state=RowState.FAULTY)


def drafted_rows(sheet: Sheet, person: Person) -> QuerySet[SheetRow]:
    """Its rows that became drafts, in their order, each with its challenge and whether the person may `see` it.

    Its author may have taken a draft to another organisation since: then the list's people may not.
    """
    seen = Exists(challenges.visible_to(person).filter(pk=OuterRef("challenge")))
    return sheet.rows.filter(state=RowState.DRAFTED).select_related("challenge").annotate(seen=seen)


def vocabulary(organisation: Organisation, *, criteria_in: str = "zh-hans") -> Vocabulary:
    """What the words of a sheet mean here, in two queries. Usual criteria are in the language `criteria_in`."""
    regions = {one.code: one for one in registry.regions()}
    with override(criteria_in):
        criteria: tuple[CriterionLine, ...] = one_criterion()
    return Vocabulary(
        fields=_fields(list(registry.technology_fields())),
        choices={column: _choices(column) for column in CHOICES},
        mapping=registry.mapping(),
        regions=regions,
        reach=organisation.region.code,
        criteria=criteria,
    )


def _fields(rows: list[TechnologyField]) -> dict[str, TechnologyField]:
    """By code and by every name; a name that two fields are called by goes to the one whose own it is."""
    named = {plain(name): one for one in reversed(rows) for name in one.also_called}
    own = {plain(name): one for one in rows for name in (one.code, one.name_zh, one.name_en)}
    return named | own


def _choices(column: str) -> dict[str, str]:
    """The words of a choice in both languages and its code."""
    words = {plain(value): value for value in CHOICES[column].values}
    for language in LANGUAGES:
        with override(language):
            words |= {plain(str(label)): value for value, label in CHOICES[column].choices}
    return words
