"""The pass phrase, typed from a card."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 200


class PhraseForm(forms.Form):
    """Six words; shown by no browser to the next who sits there."""

    phrase = forms.CharField(
        label=_("Pass phrase"),
        max_length=LONGEST,
        strip=True,
        help_text=_("The six words of your card, with blanks between them."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )

    def __init__(self, data: Any = None, *, shown: str = "") -> None:
        """`shown` is what the demonstration fills in."""
        super().__init__(data, initial={"phrase": shown})
        if shown:
            self.fields["phrase"].widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
