"""How a state changes: a table of legal steps, and the two functions that alone write state and version.

Every move is a compare-and-set on the version the caller read, so of two people pressing the same button one
wins and the other hears Stale, on SQLite and on PostgreSQL alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from marketplace.kernel import clock
from marketplace.kernel.errors import Stale
from marketplace.kernel.fields import MomentField


@dataclass(frozen=True, init=False)
class Step:
    """One row of a life-cycle table: from any of `sources` to `target`."""

    sources: frozenset[str]
    target: str

    def __init__(self, sources: Iterable[str], target: str) -> None:
        object.__setattr__(self, "sources", frozenset(map(str, sources)))
        object.__setattr__(self, "target", str(target))


class Versioned(models.Model):
    """A row whose every change counts up `version`: the number pages, messages and the search index compare."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Stateful(Versioned):
    """A row with a life: `state` from its room's table, `moved_at` the moment of the last move."""

    state = models.CharField(max_length=16, db_index=True, editable=False)
    moved_at = MomentField(editable=False)

    class Meta:
        abstract = True


def move(row: Stateful, step: Step, **changes: Any) -> None:
    """Take `row` one step on and write `changes` with it; raise Stale, changing nothing, if somebody was first.

    The clock is asked here, unless `changes` name the moment as `moved_at`.
    """
    moment = changes.get("moved_at") or clock.now()
    values = {**changes, "state": step.target, "moved_at": moment}
    _compare_and_set(row, {"state__in": step.sources}, values)


def revise(row: Versioned, **changes: Any) -> None:
    """Write `changes` without moving; the version still counts up, so that index and pages see a newer row."""
    _compare_and_set(row, {}, changes)


def expect(row: Versioned, version: int | None, which: str | None = None) -> None:
    """Raise Stale if the actor saw another version than the one now locked. None means nothing was seen.

    Where one row may take the place of another, `which` is the public id of the one that was seen.
    """
    if version is not None and row.version != version:
        raise Stale(row)
    if which is not None and getattr(row, "public_id", "") != which:
        raise Stale(row)


def _compare_and_set(row: Versioned, guard: dict[str, Any], values: dict[str, Any]) -> None:
    values["version"] = row.version + 1
    matching = type(row)._default_manager.filter(pk=row.pk, version=row.version, **guard)
    if not matching.update(**values):
        raise Stale(row)
    for name, value in values.items():
        setattr(row, name, value)
