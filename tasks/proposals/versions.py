"""Versions of a draft: what it said earlier, and what is different now. They go with the draft's key.

Autosaving writes every few seconds; a version is kept when somebody saves by hand, when another person goes on writing,
and once in a while.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from diff_match_patch import diff_match_patch

from marketplace.accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound
from tasks.proposals import content as contents
from tasks.proposals.content import Content
from tasks.proposals.models import DraftVersion, Proposal

ONCE_IN = timedelta(minutes=10)
MOST = 50
"""Of one draft and one writer; their oldest go, never somebody else's."""
PATIENCE = 2.0
"""Seconds for one page of comparisons; what is left then is shown coarser."""
LEAST = 0.01


@dataclass(frozen=True)
class Piece:
    """A stretch of text that was taken out (-1), stayed (0) or was put in (1)."""

    change: int
    text: str


@dataclass(frozen=True)
class Difference:
    """What is different in one text of a proposal."""

    label: Any
    pieces: tuple[Piece, ...]


def keep(proposal: Proposal, *, by: User, asked: bool) -> None:
    """Keep what was just saved, if it is time to. Called in the transaction that saves, under the proposal's lock."""
    last = proposal.draft_versions.first()
    if last is not None:
        last.proposal = proposal
        if last.content == proposal.content:
            return
    due = last is None or last.saved_by_id != by.pk or last.saved_at <= clock.now() - ONCE_IN
    if asked or due:
        number = last.number + 1 if last else 1
        DraftVersion.objects.create(proposal=proposal, number=number, kept=proposal.kept, saved_by=by)
        beyond = proposal.draft_versions.filter(saved_by=by)[MOST:].values_list("pk", flat=True)
        DraftVersion.objects.filter(pk__in=list(beyond)).delete()


def forget(proposal: Proposal) -> None:
    """There is no draft any more. Called in the transaction that seals, withdraws or opens."""
    proposal.draft_versions.all().delete()


def of(proposal: Proposal) -> list[DraftVersion]:
    """The versions there are, the latest first."""
    found = list(proposal.draft_versions.select_related("saved_by"))
    for row in found:
        row.proposal = proposal
    return found


def numbered(proposal: Proposal, number: int) -> DraftVersion:
    """One of them. Raises NotFound."""
    for row in of(proposal):
        if row.number == number:
            return row
    raise NotFound


def differences(before: Content, after: Content, proposal: Proposal) -> list[Difference]:
    """Every text that differs, with what was taken out and put in."""
    criteria = list(proposal.challenge.criteria.all())
    pairs = zip(contents.labelled(before, criteria), contents.labelled(after, criteria), strict=True)
    end = time.monotonic() + PATIENCE
    found = []
    for (label, then), (_same, now) in pairs:
        if then != now:
            left = max(end - time.monotonic(), LEAST)
            found.append(Difference(label, tuple(pieces(then, now, patience=left))))
    return found


def pieces(before: str, after: str, *, patience: float = PATIENCE) -> Iterator[Piece]:
    """One text compared with another, letter by letter, in stretches that a reader can follow."""
    comparing = diff_match_patch()
    comparing.Diff_Timeout = patience
    found = comparing.diff_main(before, after)
    comparing.diff_cleanupSemantic(found)
    for change, text in found:
        yield Piece(change, text)
