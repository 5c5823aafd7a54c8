"""What live messages keep of people (`kernel.personal`): that something of theirs changed, never what."""

from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.personal import COUNTED, ROW, AtErasure, Datum, Kept, Key, Part, Purpose, Table, Whose


def _live(path: str, what: Any, *columns: str, kept: Kept, erased: AtErasure) -> Part:
    spoken = attrgetter(*columns[-1:])
    datum = Datum(
        what=what,
        columns=columns,
        why=Purpose.TELLING,
        kept=kept,
        erased=erased,
        spoken=lambda row: [spoken(row)],
    )
    return Part(about=_("Live updates"), whose=Whose(path, Key.ID, prefix="person:"), data=(datum,))


TABLES = (
    Table(
        "realtime.LiveMessage",
        _live(
            "topic",
            _("that a page of yours has changed"),
            *("topic", "kind", "subject", "created_at"),
            kept=Kept.WEEK,
            erased=AtErasure.DELETED,
        ),
        plain={ROW: "id fact", COUNTED: "seq version"},
    ),
    Table(
        "realtime.LiveTopic",  # the counting goes on: of a house left at the erasure the person's own pages still hear
        _live(
            "name",
            _("how many such messages there were"),
            *("name", "last_seq"),
            kept=Kept.RECORD,
            erased=AtErasure.KEPT,
        ),
    ),
)
