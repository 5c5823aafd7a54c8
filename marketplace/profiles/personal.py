"""What is kept of profiles (`kernel.personal`): all of it by consent, none of it longer than the account."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.personal import COUNTED, ROW, AtErasure, Datum, Kept, Part, Purpose, Row, Table, Whose
from marketplace.profiles import queries
from marketplace.profiles.events import ProfileErased
from marketplace.profiles.wording import EngagementMode, SolverCategory, Tongue

ABOUT = _("Expert and solver profile")


def _chosen(row: Row) -> Sequence[Any]:
    """Kinds, languages and ways of working by their names."""
    kinds, tongues = queries.known(row.kinds, SolverCategory), queries.known(row.languages, Tongue)
    ways = queries.known(row.engagement, EngagementMode)
    return [one.label for one in (*kinds, *tongues, *ways)]


def _nothing(_row: Row) -> Sequence[Any]:
    """The page shows the profile itself; this is only in the file."""
    return []


def _datum(what: Any, *columns: str, spoken: Any = None) -> Datum:
    return Datum(
        what=what,
        columns=columns,
        why=Purpose.PROFILE,
        kept=Kept.ACCOUNT,
        erased=AtErasure.DELETED,
        spoken=spoken,
    )


TABLES = (
    Table(
        "profiles.Listing",
        Part(
            about=ABOUT,
            whose=Whose("profile__user"),
            data=(
                _datum(
                    _("what the directory is searched by, for each audience"),
                    "audience", "text", "kinds", "fields", "availability", "region",
                    spoken=_nothing,
                ),
            ),
        ),
        plain={ROW: "id"},
    ),
    Table(
        "profiles.Reference",
        Part(
            about=ABOUT,
            whose=Whose("profile__user"),
            data=(
                _datum(_("publications and patents"), "kind", "title", "year", "identifier", "place", "link"),
            ),
        ),
        plain={ROW: "id public_id"},
    ),
    Table(
        "profiles.Profile_fields",
        Part(about=ABOUT, whose=Whose("profile__user"), data=(_datum(_("your technology fields"), "technologyfield"),)),
        plain={ROW: "id"},
    ),
    Table(
        "profiles.Profile",
        Part(
            about=ABOUT,
            whose=Whose("user"),
            data=(
                _datum(_("line about you, expertise, achievements"), "headline", "expertise", "achievements"),
                _datum(
                    _("what you are, languages, ways of working together"),
                    "kinds", "languages", "engagement",
                    spoken=_chosen,
                ),
                _datum(_("availability, country or region"), "availability", "region"),
                _datum(_("who may read which part"), "visibility", spoken=_nothing),
                _datum(_("whether it is published, and since when"), "state", "moved_at", "made_at"),
            ),
            states=ProfileErased.of,
        ),
        plain={ROW: "id public_id", COUNTED: "version"},
    ),
)  # fmt: skip
