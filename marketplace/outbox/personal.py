"""What facts and their deliveries keep of people (`kernel.personal`).

A fact names people by public ids alone and is never changed, or the chain of digests would break (I17). What it may
hold in words are the written reasons of official acts: they belong to the act and stay.
"""

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


def _when_and_why(row: Row) -> list[Any]:
    return [row.occurred_at, row.reason]


TABLES = (
    Table(
        "outbox.Fact",
        Part(
            about=_("The record"),
            whose=Whose("actor", Key.ID),
            data=(
                Datum(
                    what=_("what you did, when and in which role; the written reasons of your official acts"),
                    columns=("kind", "role", "occurred_at", "reason"),
                    spoken=_when_and_why,
                    why=Purpose.RECORD,
                    kept=Kept.RECORD,
                    erased=AtErasure.KEPT,
                ),
            ),
        ),
        Part(
            about=_("The record"),
            whose=Whose("stream", Key.ID, prefix="user:"),
            data=(
                Datum(
                    what=_("what happened to your account, and when"),
                    columns=("kind", "occurred_at", "data", "reason"),
                    spoken=_when_and_why,
                    why=Purpose.RECORD,
                    kept=Kept.RECORD,
                    erased=AtErasure.KEPT,
                ),
            ),
        ),
        plain={
            ROW: "id subject",
            COUNTED: "sequence version request_id",
            RULED: "previous_digest digest_version digest",
        },
    ),
    Table(
        "outbox.Delivery",
        Part(
            about=_("The record"),
            whose=Whose("fact__actor", Key.ID),
            data=(
                Datum(
                    what=_("what went wrong when others were told of what you did"),
                    columns=("last_error",),
                    why=Purpose.SAFETY,
                    kept=Kept.LETTER,
                    erased=AtErasure.EMPTIED,
                ),
            ),
            where={"last_error__gt": ""},
        ),
        plain={ROW: "id", COUNTED: "attempts due_at leased_until done_at", RULED: "listener state"},
    ),
)
