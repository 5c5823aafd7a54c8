"""What the demonstration remembers of people: the words on an invented officer's card (`kernel.personal`)."""

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
    in_code,
)

TABLES = (
    Table("demo.MovableClock", plain={ROW: "id", COUNTED: "version ahead"}),
    Table(
        "demo.PhraseCard",
        Part(
            about=_("Opening keys"),
            whose=Whose("officer"),
            data=(
                Datum(
                    what=_("the words on an invented officer's card, in the demonstration alone"),
                    columns=("phrase",),
                    why=Purpose.RECORD,
                    kept=Kept.ACCOUNT,
                    erased=AtErasure.DELETED,
                    shown=in_code,
                ),
            ),
        ),
        plain={ROW: "id"},
    ),
    Table("demo.Loading", plain={ROW: "id", COUNTED: "done total finished_at", RULED: "failure"}),
)
