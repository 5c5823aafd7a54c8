"""What is kept of files (`kernel.personal`): a person's own go with them, an organisation's papers stay its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.personal import (
    COUNTED,
    MATTER,
    ROW,
    AtErasure,
    Datum,
    Kept,
    Part,
    Purpose,
    Row,
    Table,
    Whose,
    in_code,
)
from marketplace.vault import taken


def _nameless(row: Row) -> Mapping[str, Any]:
    """The ending is all that is left of a name somebody gave."""
    return {"name": f"_.{row.kind}" if row.name else ""}


TAKEN_OUT = _("what was taken out of it before it was kept")


def _taken_out(row: Row) -> Sequence[str]:
    said = taken.words(row.taken_out)
    return [said] if said else []


TABLES = (
    Table(
        "vault.StoredFile",
        Part(
            about=_("Files about yourself"),
            whose=Whose("uploaded_by"),
            where={"own": True},
            data=(
                Datum(
                    what=_("the file with its name, kind and size, when you handed it in and what the scanner said"),
                    columns=("name", "kind", "size", "uploaded_at", "state", "moved_at", "found", "purpose"),
                    why=Purpose.REAL_NAME,
                    kept=Kept.ACCOUNT,
                    erased=AtErasure.DELETED,
                ),
                Datum(
                    what=TAKEN_OUT,
                    columns=("taken_out",),
                    why=Purpose.REAL_NAME,
                    kept=Kept.ACCOUNT,
                    erased=AtErasure.DELETED,
                    spoken=_taken_out,
                ),
                Datum(
                    what=_("its key, encrypted, its place and its digest"),
                    columns=("concealed_key", "place", "digest", "hidden"),
                    why=Purpose.REAL_NAME,
                    kept=Kept.ACCOUNT,
                    erased=AtErasure.DELETED,
                    shown=in_code,
                ),
            ),
        ),
        Part(
            about=_("Files you handed in for an organisation"),
            whose=Whose("uploaded_by"),
            where={"own": False},
            data=(
                Datum(
                    what=_("the name you gave it"),
                    columns=("name",),
                    why=Purpose.RECORD,
                    kept=Kept.RECORD,
                    erased=AtErasure.EMPTIED,
                    put=_nameless,
                ),
                Datum(
                    what=_(
                        "its kind and size, when you handed it in and what the scanner said; it is the organisation's"
                    ),
                    columns=("kind", "size", "uploaded_at", "state", "moved_at", "found", "purpose"),
                    why=Purpose.RECORD,
                    kept=Kept.RECORD,
                    erased=AtErasure.KEPT,
                ),
                Datum(
                    what=TAKEN_OUT,
                    columns=("taken_out",),
                    why=Purpose.RECORD,
                    kept=Kept.RECORD,
                    erased=AtErasure.KEPT,
                    spoken=_taken_out,
                ),
            ),
        ),
        plain={
            ROW: "id public_id door holder",
            COUNTED: "version number scans_tried next_scan_at",
            MATTER: "own bound",
        },
    ),
)
