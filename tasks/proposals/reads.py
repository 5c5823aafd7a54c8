"""Who read an opened proposal, and when: written with the reading, told to its owner by role, never by name (I15).

One row for each reader, day and part: pages refresh themselves while they stand open, and a row for each view would
count the machine's looks and not the reader's. Reviewers are numbered in the order in which they first read this very
proposal, so that a number says nothing of anybody and nothing across proposals; of theirs the day is told, not the
hour, by which somebody who knows their habits might know them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from marketplace.accounts.models import User
from marketplace.accounts.roles import ActingAs, Role
from marketplace.kernel import clock
from marketplace.kernel.moments import BEIJING
from marketplace.kernel.verdicts import SYSTEM
from marketplace.outbox.record import record
from tasks import events
from tasks.challenges.models import Challenge
from tasks.proposals import queries
from tasks.proposals.lifecycle import OPENED
from tasks.proposals.models import Proposal, ProposalRead

Part = ProposalRead.Part
LABELS = dict([*Role.choices, *ActingAs.choices])


@dataclass(frozen=True)
class Reading:
    """What its owner is told of one reader: as what, the first and the last day, and on how many.

    `number` tells reviewers apart. `at` is the moment of the first reading, None of a reviewer's: of theirs the day
    alone is told.
    """

    role: Any
    number: int | None
    whole: bool
    first: date
    last: date
    days: int
    at: datetime | None


def note(*, reader: Any, role: str, challenge: Challenge, codes: Iterable[str], part: str) -> None:
    """Write down that this person, in this role, is being shown these proposals. One's own is nobody else's reading."""
    day = clock.now().astimezone(BEIJING).date()
    unread = _unread_today(reader, role, day, part).filter(challenge=challenge, code__in=list(codes))
    new = [one for one in unread if one.team is None or reader not in queries.authors_of(one)]
    if not new:
        return
    rows = [ProposalRead(proposal=one, reader=reader, role=role, part=part, day=day) for one in new]
    if part == Part.HEAD:
        ProposalRead.objects.bulk_create(rows, ignore_conflicts=True)
        return
    with transaction.atomic():
        ProposalRead.objects.bulk_create(rows, ignore_conflicts=True)
        for one in new:
            record(events.ProposalWasRead.of(one, role=role), by=SYSTEM)


def of(proposal: Proposal) -> list[Reading]:
    """For its owner: each reader once, in the order in which they came; nothing before the opening."""
    if proposal.state not in OPENED:
        return []
    rows: dict[tuple[str, int], list[ProposalRead]] = {}
    for row in ProposalRead.objects.filter(proposal=proposal).order_by("at", "pk"):
        rows.setdefault((row.role, row.reader_id), []).append(row)
    found: list[Reading] = []
    reviewers = 0
    for (role, _reader), read in rows.items():
        reviewers += role == ActingAs.REVIEWER
        found.append(_reading(role, reviewers if role == ActingAs.REVIEWER else None, read))
    return found


def _reading(role: str, number: int | None, read: list[ProposalRead]) -> Reading:
    days = sorted({row.day for row in read})
    whole = any(row.part == Part.WHOLE for row in read)
    at = read[0].at if number is None else None
    return Reading(LABELS.get(role, role), number, whole, days[0], days[-1], len(days), at)


def _unread_today(reader: User, role: str, day: date, part: str) -> Any:
    known = ProposalRead.objects.filter(proposal=OuterRef("pk"), reader=reader, role=role, day=day, part=part)
    rows = Proposal.objects.filter(~Exists(known), state__in=OPENED).exclude(author=reader)
    return rows.select_related("team", "author").defer("kept").order_by("pk")
