"""References from elsewhere: a file, read in a process of its own, or the record that ORCID shows to everybody."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import requests
import structlog
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.confined import TooCostly, run_confined
from marketplace.kernel.errors import Refusal
from marketplace.profiles.reading.found import LARGEST
from marketplace.profiles.references import Citation, cleaned

log = structlog.get_logger(__name__)

PATIENCE = 5
"""Seconds in which ORCID has to begin answering, and in which each further piece has to come."""
PATIENCE_IN_ALL = 15
PIECE = 16 * 1024
ENVIRONMENT: Mapping[str, str] = MappingProxyType({"OPENPYXL_LXML": "False"})
"""openpyxl reads by defusedxml then, whatever other packages have brought along."""
WHY = {
    "too_large": _("The file is too large."),
    "too_costly": _("Reading this file takes too long."),
    "no_record": _("This is no public record of ORCID as JSON."),
    "no_workbook": _("This is no workbook (.xlsx)."),
    "broken_workbook": _("The workbook is damaged or holds something that is not allowed in one."),
    "macros": _("The workbook holds macros. Please save it as .xlsx without them."),
    "locked": _("The workbook has a password. Please save it as .xlsx without one."),
    "old_workbook": _("This is a file of an old Excel (.xls). Please save it as .xlsx."),
    "no_head": _("No row names the columns; please use the template."),
    "no_answer": _("ORCID does not answer just now. Please try again later, or bring the file."),
}


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What can be taken over, as it would be written; what is there already is marked."""

    citations: list[Citation]
    texts: list[str]
    left_out: int


def read_file(kind: str, content: bytes, *, own_orcid: str = "") -> Offer:
    """What the file offers. Raises Refusal for an unreadable one, and for the record of somebody else."""
    try:
        said = run_confined("marketplace.profiles.reading", kind, [content], environment=ENVIRONMENT)
    except TooCostly as failure:
        raise Refusal(WHY["too_costly"], field="file") from failure
    if "unreadable" in said:
        raise Refusal(WHY[said["unreadable"]], field="file")
    if own_orcid and said["orcid"] not in {"", own_orcid}:
        raise Refusal(_("This is the record of another ORCID iD than yours."), field="file")
    return _offer(said)


def fetch(orcid: str) -> Offer:
    """What the public record of this ORCID iD offers, asked where the settings say. Raises Refusal."""
    if not orcid or not address():
        raise Refusal(_("Connect your ORCID account first."))
    return read_file("orcid", _fetched(f"{address()}/v3.0/{orcid}/record"), own_orcid=orcid)


def address() -> str:
    """Where ORCID's public interface is; "" where the settings name none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("orcid", {}).get("APPS", [])
    return str(apps[0]["settings"]["api"]) if apps else ""


def _fetched(where: str) -> bytes:
    """The answer, no longer than a file may be. No redirect is followed. Raises Refusal."""
    try:
        head = {"Accept": "application/json"}
        with requests.get(where, headers=head, timeout=PATIENCE, allow_redirects=False, stream=True) as answer:
            body = _body(answer) if answer.status_code == requests.codes.ok else b""
    except requests.RequestException as failure:
        log.warning("orcid gave no record", why=type(failure).__name__)
        body = b""
    if not body:
        raise Refusal(WHY["no_answer"])
    return body


def _body(answer: requests.Response) -> bytes:
    """The whole of it, or what is too much: then reading it says so."""
    until, body = time.monotonic() + PATIENCE_IN_ALL, b""
    for piece in answer.iter_content(PIECE):
        body += piece
        if len(body) > LARGEST:
            break
        if time.monotonic() > until:
            raise requests.Timeout("too slow")
    return body


def _offer(said: dict[str, Any]) -> Offer:
    """What may stand in a profile; the rest is counted as left out."""
    citations, left_out = [], said["left_out"]
    for one in said["references"]:
        try:
            citations.append(cleaned(Citation(**one)))
        except Refusal:
            left_out += 1
    return Offer(citations=citations, texts=said["texts"], left_out=left_out)
