"""The kinds of file that are taken in, what each is served as, and how a name says which one it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """By their usual ending; `.jpeg` is the same as `.jpg`."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    PPTX = "pptx", "PowerPoint"
    PNG = "png", _("PNG picture")
    JPG = "jpg", _("JPEG picture")
    TXT = "txt", _("plain text")
    CSV = "csv", "CSV"


SAME = {"jpeg": Kind.JPG}
OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: f"{OFFICE}.wordprocessingml.document",
    Kind.XLSX: f"{OFFICE}.spreadsheetml.sheet",
    Kind.PPTX: f"{OFFICE}.presentationml.presentation",
    Kind.PNG: "image/png",
    Kind.JPG: "image/jpeg",
    Kind.TXT: "text/plain; charset=utf-8",
    Kind.CSV: "text/csv; charset=utf-8",
}
PAPERS = frozenset({Kind.PDF, Kind.PNG, Kind.JPG})
"""What a scanned or signed paper comes as."""


def kind_of(name: str) -> Kind | None:
    """Which kind a name's ending says; None for one that is not taken in."""
    ending = name.rpartition(".")[2].lower()
    return SAME.get(ending) or (Kind(ending) if ending in Kind.values else None)
