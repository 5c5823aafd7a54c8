"""What a reference may say, and when two are the same. Pure: for what is typed and for what files bring."""

import re
import unicodedata
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.errors import Refusal
from marketplace.profiles.wording import ReferenceKind
from marketplace.registry import wording
from marketplace.workbooks.lines import one_line

EARLIEST_YEAR, LATEST_YEAR = 1800, 2100
DOI = re.compile(r"10\.\d{4,9}/[^\s<>\"]+")
DOI_BEFORE = re.compile(r"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*|doi\s+)", re.IGNORECASE)
LONGEST = {"title": 500, "place": 300, "identifier": 200, "link": 500}
SAFE_LINK = URLValidator(schemes=["https"])


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A publication or a patent as somebody or some file states it."""

    kind: str
    title: str
    year: int | None = None
    identifier: str = ""
    place: str = ""
    link: str = ""

    @property
    def same(self) -> tuple[str, ...]:
        """What two citations of one thing have in common: the identifier, or else title and year."""
        if self.identifier:
            return (self.kind, self.identifier)
        return (self.kind, folded(self.title), str(self.year or ""))


def cleaned(said: Citation) -> Citation:
    """The citation in one form. Raises Refusal naming the field for what cannot stand."""
    line = replace(said, title=one_line(said.title), place=one_line(said.place), link=one_line(said.link))
    line = replace(line, identifier=identifier_of(said.kind, said.identifier))
    if said.kind not in ReferenceKind.values:
        raise Refusal(_("Please choose what it is."), field="kind")
    if not line.title:
        raise Refusal(_("A reference needs a title."), field="title")
    for name, most in LONGEST.items():
        if len(getattr(line, name)) > most:
            raise Refusal(_("This is too long."), field=name)
    if said.year is not None and not EARLIEST_YEAR <= said.year <= LATEST_YEAR:
        raise Refusal(_("Please give the year in four digits."), field="year")
    if line.link and not is_safe(line.link):
        raise Refusal(_("A link begins with https:// and leads to a page on the web."), field="link")
    return line


def identifier_of(kind: str, text: str) -> str:
    """A DOI without its address and in lower case (DOIs are alike in any case), or a patent's number without blanks."""
    line = one_line(text)
    if kind == ReferenceKind.PATENT:
        return "".join(line.split()).upper()
    bare = DOI_BEFORE.sub("", line)
    return bare.lower() if DOI.fullmatch(bare) else line


def is_safe(link: str) -> bool:
    """Whether it is an https address without a name and password in it."""
    try:
        SAFE_LINK(link)
        return "@" not in urlsplit(link).netloc
    except (ValidationError, ValueError):
        return False


def plain(text: str) -> str:
    """The text with its lines, without characters that only act."""
    return "".join(one for one in text if one == "\n" or unicodedata.category(one) not in {"Cc", "Cs"}).strip()


def folded(text: str) -> str:
    """The text as it is compared: any width, any case, simplified characters, blanks as one."""
    return " ".join(wording.plain(text).split())
