"""Receipts are stamped by an authority of time outside, where one is set up (RFC 3161): after the submission, by a job.

A submission never waits for it. What fails is asked again, each time later; while the authority cannot be reached it
is asked for one receipt only, so that it is not overrun when it comes back and other jobs have their turn.
"""

from datetime import datetime, timedelta

import structlog
from django.db.models import F

from marketplace.kernel import clock, timestamps
from marketplace.kernel.timestamps import Authority, Unacceptable, Unavailable
from marketplace.outbox.digest import canonical
from tasks.proposals import receipts
from tasks.proposals.models import ReceiptTimestamp, SubmissionReceipt

log = structlog.get_logger(__name__)

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=6)
"""How long the next attempt waits: twice as long each time, up to a quarter of a day."""
AT_ONCE = 20
UNREACHED = "unreached"


def stamp_due() -> int:
    """Have receipts stamped that wait for it; returns how many were. Nothing where no authority is set up."""
    authority = timestamps.authority()
    if authority is None or not authority.address:
        return 0
    now = clock.now()
    _begin(now)
    if ReceiptTimestamp.objects.filter(stamped_at=None, fault=UNREACHED, due_at__gt=now).exists():
        return 0
    done = 0
    for row in _due(now):
        if _claimed(row, now):
            done += _stamped(row, authority)
            if row.fault == UNREACHED:
                break
    return done


def stamp_of(receipt: SubmissionReceipt) -> ReceiptTimestamp | None:
    """The stamp of this receipt, once there is one."""
    return ReceiptTimestamp.objects.filter(receipt=receipt, stamped_at__isnull=False).first()


def _begin(now: datetime) -> None:
    """A row for each receipt that has none."""
    new = SubmissionReceipt.objects.filter(timestamp=None).order_by("pk")[:AT_ONCE]
    rows = [ReceiptTimestamp(receipt=one, due_at=now) for one in new]
    ReceiptTimestamp.objects.bulk_create(rows, ignore_conflicts=True)


def _due(now: datetime) -> list[ReceiptTimestamp]:
    joined = ("receipt__ticket", "receipt__envelope__proposal__challenge")
    rows = ReceiptTimestamp.objects.filter(stamped_at=None, due_at__lte=now).select_related(*joined)
    return list(rows.order_by("due_at", "pk")[:AT_ONCE])


def _claimed(row: ReceiptTimestamp, now: datetime) -> bool:
    """Whether this process is the one to ask: several may run the job at once."""
    wait = min(FIRST * 2 ** min(row.attempts, 20), LONGEST)
    mine = ReceiptTimestamp.objects.filter(pk=row.pk, attempts=row.attempts, stamped_at=None, due_at__lte=now)
    return mine.update(attempts=F("attempts") + 1, due_at=now + wait) == 1


def _stamped(row: ReceiptTimestamp, authority: Authority) -> bool:
    try:
        stamp = authority.ask(canonical(receipts.document(row.receipt)))
    except Unavailable as failure:
        return _failed(row, UNREACHED, str(failure))
    except Unacceptable as failure:
        return _failed(row, failure.code, failure.code)
    kept = {"answer": stamp.answer, "authority": stamp.authority[:300], "stamped_at": stamp.at, "fault": ""}
    ReceiptTimestamp.objects.filter(pk=row.pk, stamped_at=None).update(**kept)
    return True


def _failed(row: ReceiptTimestamp, fault: str, why: str) -> bool:
    row.fault = fault
    ReceiptTimestamp.objects.filter(pk=row.pk).update(fault=fault)
    log.warning("receipt_not_stamped", fault=fault, why=why, attempts=row.attempts + 1)
    return False
