"""What the directory can be asked. A wrong filter is named beside its field and left out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.profiles.queries import Ask
from marketplace.profiles.wording import Availability, SolverCategory
from marketplace.registry.models import TechnologyField
from marketplace.registry.web.fields import RegionField
from marketplace.workbooks.lines import one_line

LONGEST_ASKED = 200


class DirectoryForm(forms.Form):
    """Text, kind, field, region and availability."""

    q = forms.CharField(label=_("Search people"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of solver"), required=False, choices=[("", _("all")), *SolverCategory.choices]
    )
    field = forms.ModelChoiceField(
        label=_("Technology field"),
        required=False,
        queryset=TechnologyField.objects.none(),
        to_field_name="code",
        empty_label=_("all"),
    )
    region = RegionField(required=False, empty_label=_("all"))
    availability = forms.ChoiceField(
        label=_("Availability"), required=False, choices=[("", _("all")), *Availability.choices]
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["field"].queryset = TechnologyField.objects.all()  # type: ignore[attr-defined]  # a choice of rows

    def clean_q(self) -> str:
        """The text on one line; its end is cut off beyond what is read."""
        return one_line(self.cleaned_data["q"][: LONGEST_ASKED * 4])[:LONGEST_ASKED]

    @property
    def ask(self) -> Ask:
        """What was asked, without what was asked wrongly."""
        self.is_valid()
        asked = self.cleaned_data
        field, region = asked.get("field"), asked.get("region")
        return Ask(
            text=asked.get("q") or "",
            kind=asked.get("kind") or "",
            availability=asked.get("availability") or "",
            field=field.code if field else "",
            region=region.code if region else "",
        )
