"""What is kept of mobile numbers (`personal.py`): the number that signs in, and one that waits for its code."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts import mobile_numbers
from marketplace.kernel.personal import COUNTED, ROW, AtErasure, Datum, Kept, Part, Purpose, Row, Table, Whose, in_code

ABOUT = _("Mobile number")


def masked(row: Row) -> str:
    """Its owner knows it again; a file that goes astray tells it to nobody."""
    return mobile_numbers.masked(row.number)


NUMBERS = (
    Table(
        "accounts.PhoneNumber",
        Part(
            about=ABOUT,
            whose=Whose("user"),
            data=(
                Datum(
                    what=_("the mobile number you sign in with"),
                    columns=("number",),
                    why=Purpose.ACCOUNT,
                    kept=Kept.ACCOUNT,
                    erased=AtErasure.DELETED,
                    shown=masked,
                ),
                Datum(
                    what=_("when you proved it"),
                    columns=("verified_at",),
                    why=Purpose.ACCOUNT,
                    kept=Kept.ACCOUNT,
                    erased=AtErasure.DELETED,
                ),
            ),
        ),
        plain={ROW: "id"},
    ),
    Table(
        "accounts.PhoneCode",
        Part(
            about=ABOUT,
            whose=Whose("user"),
            data=(
                Datum(
                    what=_("a mobile number you have not proved yet"),
                    columns=("number",),
                    why=Purpose.ACCOUNT,
                    kept=Kept.WEEK,
                    erased=AtErasure.DELETED,
                    shown=masked,
                ),
                Datum(
                    what=_("the code that was sent there, as an irreversible hash"),
                    columns=("digest",),
                    why=Purpose.ACCOUNT,
                    kept=Kept.WEEK,
                    erased=AtErasure.DELETED,
                    shown=in_code,
                ),
                Datum(
                    what=_("until when the code is good"),
                    columns=("valid_until",),
                    why=Purpose.ACCOUNT,
                    kept=Kept.WEEK,
                    erased=AtErasure.DELETED,
                ),
            ),
        ),
        plain={ROW: "id", COUNTED: "tries"},
    ),
)
