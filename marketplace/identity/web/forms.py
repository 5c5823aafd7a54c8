"""Saying who one is, and comparing it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.names import refuse_unreadable
from marketplace.accounts.web.forms import LONGEST_REASON, name_field
from marketplace.identity import documents
from marketplace.identity.documents import LONGEST_NUMBER, Document, DocumentKind
from marketplace.identity.services import Application
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.moments import BEIJING
from marketplace.registry.web.fields import RegionField

LONGEST_LINES = 200


def _number(label: Any, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=LONGEST_NUMBER, required=False, widget=widget, **options)


class RealNameForm(forms.Form):
    """Name, document, place and consent. Only what belongs to the chosen kind of document is looked at."""

    real_name = name_field(
        label=_("Name on the document"),
        longest=80,
        help_text=_("Administrators of your region can read it, your colleagues cannot."),
    )
    kind = forms.ChoiceField(
        label=_("Document"), choices=DocumentKind.choices, widget=forms.RadioSelect, initial=DocumentKind.ID_CARD
    )
    id_number = _number(_("Identity card number"), help_text=_("18 characters."))
    passport_lines = forms.CharField(
        label=_("The two lines at the foot of the passport's data page"),
        max_length=LONGEST_LINES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false", "class": "figures"}),
        help_text=_("44 characters each, with the signs <; they hold number, country and last day."),
    )
    other_name = forms.CharField(
        label=_("Which document, issued by whom"),
        max_length=80,
        required=False,
        validators=[refuse_unreadable],
        help_text=_("Such as a residence permit for Hong Kong, Macao and Taiwan residents."),
    )
    other_number = _number(_("Number of the document"))
    region = RegionField(
        label=_("Where you live"), empty_label=_("Please choose"), help_text=_("Its administrators compare it.")
    )
    consent = forms.BooleanField(
        label=_("I agree that my name and the number of my document are kept, encrypted, to verify who I am."),
        help_text=_("Only administrators of your region can read the name; nobody reads the number."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("id_number", "passport_lines", "other_name", "other_number"):
            self.fields[name].needed = True  # type: ignore[attr-defined]  # read by templates/django/forms/field.html

    def clean(self) -> dict[str, Any]:
        """The document of the chosen kind, its check digits proved."""
        cleaned = super().clean() or {}
        if "kind" in cleaned:
            try:
                self.document = self._document(cleaned)
            except Refusal as wrong:
                self.add_error(wrong.field, wrong.message)
        return cleaned

    @property
    def application(self) -> Application:
        """What the services take."""
        typed = self.cleaned_data
        return Application(name=typed["real_name"], document=self.document, region=typed["region"])

    @staticmethod
    def _document(typed: dict[str, Any]) -> Document:
        today = clock.now().astimezone(BEIJING).date()
        if typed["kind"] == DocumentKind.ID_CARD:
            return documents.id_card(typed.get("id_number", ""))
        if typed["kind"] == DocumentKind.PASSPORT:
            return documents.passport(typed.get("passport_lines", ""), today=today)
        return documents.other(typed.get("other_name", ""), typed.get("other_number", ""))


class CompareForm(forms.Form):
    """What the officer reads from the document."""

    number_read = forms.CharField(
        label=_("Number, as you read it from the document"),
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("You are not shown what was typed: only what you read can agree with it."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReturnForm(forms.Form):
    """What has to be corrected, in words its owner will read."""

    reason = forms.CharField(
        label=_("What has to be corrected"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person will read it."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
