"""What these tables keep of people, those of the sign-in library and of the sessions among them (`kernel.personal`)."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.events import ExpertRemoved
from marketplace.accounts.leaving import unreachable
from marketplace.accounts.personal_at_providers import AT_PROVIDERS
from marketplace.accounts.personal_numbers import NUMBERS
from marketplace.accounts.terms import TEXTS
from marketplace.kernel.personal import (
    COUNTED,
    MATTER,
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
    in_code,
)

NEVER = "never written: permissions here are not Django's"
ACCOUNT, SIGN_IN, SECOND_STEP = _("Account"), _("Sign-in"), _("Two-step sign-in")
BELONGING, OFFICES, EXPERT = _("Organisations"), _("Offices"), _("Expert database")


def _address(row: Row) -> Mapping[str, Any]:
    return {"email": unreachable(row)}


def _no_password(_row: Row) -> Mapping[str, Any]:
    return {"password": make_password(None)}


def _named(row: Row) -> str:
    """A passkey's name, as its owner typed it; its key and the others' secrets are not told."""
    return str(row.data.get("name", "")) or in_code(row)


def _agreed(row: Row) -> list[Any]:
    titles = [one.title for one in TEXTS if one.code == row.code]
    return [*titles, row.edition, row.accepted_at]


def _office(row: Row) -> list[Any]:
    """Its name and its time; how far it reaches is in the file by a code."""
    return [row.get_role_display(), row.valid_from, row.valid_until]


USER = Table(
    "accounts.User",
    Part(
        about=ACCOUNT,
        whose=Whose("pk"),
        data=(
            Datum(
                what=_("e-mail address"),
                columns=("email",),
                why=Purpose.ACCOUNT,
                kept=Kept.ACCOUNT,
                erased=AtErasure.REPLACED,
                put=_address,
            ),
            Datum(
                what=_("name shown to others, language of letters"),
                columns=("display_name", "language"),
                why=Purpose.ACCOUNT,
                kept=Kept.ACCOUNT,
                erased=AtErasure.EMPTIED,
            ),
            Datum(
                what=_("password, as an irreversible hash"),
                columns=("password",),
                why=Purpose.ACCOUNT,
                kept=Kept.ACCOUNT,
                erased=AtErasure.REPLACED,
                put=_no_password,
                shown=in_code,
            ),
            Datum(
                what=_("last sign-in; why the operator closed the account, if it was closed"),
                columns=("last_login", "closed_because"),
                why=Purpose.SAFETY,
                kept=Kept.ACCOUNT,
                erased=AtErasure.EMPTIED,
            ),
            Datum(
                what=_("the code that stands for you in the record; when the account began, was closed and erased"),
                columns=("public_id", "date_joined", "is_active", "erasure_asked_at", "erased_at"),
                why=Purpose.RECORD,
                kept=Kept.RECORD,
                erased=AtErasure.KEPT,
            ),
        ),
    ),
    plain={ROW: "id", COUNTED: "session_epoch", RULED: "is_superuser is_sample"},
)

AGREED = Table(
    "accounts.Acceptance",
    Part(
        about=_("What you agreed to"),
        whose=Whose("user"),
        data=(
            Datum(
                what=_("which version of which text, and when"),
                columns=("code", "edition", "accepted_at"),
                spoken=_agreed,
                why=Purpose.PROOF,
                kept=Kept.RECORD,
                erased=AtErasure.KEPT,
            ),
        ),
    ),
    plain={ROW: "id"},
)

DEVICE = Table(
    "accounts.Device",
    Part(
        about=SIGN_IN,
        whose=Whose("user"),
        data=(
            Datum(
                what=_("when and from which network address you signed in"),
                columns=("since", "ip"),
                why=Purpose.SAFETY,
                kept=Kept.SECURITY,
                erased=AtErasure.UNTIL_DUE,
            ),
            Datum(
                what=_("what your browser said of itself"),
                columns=("user_agent",),
                why=Purpose.SAFETY,
                kept=Kept.SECURITY,
                erased=AtErasure.EMPTIED,
            ),
            Datum(
                what=_("which session it was"),
                columns=("session_key",),
                why=Purpose.SAFETY,
                kept=Kept.SECURITY,
                erased=AtErasure.EMPTIED,
                shown=in_code,
            ),
        ),
    ),
    plain={ROW: "id public_id"},
)

SESSION = Table(
    "sessions.Session",
    Part(
        about=SIGN_IN,
        whose=Whose("session_key", Key.SESSION),
        data=(
            Datum(
                what=_("your session: who is signed in, and what the page has to remember"),
                columns=("session_key", "session_data"),
                why=Purpose.ACCOUNT,
                kept=Kept.SESSION,
                erased=AtErasure.DELETED,
                shown=in_code,
            ),
            Datum(
                what=_("when the session ends"),
                columns=("expire_date",),
                why=Purpose.ACCOUNT,
                kept=Kept.SESSION,
                erased=AtErasure.DELETED,
            ),
        ),
    ),
)

CONFIRMATION = Table(
    "account.EmailConfirmation",
    Part(
        about=ACCOUNT,
        whose=Whose("email_address__user"),
        data=(
            Datum(
                what=_("a link that was sent to confirm an address"),
                columns=("created", "sent"),
                why=Purpose.ACCOUNT,
                kept=Kept.ACCOUNT,
                erased=AtErasure.DELETED,
            ),
            Datum(
                what=_("the secret of that link"),
                columns=("key",),
                why=Purpose.ACCOUNT,
                kept=Kept.ACCOUNT,
                erased=AtErasure.DELETED,
                shown=in_code,
            ),
        ),
    ),
    plain={ROW: "id"},
)

ADDRESS = Table(
    "account.EmailAddress",
    Part(
        about=ACCOUNT,
        whose=Whose("user"),
        data=(
            Datum(
                what=_("further e-mail addresses, and whether they are confirmed"),
                columns=("email", "verified", "primary"),
                why=Purpose.ACCOUNT,
                kept=Kept.ACCOUNT,
                erased=AtErasure.DELETED,
            ),
        ),
    ),
    plain={ROW: "id"},
)

SECOND = Table(
    "mfa.Authenticator",
    Part(
        about=SECOND_STEP,
        whose=Whose("user"),
        data=(
            Datum(
                what=_("authenticator app, passkey or recovery codes; since when, last used"),
                columns=("type", "created_at", "last_used_at"),
                why=Purpose.SAFETY,
                kept=Kept.ACCOUNT,
                erased=AtErasure.DELETED,
            ),
            Datum(
                what=_("its secret or public key, and the name you gave it"),
                columns=("data",),
                why=Purpose.SAFETY,
                kept=Kept.ACCOUNT,
                erased=AtErasure.DELETED,
                shown=_named,
            ),
        ),
    ),
    plain={ROW: "id"},
)

MEMBERSHIP = Table(
    "accounts.Membership",
    Part(
        about=BELONGING,
        whose=Whose("user"),
        data=(
            Datum(
                what=_("where you belonged, as what, from when until when"),
                columns=("organisation", "place", "valid_from", "valid_until"),
                why=Purpose.BELONGING,
                kept=Kept.RECORD,
                erased=AtErasure.KEPT,
            ),
        ),
    ),
    plain={ROW: "id"},
)

INVITATION = Table(
    "accounts.Invitation",
    Part(
        about=BELONGING,
        whose=Whose("email", Key.MAIL),
        data=(
            Datum(
                what=_("invitations that organisations wrote to your address"),
                columns=("email", "organisation", "place", "state", "created_at", "valid_until"),
                why=Purpose.BELONGING,
                kept=Kept.RECORD,
                erased=AtErasure.DELETED,
            ),
        ),
    ),
    Part(
        about=BELONGING,
        whose=Whose("invited_by"),
        data=(
            Datum(
                what=_("invitations that you wrote for an organisation; not to whom"),
                columns=("organisation", "place", "created_at"),
                why=Purpose.BELONGING,
                kept=Kept.RECORD,
                erased=AtErasure.KEPT,
            ),
        ),
    ),
    plain={ROW: "id public_id", COUNTED: "version moved_at"},
)


def _grant(path: str, what: Any, *columns: str) -> Part:
    datum = Datum(
        what=what, columns=columns, why=Purpose.RECORD, kept=Kept.RECORD, erased=AtErasure.KEPT, spoken=_office
    )
    return Part(about=OFFICES, whose=Whose(path), data=(datum,))


GRANT = Table(
    "accounts.RoleGrant",
    _grant("user", _("offices you hold or held"), "role", "scope", "scope_id", "valid_from", "valid_until"),
    _grant("granted_by", _("offices you gave to others; not to whom"), "role", "valid_from"),
    _grant("confirmed_by", _("offices of others that you confirmed; not whose"), "role", "valid_from"),
    plain={ROW: "id"},
)


def _expertise(what: Any, *columns: str) -> Datum:
    return Datum(what=what, columns=columns, why=Purpose.EXPERTISE, kept=Kept.ACCOUNT, erased=AtErasure.DELETED)


EXPERT_FIELDS = Table(
    "accounts.Expert_fields",
    Part(about=EXPERT, whose=Whose("expert__user"), data=(_expertise(_("your fields"), "technologyfield"),)),
    plain={ROW: "id"},
)

EXPERTS = Table(
    "accounts.Expert",
    Part(
        about=EXPERT,
        whose=Whose("user"),
        data=(
            _expertise(
                _("name or label, region, kind of institution"),
                "label",
                "region",
                "region_text",
                "organisation",
                "institution_type",
                "language",
                "source_id",
            ),
            _expertise(
                _("expertise, achievements, keywords, experience"),
                "expertise",
                "achievements",
                "keywords",
                "years_experience",
                "projects_done",
            ),
        ),
        states=ExpertRemoved.of,
    ),
    plain={ROW: "id public_id", COUNTED: "version", RULED: "is_sample"},
)

TABLES = (
    USER, CONFIRMATION, ADDRESS, SESSION, DEVICE, SECOND, AGREED, MEMBERSHIP, INVITATION, GRANT, EXPERT_FIELDS, EXPERTS,
    *AT_PROVIDERS, *NUMBERS,
    Table(
        "accounts.Organisation",
        plain={
            ROW: "id public_id",
            COUNTED: "version moved_at end_told_at",
            RULED: "is_sample",
            MATTER: "state kind sponsor_class name name_en uscc register_number ror lei region registered_at"
            " verified_until released_by_two corrections",
        },
    ),
    Table("accounts.User_groups", plain={NEVER: "id user group"}),
    Table("accounts.User_user_permissions", plain={NEVER: "id user permission"}),
)  # fmt: skip
