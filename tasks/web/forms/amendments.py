"""What an officer changes of an open call, or makes clear."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tasks.amendments.rules import LONGEST_CLARIFICATION, Change
from tasks.challenges.models import Challenge
from tasks.web.forms.inputs import AmountField, BeijingMomentField, version_field


def _words(label: Any, rows: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_CLARIFICATION,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


class AmendmentForm(forms.Form):
    """L06: a later deadline, a higher reward, a clarification, or several at once."""

    clarification = _words(
        _("What is made clear"), 5, help_text=_("Everybody reads it. Indicators, criteria and rights stay as they are.")
    )
    clarification_en = _words(_("The same in English"), 4)
    deadline = BeijingMomentField(
        label=_("New deadline (Beijing time)"), required=False, help_text=_("Later than now stated, or left empty.")
    )
    bounty = AmountField(
        label=_("New reward, in 10,000 CNY"), required=False, help_text=_("Higher than now stated, or left empty.")
    )
    version = version_field()

    def __init__(self, data: QueryDict | None = None, *, challenge: Challenge, proposed: datetime | None) -> None:
        super().__init__(data, initial={"deadline": proposed, "version": challenge.version})
        if challenge.language.startswith("en"):
            del self.fields["clarification_en"]

    @property
    def amendment(self) -> dict[str, Any]:
        """What was typed, as the service takes it, and the version it was typed for."""
        return {"change": self._change(), "version": self.cleaned_data["version"]}

    def _change(self) -> Change:
        typed = self.cleaned_data
        return Change(
            deadline=typed["deadline"],
            bounty=typed["bounty"],
            clarification=typed["clarification"].strip(),
            clarification_en=typed.get("clarification_en", "").strip(),
        )
