"""A receipt (提交回执, H30) as a sheet of paper: one page of A4 (PDF) that carries the receipt itself as a file.

The same receipt is the same bytes: nothing stands on it but what was signed, and no moment but its own.
"""

import io
from datetime import UTC
from typing import Any

import pylopdf_fonts_zh_cn
import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import WrapMode

from marketplace.kernel.moments import exact_moment
from tasks.proposals import enclosed, receipts
from tasks.proposals.models import ReceiptTimestamp, SubmissionReceipt
from tasks.web.forms.receipts import as_text

FACE = "sans"
MARGIN, LABEL, VALUE = 20.0, 50.0, 120.0
"""Millimetres; a sheet is 210 wide."""
QR = 34.0
INK, SOFT, LINE = 20, 90, 200
"""Shades of grey."""


def sheet(receipt: SubmissionReceipt, stamp: ReceiptTimestamp | None = None) -> bytes:
    """The sheet in the language of the page; it carries the time stamp too, where there is one."""
    said = receipts.document(receipt)
    paper = _blank(receipt)
    _head(paper)
    for label, value in _rows(receipt, said):
        _row(paper, label, value)
    _foot(paper)
    _carry(paper, enclosed.RECEIPT, as_text(said).encode(), "application/json")
    if stamp is not None:
        _carry(paper, enclosed.STAMP, bytes(stamp.answer), "application/timestamp-reply")
    return bytes(paper.output())


def _carry(paper: FPDF, name: str, content: bytes, kind: str) -> None:
    """A file inside, of the receipt's own moment: the clock of the machine would make each copy another."""
    at = paper.creation_date
    paper.embed_file(
        bytes=content, basename=name, mime_type=kind, creation_date=at, modification_date=at, compress=True
    )


def _blank(receipt: SubmissionReceipt) -> FPDF:
    paper = FPDF(format="A4")
    paper.set_creation_date(receipt.decided_at.astimezone(UTC))
    paper.set_lang(get_language() or settings.LANGUAGE_CODE)
    paper.set_title(_("Submission receipt"))
    paper.set_margins(MARGIN, MARGIN, MARGIN)
    paper.set_auto_page_break(auto=False)
    paper.add_font(FACE, fname=pylopdf_fonts_zh_cn.sans_path())
    paper.add_page()
    return paper


def _head(paper: FPDF) -> None:
    _say(paper, "众研 Zhongyan", size=10, shade=SOFT)
    _say(paper, _("Submission receipt"), size=20)
    words = _(
        "It proves that this, and nothing else, was handed in at this moment. Keep it: whoever shows it can have it "
        "checked."
    )
    _say(paper, words, size=10, shade=SOFT)
    paper.ln(3)


def _rows(receipt: SubmissionReceipt, said: dict[str, Any]) -> list[tuple[str, str]]:
    """Every value of the receipt, in the order in which people ask for them."""
    submission = _("submission no. %(number)s") % {"number": said["number"]}
    place = _("no. %(number)s of this proposal") % {"number": said["sequence"]}
    return [
        (_("Platform"), said["platform"]),
        (_("Challenge"), said["challenge"]),
        (_("Proposal"), f"{said['proposal']} · {submission}"),
        (_("Handed in at"), exact_moment(receipt.decided_at, get_language() or "")),
        (_("The same as signed (UTC)"), said["decided_at"]),
        (_("Ticket of the submission"), said["ticket"]),
        (_("Digest of what was sealed (SHA-256)"), said["digest"]),
        (_("Commitment to its text (SHA-256)"), said["commitment"]),
        (_("Place in the decision trail"), f"{said['stream']} · {place}\n{said['fact']}"),
        (_("Fingerprint of the platform's key"), said["key"]),
        (_("Signature of the platform (Ed25519)"), said["signature"]),
        (_("Kind and form of the receipt"), f"{said['kind']} · {said['form']}"),
    ]


def _row(paper: FPDF, label: str, value: str) -> None:
    """A label and its value side by side, with a line above; as high as the higher of the two."""
    top = paper.get_y()
    paper.set_draw_color(LINE)
    paper.line(MARGIN, top, MARGIN + LABEL + VALUE, top)
    bottoms = [_cell(paper, label, MARGIN, top, LABEL, SOFT), _cell(paper, value, MARGIN + LABEL, top, VALUE, INK)]
    paper.set_xy(MARGIN, max(bottoms))


def _cell(paper: FPDF, words: str, left: float, top: float, width: float, shade: int) -> float:
    """Where it ends."""
    paper.set_font(FACE, size=8.5)
    paper.set_text_color(shade)
    paper.set_xy(left, top + 1.6)
    paper.multi_cell(width, 4.4, words, align="L", wrapmode=WrapMode.CHAR if shade == INK else WrapMode.WORD)
    return paper.get_y() + 1.6


def _foot(paper: FPDF) -> None:
    """How it is checked: the page that does it, as address and as QR code, and the file inside."""
    address = settings.SITE_URL.rstrip("/") + reverse("proposals:check")
    top = paper.get_y() + 5
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="png", scale=8, border=4)
    paper.image(drawn, x=MARGIN, y=top, w=QR, h=QR, alt_text=_("QR code that leads to the page that checks receipts"))
    paper.set_left_margin(MARGIN + QR + 4)
    paper.set_xy(MARGIN + QR + 4, top + 2)
    _say(paper, _("Have it checked"), size=12)
    words = _(
        "Open the address below and hand in this file. The receipt itself is inside it (receipt.json), so this file "
        "alone is enough; printed, the values above can be compared by eye."
    )
    _say(paper, words, size=9, shade=SOFT)
    _say(paper, address, size=9)


def _say(paper: FPDF, words: str, *, size: float, shade: int = INK) -> None:
    paper.set_font(FACE, size=size)
    paper.set_text_color(shade)
    chinese = (get_language() or "").startswith("zh")
    wrapmode = WrapMode.CHAR if chinese else WrapMode.WORD  # Chinese has no blanks to break at
    paper.multi_cell(0, size * 0.56, words, align="L", wrapmode=wrapmode, new_x="LMARGIN", new_y="NEXT")
