"""Asking an employer, and answering for one."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organisation, User
from marketplace.accounts.queries import memberships_of
from marketplace.accounts.web.forms import LONGEST_REASON, name_field
from marketplace.consents.models import EmployerConsent
from marketplace.consents.services import Wish
from marketplace.consents.terms import CONDITIONS, Condition, ConsentKind, Period
from marketplace.registry.web.fields import RegionField

IN_OUR_TIME = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2199, 12, 31))]


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, widget=widget, input_formats=["%Y-%m-%d"], help_text=help_text, validators=IN_OUR_TIME
    )


class AskForm(forms.Form):
    """To what, from when until when, and who employs."""

    kind = forms.ChoiceField(label=_("Kind of work"), choices=ConsentKind.choices, widget=forms.RadioSelect)
    first_day = _day(_("First day"))
    last_day = _day(_("Last day"), _("Leave lasts three years at most."))
    organisation = forms.ModelChoiceField(
        label=_("Employer"),
        queryset=Organisation.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Another employer, which answers by letter"),
    )
    employer = name_field(
        label=_("Name of the employer"),
        longest=120,
        required=False,
        help_text=_("Only where it is not registered here. You hand in its letter in the next step."),
    )
    region = RegionField(
        label=_("Where it sits"),
        empty_label=_("Please choose"),
        required=False,
        help_text=_("This region's administrators read the letter."),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        belonging = memberships_of(person).values("organisation")
        houses = Organisation.objects.filter(pk__in=belonging).order_by("name")
        self.fields["organisation"].queryset = houses  # type: ignore[attr-defined]  # a choice of rows
        self.initial.setdefault("organisation", next((one.public_id for one in houses), ""))

    @property
    def wish(self) -> Wish:
        """What the services take."""
        said = self.cleaned_data
        period = Period(said["first_day"], said["last_day"])
        return Wish(period=period, **{name: said[name] for name in ("kind", "organisation", "employer", "region")})


class GiveForm(forms.Form):
    """Every condition of its kind, said one by one (J08)."""

    conditions = forms.MultipleChoiceField(
        label=_("The employer says"), choices=(), widget=forms.CheckboxSelectMultiple, required=False
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, of: EmployerConsent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed = CONDITIONS[ConsentKind(of.kind)]
        choices = [(one.value, one.label) for one in Condition if one in needed]
        self.fields["conditions"].choices = choices  # type: ignore[attr-defined]  # a choice field


class ReasonForm(forms.Form):
    """Why it is refused or taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The person will read it."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
