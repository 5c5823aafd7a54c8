"""What is kept of accounts at providers that sign people in (`personal.py`): whose they are there, and no token."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.personal import ROW, RULED, AtErasure, Datum, Kept, Part, Purpose, Row, Table, Whose

TOKENS_UNKEPT = "never written: no token of a provider is kept"


def _known_there(row: Row) -> Mapping[str, Any]:
    """With the provider, which by itself says nothing of a person."""
    moments = {"since": row.date_joined.isoformat(), "last": row.last_login.isoformat()}
    return {"provider": row.provider, "name": ", ".join(map(str, row.extra_data.values())), **moments}


AT_PROVIDERS = (
    Table("socialaccount.SocialToken", plain={TOKENS_UNKEPT: "id app account token token_secret expires_at"}),
    Table(
        "socialaccount.SocialAccount",
        Part(
            about=_("Accounts you sign in with elsewhere"),
            whose=Whose("user"),
            data=(
                Datum(
                    what=_("the provider, the name it gave you, since when, last used"),
                    columns=("extra_data", "date_joined", "last_login"),
                    why=Purpose.ACCOUNT,
                    kept=Kept.ACCOUNT,
                    erased=AtErasure.DELETED,
                    shown=_known_there,
                ),
                Datum(
                    what=_("what the provider knows you by"),
                    columns=("uid",),
                    why=Purpose.ACCOUNT,
                    kept=Kept.ACCOUNT,
                    erased=AtErasure.DELETED,
                ),
            ),
        ),
        plain={ROW: "id provider"},
    ),
    Table("socialaccount.SocialApp", plain={RULED: "id provider provider_id name client_id secret key settings"}),
)
