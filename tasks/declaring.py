"""Short ways to declare what this app keeps of people (`kernel.personal`)."""

from typing import Any

from marketplace.kernel.personal import AtErasure, Datum, Kept, Part, Purpose, Whose


def stays(what: Any, *columns: str, why: Purpose = Purpose.RECORD) -> Datum:
    """Stays after an erasure, without a name."""
    return Datum(what=what, columns=columns, why=why, kept=Kept.RECORD, erased=AtErasure.KEPT)


def goes(what: Any, *columns: str, why: Purpose, kept: Kept = Kept.ACCOUNT, shown: Any = None) -> Datum:
    """Goes with its person."""
    return Datum(what=what, columns=columns, why=why, kept=kept, erased=AtErasure.EMPTIED, shown=shown)


def part(about: Any, path: str, *data: Datum, **more: Any) -> Part:
    """What rows say of the person at this path."""
    return Part(about=about, whose=Whose(path), data=data, **more)
