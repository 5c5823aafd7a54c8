"""The verbs of taking a list over: upload, go on, discard; and what the job does: read, draft row by row, finish."""

import hashlib
import time
from dataclasses import replace

import structlog
from django.db import InterfaceError, OperationalError, transaction

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, User
from marketplace.kernel import clock
from marketplace.kernel.errors import Expected, Refusal, Stale
from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import SYSTEM, require
from marketplace.outbox.record import record
from marketplace.workbooks.cells import Unreadable
from marketplace.workbooks.lines import one_line
from tasks import events
from tasks.challenges import posting
from tasks.challenges import services as challenges
from tasks.challenges.models import ChallengeBatch
from tasks.challenges.posting import Posting
from tasks.sheets import policy, queries
from tasks.sheets.cells import Fault, Vocabulary, checked
from tasks.sheets.confined import read_confined
from tasks.sheets.faults import OF_FILES
from tasks.sheets.lifecycle import ROW_STEPS, STEPS, SheetState
from tasks.sheets.models import Sheet, SheetRow
from tasks.sheets.reading import LARGEST_FILE, Reading

log = structlog.get_logger(__name__)

ATTEMPTS = 3
"""A file whose reader died so often is not tried again: it may be what killed it."""


def upload_sheet(
    *,
    actor: User,
    organisation: Organisation | None,
    name: str,
    content: bytes,
    language: str,
    batch_title: str = "",
    batch_title_en: str = "",
    batch_study: str = "",
) -> Sheet:
    """Keep a list of challenges for the job that reads it; with a title they become one batch (N17c).

    The same bytes for the same organisation once more are kept too, but nothing is done with them before the person
    says so (`go_on`). Raises Refusal.
    """
    with transaction.atomic():
        allowed = require(policy.may_import(actor, organisation))
        assert organisation is not None  # noqa: S101  # the policy has just refused None
        people.locked_organisation(organisation.public_id)
        if batch_title:
            require(policy.may_publish_batch(actor, organisation))
        if not 0 < len(content) <= LARGEST_FILE:
            raise Refusal(OF_FILES["too_large" if content else "empty"], field="file")
        digest = hashlib.sha256(content).hexdigest()
        first = queries.first_upload(uploader=actor, organisation=organisation, digest=digest)
        sheet = Sheet.objects.create(
            state=SheetState.HELD if first else SheetState.UPLOADED,
            uploader=actor,
            organisation=organisation,
            name=one_line(name)[-120:],
            content=content,
            size=len(content),
            digest=digest,
            repeats=first,
            language=language,
            batch_title=batch_title,
            batch_title_en=batch_title_en,
            batch_study=batch_study,
        )
        record(events.SheetUploaded.of(sheet, held=first is not None), by=allowed)
    return sheet


def go_on(*, public_id: str, actor: User) -> Sheet:
    """Take over the same file once more, knowingly. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        sheet = queries.locked(public_id)
        allowed = require(policy.may_decide_on(actor, sheet))
        move(sheet, STEPS["go_on"])
        record(events.SheetReleased.of(sheet), by=allowed)
    return sheet


def discard_sheet(*, public_id: str, actor: User) -> Sheet:
    """Forget a file that was uploaded before. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        sheet = queries.locked(public_id)
        allowed = require(policy.may_decide_on(actor, sheet))
        move(sheet, STEPS["discard"], content=b"")
        record(events.SheetDiscarded.of(sheet), by=allowed)
    return sheet


def read_sheet(*, public_id: str) -> Sheet:
    """Turn the file into waiting rows, or say why it cannot be read.

    The file is read outside any transaction, by a program with limits; whoever took the sheet up last writes the
    rows, all of them or none. Raises Stale or NotFound.
    """
    sheet = _taken_up(public_id)
    if sheet.attempts > ATTEMPTS:
        return _give_up(sheet, Unreadable("three_attempts"))
    try:
        reading = read_confined(sheet.name, bytes(sheet.content))
    except Unreadable as failure:
        return _give_up(sheet, failure)
    with transaction.atomic():
        move(sheet, STEPS["begin"], content=b"", ignored=reading.ignored)
        SheetRow.objects.bulk_create(_rows(sheet, reading))
        record(events.SheetRead.of(sheet, rows=len(reading.rows)), by=SYSTEM)
    return sheet


