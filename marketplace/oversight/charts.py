"""Drawings beside the tables: lengths only, no words. The table is what is read aloud, so a drawing stays silent."""

from dataclasses import dataclass

from marketplace.oversight.tables import FULL, Table

STEP = 100
"""From one column to the next; a column is 70 wide."""

FEWEST = 12
"""Places for columns at least, so that a young platform's months do not look like walls; empty ones on the left."""


@dataclass(frozen=True)
class Column:
    """One month: how high it stands, and how much of it is set off, out of `FULL`."""

    x: int
    whole: int
    done: int

    @property
    def whole_top(self) -> int:
        return FULL - self.whole

    @property
    def done_top(self) -> int:
        return FULL - self.done


@dataclass(frozen=True)
class Chart:
    """Columns from left to right in the order of time, between the words for the first and the last."""

    columns: list[Column]
    first: str
    last: str

    @property
    def width(self) -> int:
        return STEP * max(FEWEST, len(self.columns))


def columns_of(table: Table) -> Chart:
    """The rows of a table, the latest of which stands first, as columns."""
    rows = table.rows[::-1]
    empty = max(0, FEWEST - len(rows))
    columns = [Column(STEP * place + STEP // 7, row.bar, row.done) for place, row in enumerate(rows, start=empty)]
    return Chart(columns, rows[0].label, rows[-1].label)
