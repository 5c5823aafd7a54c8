"""Bringing a file."""

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.vault.doors import Door

BLIND = _(
    "{kinds}; {limit} at most. It is examined and kept encrypted. Those who read it do not learn whose it is: authors, "
    "comments, details of pictures and the file's name are taken out, tracked changes accepted."
)


class FileForm(forms.Form):
    """What the file is, and the file."""

    purpose = forms.ChoiceField(label=_("What it is"))
    file = forms.FileField(label=_("File"), max_length=1000)

    def __init__(self, *args: Any, at: Door, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = list(at.purposes.items())  # type: ignore[attr-defined]  # a choice field
        prepare(self.fields["file"], at)


def prepare(field: forms.Field, at: Door) -> None:
    """Say what the door takes, so that a wrong file is not even chosen."""
    endings = sorted(kind.value for kind in at.kinds)
    field.widget.attrs["accept"] = ",".join(f".{one}" for one in (*endings, "jpeg"))
    said = BLIND if at.blind else _("{kinds}; {limit} at most. It is examined and kept encrypted.")
    field.help_text = format_lazy(
        said,
        kinds=", ".join(one.upper() for one in endings),
        limit=filesizeformat(at.largest),
    )
