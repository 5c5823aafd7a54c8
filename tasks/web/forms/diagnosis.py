"""Asking an expert about a draft, and answering."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Expert
from tasks.diagnosis.services import LONGEST_COMMENT


class AskForm(forms.Form):
    """One of the experts of the draft's fields."""

    expert = forms.ChoiceField(label=_("Expert"))

    def __init__(self, *args: Any, experts: Iterable[Expert], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["expert"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared so above
        field.choices = [(one.public_id, _said(one)) for one in experts]


class CommentForm(forms.Form):
    """What would make the posting better."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What is unclear, what cannot be tested, what a solver would ask. Its sponsor reads it."),
    )


def _said(one: Expert) -> str:
    return f"{one.label} · {one.expertise[:60]}"
