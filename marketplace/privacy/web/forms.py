"""Asking for the erasure of one's account."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    """The one tick without which nothing happens; the password was asked for before the page opened."""

    sure = forms.BooleanField(
        label=_("Close my account now, and erase what the table says."),
        help_text=_("You cannot take this back yourself, and nobody can bring back what was erased."),
    )
