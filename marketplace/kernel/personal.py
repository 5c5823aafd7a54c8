"""What is kept about people, declared column by column (个人信息保护法 art. 17, 45, 47; I29).

Each app says in its `personal.py` of each of its tables which columns say something of a person, and of the others
why they do not. `marketplace.privacy` reads these declarations: the public table, a person's own copy and the erasure
are made from them alone, and a column that nobody has declared fails a test.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

Row = Any
"""A row of any table; this module knows no model."""


class Basis(models.TextChoices):
    """Why the law lets it be kept (个人信息保护法 art. 13, 29)."""

    CONTRACT = "CONTRACT", _("needed for the agreement with you")
    DUTY = "DUTY", _("a duty by law")
    CONSENT = "CONSENT", _("your consent")
    SENSITIVE = "SENSITIVE", _("your separate consent")


class Purpose(models.TextChoices):
    """What it is kept for."""

    ACCOUNT = "ACCOUNT", _("to sign you in and to write to you")
    SAFETY = "SAFETY", _("to keep your account safe and to clear up attacks")
    REAL_NAME = "REAL_NAME", _("to know who proposes and who is awarded")
    BELONGING = "BELONGING", _("for permissions and conflicts of interest")
    EXPERTISE = "EXPERTISE", _("to find experts and to draw panels")
    PROFILE = "PROFILE", _("so that others find you and know what you can do")
    POSTING = "POSTING", _("to post challenges and to answer questions about them")
    PROPOSING = "PROPOSING", _("to have your proposals judged")
    RECORD = "RECORD", _("so that anybody can check how a decision came about")
    TELLING = "TELLING", _("to tell you what concerns you")
    PROOF = "PROOF", _("to prove what you agreed to")

    @property
    def basis(self) -> Basis:
        """The ground in law."""
        return BASES.get(self, Basis.CONTRACT)


BASES = {
    Purpose.SAFETY: Basis.DUTY,
    Purpose.REAL_NAME: Basis.SENSITIVE,
    Purpose.EXPERTISE: Basis.CONSENT,
    Purpose.PROFILE: Basis.CONSENT,
    Purpose.RECORD: Basis.DUTY,
    Purpose.PROOF: Basis.DUTY,
}


class Kept(models.TextChoices):
    """How long. `%(days)d` is settings.SECURITY_LOG_DAYS."""

    ACCOUNT = "ACCOUNT", _("as long as the account exists")
    SESSION = "SESSION", _("until you sign out, twelve hours at most")
    SECURITY = "SECURITY", _("for %(days)d days")
    LETTER = "LETTER", _("until 30 days after it was sent")
    WEEK = "WEEK", _("for some days")
    RECORD = "RECORD", _("for good")


class AtErasure(models.TextChoices):
    """What becomes of it when its person has their account erased."""

    DELETED = "DELETED", _("deleted")
    EMPTIED = "EMPTIED", _("emptied")
    REPLACED = "REPLACED", _("replaced by a label without a name")
    KEPT = "KEPT", _("stays, under a label without a name")
    UNTIL_DUE = "UNTIL_DUE", _("stays until its time is over, under a label without a name")


STAYING = frozenset({AtErasure.KEPT, AtErasure.UNTIL_DUE})


class Key(Enum):
    """By what of a person a row is known to be theirs."""

    ROW = "the key of their row"
    ID = "their public id"
    MAIL = "one of their e-mail addresses, in any case"
    SESSION = "the key of a session in which they are or were signed in"
    NAME = "an address of theirs, standing anywhere in the text"


@dataclass(frozen=True)
class Whose:
    """Where in a row it stands whose it is: a lookup path, and what is found there; `prefix` stands before it.

    For a name that may stand in several texts there are several paths, by blanks.
    """

    path: str
    by: Key = Key.ROW
    prefix: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """More than one where a name may stand in several texts."""
        return tuple(self.path.split())


@dataclass(frozen=True, kw_only=True)
class Datum:
    """One line of the public table: some columns that say one thing of a person.

    `shown` is how the person reads a row's columns, where that is not as they are kept: nothing that opens a door and
    no number of a document leaves the database. `spoken` is what their page says of it, where columns hold codes that
    only the file gives. `put` gives what replaces them.
    """

    what: Any
    columns: tuple[str, ...]
    why: Purpose
    kept: Kept
    erased: AtErasure
    shown: Callable[[Row], Any] | None = None
    spoken: Callable[[Row], Sequence[Any]] | None = None
    put: Callable[[Row], Mapping[str, Any]] | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """What rows of one table say of one person: `whose` they are, under what heading it reads, and each datum.

    A part that is deleted is deleted by the row. `where` narrows it to some of the rows. `states` gives the fact that a
    row of it changed, where somebody listens. One that is not `told` is in no person's copy: it is somebody else's row.
    """

    about: Any
    whose: Whose
    data: tuple[Datum, ...]
    where: Mapping[str, Any] = field(default_factory=dict)
    states: Callable[[Row], Any] | None = None
    told: bool = True

    def __post_init__(self) -> None:
        gone = {datum.erased == AtErasure.DELETED for datum in self.data}
        if len(gone) != 1:
            raise ValueError(f"{self.about}: rows are deleted whole or not at all")

    @property
    def is_deleted(self) -> bool:
        """Whether its rows go altogether."""
        return self.data[0].erased == AtErasure.DELETED

    @property
    def columns(self) -> Iterator[str]:
        """The columns it declares."""
        return (column for datum in self.data for column in datum.columns)


class Table:
    """One table by the name of its model: its parts about people, and its other columns by why they are not.

    `plain` has the reason as key and the columns, by blanks, as value.
    """

    def __init__(self, model: str, *parts: Part, plain: Mapping[str, str] | None = None) -> None:
        self.model = model
        self.parts = parts
        self.plain = {reason: tuple(columns.split()) for reason, columns in (plain or {}).items()}

    @property
    def declared(self) -> list[str]:
        """Every column that is declared: as personal, as what tells whose a row is, or as neither."""
        told = {column for part in self.parts for column in part.columns}
        owning = {path.split("__")[0] for part in self.parts for path in part.whose.paths}
        return [*(told | owning), *(column for columns in self.plain.values() for column in columns)]


ROW = "names the row, or another one that is no person"
COUNTED = "counts or orders"
RULED = "set by the platform's rules or by a library, alike for everybody"
MATTER = "says something of a matter or an organisation, not of a person"
WORLD = "reference data of the world outside"
"""Reasons why a column is not personal."""


def masked(name: str) -> str:
    """The first character of a name, and a star for each of the others: enough to know one's own again."""
    return name[:1] + "*" * (len(name) - 1)


def in_code(_row: Row) -> str:
    """How its own person reads a column that only machines may read."""
    return str(_("kept encrypted or as a one-way value; never shown"))
