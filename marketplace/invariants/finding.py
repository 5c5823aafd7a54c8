"""What a checker says: which invariant, over how many things, and each violation in a sentence."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection

from marketplace.kernel.views import view_name


@dataclass(frozen=True)
class Finding:
    """The outcome of one checker; no violation means the invariant holds."""

    invariant: str
    checked: int
    violations: list[str]

    def as_json(self) -> dict[str, Any]:
        """As `verify_invariants --json` prints it."""
        return asdict(self)


Checker = Callable[[], Finding]


def found(invariant: str, checked: int, violations: Iterable[str | None]) -> Finding:
    """A finding from one answer a thing: None where it is in order."""
    return Finding(invariant, checked, [one for one in violations if one is not None])


def view(name: str, columns: str) -> list[dict[str, Any]]:
    """The rows of one of the views in schema `verify`, as dictionaries. Both arguments are written in this code."""
    wanted = [column.strip() for column in columns.split(",")]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(wanted)} FROM {view_name(connection, name)}")  # noqa: S608  # no input
        return [dict(zip(wanted, row, strict=True)) for row in cursor.fetchall()]
