"""What is typed in the back office: a proposal, a refusal, what one looks for."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.roles import Role, Scope
from marketplace.administration import trail
from marketplace.administration.models import LONGEST_REASON, Act
from marketplace.administration.services import Change
from marketplace.administration.trail import Asked
from marketplace.kernel.moments import BEIJING
from marketplace.registry.calendar import ONE_DAY
from marketplace.registry.web.fields import RegionField

LONGEST_ADDRESS = 254
LONGEST_STREAM = 64

IN_OUR_TIME = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2199, 12, 31))]


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=False, widget=widget, validators=IN_OUR_TIME)


class ProposeForm(forms.Form):
    """Whom, what, where, until when and why."""

    person = forms.CharField(
        label=_("Person concerned"),
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("A confirmed e-mail address, or the id of the account."),
    )
    act = forms.ChoiceField(
        label=_("What is proposed"),
        choices=[(Act.GIVE, _("to give the office")), (Act.END, _("to end the office"))],
        widget=forms.RadioSelect,
        initial=Act.GIVE,
    )
    role = forms.ChoiceField(label=_("Office"), choices=Role.choices)
    region = RegionField(
        label=_("For"), required=False, empty_label=_("whole platform"), help_text=_("A region covers what lies in it.")
    )
    until = _day(_("Last day"), _("Beijing time. Empty: without end."))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The second person reads it, and it stays in the audit trail. Write nothing personal."),
    )

    @property
    def change(self) -> Change:
        """What the services take."""
        typed = self.cleaned_data
        region, last = typed["region"], typed["until"]
        return Change(
            act=Act(typed["act"]),
            role=Role(typed["role"]),
            scope=Scope.REGION if region else Scope.PLATFORM,
            scope_id=region.code if region else "",
            until=_end_of(last) if last and typed["act"] == Act.GIVE else None,
            reason=typed["reason"],
        )


class ConfirmForm(forms.Form):
    """What the second person has looked at."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RefuseForm(ConfirmForm):
    """Why not."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever proposed it reads it, and it stays in the audit trail."),
    )


class LostForm(forms.Form):
    """What happened to the second factor."""

    reason = forms.CharField(
        label=_("What happened"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as: phone stolen on Monday, recovery codes were on it. Administrators read it."),
    )


class VouchForm(ConfirmForm):
    """How the first administrator found out who asks."""

    how = forms.CharField(
        label=_("How you found out who asks"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Such as: rang their office under its published number. The second administrator reads it, and it stays in "
            "the audit trail. Write no number of a document."
        ),
    )


class RefuseResetForm(ConfirmForm):
    """Why not."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever asked reads it, and it stays in the audit trail."),
    )


class Filter(forms.Form):
    """Nothing of it has to be filled in, which need not be said of each field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.needed = True  # type: ignore[attr-defined]  # read by templates/django/forms/field.html


class GrantsFilter(Filter):
    """Which grants are listed."""

    person = forms.CharField(
        label=_("Holder"),
        max_length=LONGEST_ADDRESS,
        required=False,
        help_text=_("Name shown to others, confirmed e-mail address, or id."),
    )
    role = forms.ChoiceField(label=_("Office"), choices=[("", _("all")), *Role.choices], required=False)
    region = RegionField(label=_("Region"), required=False, empty_label=_("all"))
    ended = forms.BooleanField(label=_("Also those that have ended"), required=False)


KINDS = {
    "person.": _("Accounts"),
    "role.": _("Offices"),
    "grant.": _("Offices proposed"),
    "real_name.": _("Real names"),
    "organisation.": _("Organisations"),
    "consent.": _("Consents of employers"),
    "file.": _("Files"),
    "expert.": _("Expert database"),
    "challenge.": _("Challenges"),
    "sheet.": _("Imported lists"),
    "proposal.": _("Opened proposals"),
    "review": _("Reviews of proposals"),
    "published_challenge.": _("Published calls"),
    "trail.": _("Audit trail"),
}
"""Kinds of facts by how they begin. All of them, whether or not there are any: a missing one would tell something."""


def kind_label(kind: str) -> Any:
    """In words what a fact of this kind is about."""
    return next((label for begins, label in KINDS.items() if kind.startswith(begins)), kind)


class TrailFilter(Filter):
    """Which facts are listed or taken away."""

    about = forms.CharField(
        label=_("Id or stream"),
        max_length=LONGEST_STREAM,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Whatever bears this id: a person, an organisation, a challenge, a file."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all")), *KINDS.items()], required=False)
    actor = forms.CharField(
        label=_("Who acted"),
        max_length=LONGEST_STREAM,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("The id of an account."),
    )
    first = _day(_("First day"))
    last = _day(_("Last day"), _("Both days included, Beijing time."))

    def clean(self) -> dict[str, Any]:
        """The first day is not after the last."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("last", _("This day is before the first one."))
        return cleaned

    @property
    def asked(self) -> Asked:
        """What the trail takes."""
        typed = self.cleaned_data
        texts = {name: typed.get(name, "").strip() for name in ("about", "kind", "actor")}
        return trail.Asked(**texts, first=typed.get("first"), last=typed.get("last"))


class ExportForm(TrailFilter):
    """The same, and as what file."""

    format = forms.ChoiceField(choices=[("csv", "CSV"), ("jsonl", "JSON lines")])


def _end_of(day: Any) -> datetime:
    """The first moment after this day, Beijing time."""
    return datetime.combine(day + ONE_DAY, time.min, BEIJING)
