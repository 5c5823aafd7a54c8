"""A receipt to be checked, and the code that reads a sealed proposal again."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tasks.proposals import checking
from tasks.proposals.checking import LARGEST, LONGEST, NoReceipt, NothingInside, TooLarge

LONGEST_CODE = 80


UNREADABLE: dict[type[NoReceipt], Any] = {
    TooLarge: _("This is larger than any receipt. Choose the file that you downloaded here (.json or .pdf)."),
    NothingInside: _(
        "This PDF carries no receipt. Choose it as it was downloaded: printing or scanning it loses the file."
    ),
    NoReceipt: _("This is no receipt that can be read."),
}


class ReceiptForm(forms.Form):
    """A receipt: pasted, as the file it was downloaded as, or as the sheet of paper (PDF) that carries it."""

    file = forms.FileField(
        label=_("The file of the receipt (.json or .pdf)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json,.pdf"}),
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("What the QR code of a printed receipt holds."),
    )

    stamp = forms.FileField(
        label=_("Its time stamp (.tsr)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".tsr"}),
        help_text=_("Only where you have one as a file of its own; a PDF carries it."),
    )

    def clean(self) -> dict[str, Any]:
        """`given` is what is to be checked; what is wrong with it stands beside the field it came from."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        content = file.read(LARGEST + 1) if file else str(cleaned.get("text", "")).encode()
        try:
            cleaned["given"] = checking.read(content)
        except NoReceipt as failure:
            self.add_error("file" if file else "text", ValidationError(UNREADABLE[type(failure)]))
        stamp = cleaned.get("stamp")
        cleaned["stamp"] = stamp.read(LONGEST + 1) if stamp else b""
        return cleaned


class CodeForm(forms.Form):
    """The reading code; where it may be left out, one begins from an empty page."""

    code = forms.CharField(
        label=_("Reading code"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
        help_text=_("Six groups of five, as you were shown them before you submitted."),
    )

    def __init__(self, data: Any = None, *, optional: bool = False) -> None:
        super().__init__(data, auto_id="code_%s")
        self.fields["code"].required = not optional


def as_text(said: dict[str, Any]) -> str:
    """A receipt as a file that people can look into."""
    return json.dumps(said, ensure_ascii=False, indent=2)