def draft_rows(*, public_id: str, until: float) -> int:
    """Make drafts of waiting rows, one transaction each, until the clock of this process reads `until`.

    Returns how many rows are through. A row is locked with its sheet, so two workers never draft it both; killed in
    between, the next one goes on with the first row nothing has come of. Raises NotFound.
    """
    done = 0
    words: Vocabulary | None = None
    while time.monotonic() < until or not done:
        with transaction.atomic():
            sheet = queries.locked(public_id)
            row = queries.next_row(sheet) if sheet.state == SheetState.DRAFTING else None
            if row is None:
                _finish(sheet)
                return done
            words = words or queries.vocabulary(sheet.organisation, criteria_in=sheet.language)
            _through(sheet, row, words)
        done += 1
    return done


def _taken_up(public_id: str) -> Sheet:
    with transaction.atomic():
        sheet = queries.locked(public_id)
        if sheet.state == SheetState.READING and sheet.moved_at > clock.now() - queries.LEASE:
            raise Stale(sheet)
        move(sheet, STEPS["read"], attempts=sheet.attempts + 1)
    return sheet


def _give_up(sheet: Sheet, failure: Unreadable) -> Sheet:
    with transaction.atomic():
        move(sheet, STEPS["give_up"], content=b"", fault=failure.code, fault_values=failure.values)
        record(events.SheetUnreadable.of(sheet, why=failure.code), by=SYSTEM)
    return sheet


def _rows(sheet: Sheet, reading: Reading) -> list[SheetRow]:
    return [
        SheetRow(sheet=sheet, number=row.number, cells=row.cells, others=row.others, faults=row.faults)
        for row in reading.rows
    ]


def _through(sheet: Sheet, row: SheetRow, words: Vocabulary) -> None:
    """The row's draft, or its faults; a failure nobody expected sets the row aside and not the whole list."""
    try:
        with transaction.atomic():
            _draft(sheet, row, words)
    except (Expected, InterfaceError, OperationalError):
        raise
    except Exception:
        log.exception("row not taken over", sheet=sheet.public_id, row=row.number)
        _set_aside(row, [["title", "unexpected", {}]])


def _draft(sheet: Sheet, row: SheetRow, words: Vocabulary) -> None:
    found = checked(row.cells, words)
    faults = [*row.faults, *(fault for fault in found.faults if fault[0] not in {one[0] for one in row.faults})]
    if faults:
        _set_aside(row, faults)
        return
    try:
        with transaction.atomic():
            made = challenges.draft_challenge(
                actor=sheet.uploader, content=found.posting, sponsor=sheet.organisation, batch=_batch(sheet)
            )
    except Expected as refusal:
        _set_aside(row, [[refusal.field or "title", "refused", {"why": str(refusal)}]])
        return
    move(row, ROW_STEPS["draft"], challenge=made, lacks=_lacks(found.posting, sheet.organisation))


def _lacks(content: Posting, organisation: Organisation) -> list[str]:
    """Columns that the draft needs before it can be handed in (L02), in the order of the form."""
    whole = content if content.region else replace(content, region=organisation.region)
    return list(dict.fromkeys(problem.field for problem in posting.problems(whole, now=clock.now())))


def _batch(sheet: Sheet) -> ChallengeBatch | None:
    """The batch of the list, begun with its first draft, so that a list without a good row leaves none."""
    if sheet.batch_title and sheet.batch is None:
        batch = challenges.publish_batch(
            actor=sheet.uploader,
            organisation=sheet.organisation,
            title=sheet.batch_title,
            title_en=sheet.batch_title_en,
            study=sheet.batch_study,
        )
        revise(sheet, batch=batch)
    return sheet.batch


def _set_aside(row: SheetRow, faults: list[Fault]) -> None:
    move(row, ROW_STEPS["set_aside"], faults=faults)


def _finish(sheet: Sheet) -> None:
    if sheet.state != SheetState.DRAFTING:
        return
    progress = queries.progress_of(sheet)
    move(sheet, STEPS["finish"])
    record(events.SheetFinished.of(sheet, drafted=progress.drafted, faulty=progress.faulty), by=SYSTEM)
