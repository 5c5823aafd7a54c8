"""What the back office keeps of people (`kernel.personal`): proposals of offices, lost second factors, the answers."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.administration.lifecycle import RequestState
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

OFFICES, LOST = _("Offices"), _("Lost second factors")


def _spoken(row: Row) -> list[Any]:
    return [row.get_role_display(), row.get_state_display(), row.proposed_at]


def _nothing(_row: Row) -> Mapping[str, Any]:
    return {"reason": ""}


def _lost(what: Any, *columns: str, erased: AtErasure = AtErasure.KEPT) -> Datum:
    put = _nothing if erased == AtErasure.EMPTIED else None
    return Datum(what=what, columns=columns, why=Purpose.SAFETY, kept=Kept.RECORD, erased=erased, put=put)


DECIDED = {"state__in": sorted(set(RequestState) - {RequestState.PROPOSED})}
"""Of what others propose about somebody they read once it is decided (docs/decisions/0014)."""


def _part(path: str, what: Any, *columns: str, **narrowed: Any) -> Part:
    datum = Datum(
        what=what, columns=columns, why=Purpose.RECORD, kept=Kept.RECORD, erased=AtErasure.KEPT, spoken=_spoken
    )
    return Part(about=OFFICES, whose=Whose(path), data=(datum,), **narrowed)


TABLES = (
    Table(
        "administration.GrantRequest",
        _part(
            "user",
            _("offices you were proposed for, and the reasons"),
            *("act", "role", "scope", "scope_id", "until", "reason", "state", "answer"),
            where=DECIDED,
        ),
        _part("proposed_by", _("offices of others that you proposed; not whose"), "role", "reason", "proposed_at"),
        _part("decided_by", _("offices of others that you decided about; not whose"), "role", "answer", "moved_at"),
        plain={ROW: "id public_id", COUNTED: "version lapses_at"},
    ),
    Table(
        "administration.FactorReset",
        Part(
            about=LOST,
            whose=Whose("user"),
            data=(
                _lost(_("what you said had happened"), "reason", erased=AtErasure.EMPTIED),
                _lost(
                    _("when you asked for a reset of your second factor; how we found out that it was you; the answer"),
                    *("asked_at", "not_before", "vouched_how", "state", "answer"),
                ),
            ),
        ),
        Part(
            about=LOST,
            whose=Whose("vouched_by"),
            data=(_lost(_("that you were the first administrator of one; not whose"), "vouched_how", "state"),),
        ),
        Part(
            about=LOST,
            whose=Whose("decided_by"),
            data=(_lost(_("that you decided about one; not whose"), "answer", "state", "moved_at"),),
        ),
        plain={ROW: "id public_id", COUNTED: "version lapses_at"},
    ),
)
