"""A receipt to be checked, and the code that reads a sealed proposal again."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tasks.proposals import checking
from tasks.proposals.checking import LONGEST, NoReceipt

LONGEST_CODE = 80


class ReceiptForm(forms.Form):
    """The text of a receipt, pasted or as the file it was downloaded as."""

    file = forms.FileField(label=_("The file of the receipt (.json)"), required=False)
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("What the QR code of a printed receipt holds."),
    )

    def clean(self) -> dict[str, Any]:
        """`said` is the receipt itself. Raises ValidationError for what is none."""
        cleaned = super().clean() or {}
        try:
            cleaned["said"] = checking.read(self._given(cleaned))
        except (NoReceipt, UnicodeDecodeError):
            raise ValidationError(_("This is no receipt that can be read.")) from None
        return cleaned

    def _given(self, cleaned: dict[str, Any]) -> str:
        file = cleaned.get("file")
        return file.read(LONGEST + 1).decode() if file else str(cleaned.get("text", ""))


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
