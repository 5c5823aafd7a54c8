"""What is kept of who sits in which department (`kernel.personal`)."""

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.personal import COUNTED, MATTER, ROW, AtErasure, Datum, Kept, Part, Purpose, Table, Whose

TABLES = (
    Table(
        "structure.Placement",
        Part(
            about=_("Department"),
            whose=Whose("user"),
            data=(
                Datum(
                    what=_("in which department of which organisation you sit or sat, from when until when"),
                    columns=("organisation", "department", "valid_from", "valid_until"),
                    why=Purpose.BELONGING,
                    kept=Kept.ACCOUNT,
                    erased=AtErasure.DELETED,
                ),
            ),
        ),
        plain={ROW: "id"},
    ),
    Table(
        "structure.Department",
        plain={ROW: "id public_id", COUNTED: "version", MATTER: "organisation name opened_at closed_at"},
    ),
    Table(
        "structure.Affiliation",
        plain={ROW: "id public_id", COUNTED: "version moved_at", MATTER: "state child parent proposed_at"},
    ),
    Table(
        "structure.MailDomain",
        plain={
            ROW: "id public_id",
            COUNTED: "version moved_at tries",
            MATTER: "state organisation domain mailbox code claimed_at",
        },
    ),
)
