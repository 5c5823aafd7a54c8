"""The documents by which people show who they are, and what can be told from their numbers alone. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric
from stdnum.exceptions import InvalidComponent

from marketplace.identity import mrz
from marketplace.kernel.errors import Refusal

LONGEST_NUMBER = 40
SHORTEST_NUMBER = 6
TELLING = 8
"""Numbers of at least this many characters are taken to be unique across issuers."""
ISSUED_BY_CHINA = "CHN"
ID_CARD = re.compile(r"[0-9]{17}[0-9X]")
OTHER_NUMBER = re.compile(r"[0-9A-Z\u4e00-\u9fff]+")


class DocumentKind(models.TextChoices):
    """H29. Whoever has neither of the first two names another; an officer looks at each of them."""

    ID_CARD = "ID_CARD", _("resident identity card of China")
    PASSPORT = "PASSPORT", _("passport")
    OTHER = "OTHER", _("another official document")


@dataclass(frozen=True)
class Document:
    """A kind, who issued it (ISO 3166-1 alpha-3, or a name) and its number as it is compared."""

    kind: DocumentKind
    issuer: str
    number: str

    @property
    def identity(self) -> str:
        """What makes two documents the same one: the number alone, which an officer reads.

        Kind and issuer are what somebody typed; only of a short number, which many issuers give out, are they part.
        """
        return self.number if len(self.number) >= TELLING else f"{self.kind}:{self.issuer}:{self.number}"


def normalised(number: str) -> str:
    """Capitals, without the blanks, dashes and full stops people put between groups."""
    return re.sub(r"[\s.\-]+", "", number).upper()


def id_card(number: str) -> Document:
    """GB 11643-1999: day of birth and check character fit. Raises Refusal.

    The place is not looked up: a table that lacks one county would shut its people out.
    """
    plain = normalised(number)
    if not _is_id_card(plain):
        raise Refusal(_("This is no valid identity card number; please compare it with the card."), field="id_number")
    return Document(DocumentKind.ID_CARD, ISSUED_BY_CHINA, plain)


def _is_id_card(number: str) -> bool:
    return bool(ID_CARD.fullmatch(number)) and number[-1] == ric.calc_check_digit(number) and _has_birthday(number)


def _has_birthday(number: str) -> bool:
    try:
        return bool(ric.get_birth_date(number))
    except InvalidComponent:
        return False


def passport(lines: str, *, today: date) -> Document:
    """Both lines at the foot of the data page, check digits and last day. Raises Refusal."""
    try:
        read = mrz.read(lines, today=today)
    except mrz.InvalidZone:
        raise Refusal(
            _("These are not the two lines of a passport, or a character is wrong; please compare them again."),
            field="passport_lines",
        ) from None
    if read.expires < today:
        raise Refusal(_("This passport is no longer valid."), field="passport_lines")
    return Document(DocumentKind.PASSPORT, read.issuer, read.number)


def other(name: str, number: str) -> Document:
    """Any other: what it is called and the number it bears. Raises Refusal."""
    plain, called = normalised(number), " ".join(unicodedata.normalize("NFKC", name).split())
    if not called:
        raise Refusal(_("Please say which document this is and who issued it."), field="other_name")
    if not SHORTEST_NUMBER <= len(plain) <= LONGEST_NUMBER or not OTHER_NUMBER.fullmatch(plain):
        raise Refusal(_("Please type the number as it stands on the document."), field="other_number")
    if _is_id_card(plain):
        raise Refusal(_("This is the number of an identity card; please choose that document."), field="kind")
    return Document(DocumentKind.OTHER, called, plain)
