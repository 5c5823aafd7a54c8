"""What is kept of opening officers (`kernel.personal`). A key outlives its account: it opens what was sealed to it."""

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.personal import (
    COUNTED,
    ROW,
    RULED,
    AtErasure,
    Datum,
    Kept,
    Part,
    Purpose,
    Table,
    Whose,
)

KEYS = _("Opening keys")
BOXED = "halves of a key in boxes for officers; they name nobody"

TABLES = (
    Table(
        "sealing.OfficerKey",
        Part(
            about=KEYS,
            whose=Whose("officer"),
            data=(
                Datum(
                    what=_("that you held an opening key, and when you showed that its phrase was at hand"),
                    columns=("public_id", "state", "enrolled_at", "proven_at", "reminded_at"),
                    why=Purpose.RECORD,
                    kept=Kept.RECORD,
                    erased=AtErasure.KEPT,
                ),
            ),
        ),
        plain={
            ROW: "id",
            COUNTED: "version moved_at",
            RULED: "public_key locked_private_key salt passes memory",
        },
    ),
    Table("sealing.MatterKey", plain={ROW: "id matter", RULED: "public_key made_at spent_at"}),
    Table("sealing.KeyHalf", plain={ROW: "id key holder pair", BOXED: "box handed_over handed_over_at"}),
)
