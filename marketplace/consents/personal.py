"""What is kept of employers' consents (`kernel.personal`)."""

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.personal import COUNTED, ROW, AtErasure, Datum, Kept, Part, Purpose, Row, Table, Whose


def _nothing(_row: Row) -> dict[str, object]:
    return {"employer": "—", "reason": ""}


TABLES = (
    Table(
        "consents.EmployerConsent",
        Part(
            about=_("Consent of your employer"),
            whose=Whose("person"),
            data=(
                Datum(
                    what=_("your employer, where it is not registered here, and why it refused or took back"),
                    columns=("employer", "reason"),
                    why=Purpose.PROPOSING,
                    kept=Kept.ACCOUNT,
                    erased=AtErasure.REPLACED,
                    put=_nothing,
                ),
                Datum(
                    what=_("organisation or region, kind of work, days, what became of it and when"),
                    columns=(
                        *("organisation", "region", "kind", "first_day", "last_day"),
                        *("asked_at", "state", "moved_at", "end_told_at"),
                    ),
                    why=Purpose.RECORD,
                    kept=Kept.RECORD,
                    erased=AtErasure.KEPT,
                ),
            ),
        ),
        plain={ROW: "id public_id", COUNTED: "version"},
    ),
)
