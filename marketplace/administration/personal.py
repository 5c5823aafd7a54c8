"""What the back office keeps of people (`kernel.personal`): proposals of offices, and the answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.personal import (
    COUNTED,
    ROW,
    AtErasure,
    Datum,
    Kept,
    Part,
    Purpose,
    Row,
    Table,
    Whose,
)

OFFICES = _("Offices")


def _spoken(row: Row) -> list[Any]:
    return [row.get_role_display(), row.get_state_display(), row.proposed_at]


def _part(path: str, what: Any, *columns: str) -> Part:
    datum = Datum(
        what=what, columns=columns, why=Purpose.RECORD, kept=Kept.RECORD, erased=AtErasure.KEPT, spoken=_spoken
    )
    return Part(about=OFFICES, whose=Whose(path), data=(datum,))


TABLES = (
    Table(
        "administration.GrantRequest",
        _part(
            "user",
            _("offices you were proposed for, and the reasons"),
            *("act", "role", "scope", "scope_id", "until", "reason", "state", "answer"),
        ),
        _part("proposed_by", _("offices of others that you proposed; not whose"), "role", "reason", "proposed_at"),
        _part("decided_by", _("offices of others that you decided about; not whose"), "role", "answer", "moved_at"),
        plain={ROW: "id public_id", COUNTED: "version lapses_at"},
    ),
)
