"""What is kept of real names (`kernel.personal`). Their own person reads the name masked and the number not at all."""

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
    in_code,
    masked,
)


def _name(row: Row) -> str:
    return masked(row.name)


TABLES = (
    Table(
        "identity.RealNameVerification",
        Part(
            about=_("Real name"),
            whose=Whose("user"),
            data=(
                Datum(
                    what=_("name on the document, encrypted"),
                    columns=("concealed_name",),
                    why=Purpose.REAL_NAME,
                    kept=Kept.ACCOUNT,
                    erased=AtErasure.DELETED,
                    shown=_name,
                ),
                Datum(
                    what=_("number of the document, encrypted, and a value for comparison"),
                    columns=("concealed_number", "document"),
                    why=Purpose.REAL_NAME,
                    kept=Kept.ACCOUNT,
                    erased=AtErasure.DELETED,
                    shown=in_code,
                ),
                Datum(
                    what=_("kind of document, who issued it, where you live"),
                    columns=("kind", "issuer", "region"),
                    why=Purpose.REAL_NAME,
                    kept=Kept.ACCOUNT,
                    erased=AtErasure.DELETED,
                ),
                Datum(
                    what=_("when you handed it in and agreed; what became of it, and why"),
                    columns=("applied_at", "consented_at", "state", "moved_at", "reason"),
                    why=Purpose.REAL_NAME,
                    kept=Kept.ACCOUNT,
                    erased=AtErasure.DELETED,
                ),
            ),
        ),
        plain={ROW: "id public_id", COUNTED: "version"},
    ),
)
