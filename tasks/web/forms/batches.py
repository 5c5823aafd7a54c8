"""Beginning a batch or a product programme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import User
from tasks.challenges.choices import BatchKind
from tasks.web.forms.inputs import LineField

LONGEST = 10_000


class BatchForm(forms.Form):
    """What it is called, when it opens, and why."""

    organisation = forms.ChoiceField(label=_("Organisation that posts"))
    kind = forms.ChoiceField(label=_("What it is"), choices=BatchKind.choices, widget=forms.RadioSelect)
    title = LineField(label=_("Title"), max_length=120)
    title_en = LineField(label=_("Title in English"), max_length=200, required=False)
    opens_on = forms.DateField(
        label=_("Planned opening day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("It stands in the calendar from now on, so that solvers can prepare."),
    )
    study = forms.CharField(
        label=_("Study of the industry, or goals of the product"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    resources = forms.CharField(
        label=_("Resources you open"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("Samples, test stands, data, sales channels: for a product programme."),
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organisations = list(people.verified_organisations_of(person).order_by("name"))
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared so above
        field.choices = [(one.public_id, str(one)) for one in self.organisations]

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes."""
        chosen = self.cleaned_data["organisation"]
        organisation = next(one for one in self.organisations if one.public_id == chosen)
        return {**self.cleaned_data, "organisation": organisation}
