"""What notifications and letters keep of people (`kernel.personal`)."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.personal import (
    COUNTED,
    ROW,
    RULED,
    AtErasure,
    Datum,
    Kept,
    Key,
    Part,
    Purpose,
    Row,
    Table,
    Whose,
)
from marketplace.notices.models import Letter

LINK = re.compile(r"https?://\S+")
TOLD = _("Notifications and letters")


def _without_links(row: Row) -> list[str]:
    """A letter's text; its links stay away, for one of them may let whoever has it in."""
    return [LINK.sub("…", text) for text in (row.subject, row.body, row.html)]


def _about(row: Row) -> list[Any]:
    """Whose house it was about, when it was written and when it was read; what it says is on its own page."""
    return [row.organisation, row.created_at, row.read_at]


def _letter(what: Any, *columns: str, shown: Any = None) -> Datum:
    return Datum(
        what=what,
        columns=columns,
        why=Purpose.TELLING,
        kept=Kept.LETTER,
        erased=AtErasure.DELETED,
        shown=shown,
    )


TABLES = (
    Table(
        "notices.Letter",
        Part(
            about=TOLD,
            whose=Whose("to", Key.MAIL),
            data=(
                _letter(_("letters to you: address, and when they were sent"), "to", "created_at", "sent_at", "state"),
                _letter(_("what stands in them"), "subject", "body", "html", shown=_without_links),
                _letter(_("why one could not be sent"), "last_error"),
            ),
        ),
        Part(
            about=TOLD,
            whose=Whose("notice__user"),
            data=(
                _letter(_("letters to an address that you had before"), "to", "created_at", "sent_at", "state"),
                _letter(_("what stands in them"), "subject", "body", "html", shown=_without_links),
                _letter(_("why one could not be sent"), "last_error"),
            ),
        ),
        Part(
            about=TOLD,
            whose=Whose("subject body html", Key.NAME),
            data=(_letter(_("letters to others that hold your address, once sent"), "subject", "body", "html"),),
            where={"state": Letter.State.SENT},
            told=False,
        ),
        plain={ROW: "id", COUNTED: "attempts doubts due_at", RULED: "sender"},
    ),
    Table(
        "notices.Notice",
        Part(
            about=TOLD,
            whose=Whose("user"),
            data=(
                Datum(
                    what=_("notifications: of what, as what you were told it, and when you read it"),
                    columns=("kind", "part", "challenge", "organisation", "target", "argument",
                             "created_at", "read_at", "mailed_at"),
                    why=Purpose.TELLING,
                    spoken=_about,
                    kept=Kept.ACCOUNT,
                    erased=AtErasure.DELETED,
                ),
            ),
        ),
        plain={ROW: "id fact"},
    ),
)  # fmt: skip
