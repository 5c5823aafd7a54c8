"""What a region administrator decides about a posting."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from tasks.web.forms.inputs import needed, version_field

LONGEST_REASON = 1000


class ApprovalForm(forms.Form):
    """L04: who adjudicates and who supervises; why a reading of the negative list does not apply."""

    adjudicator = forms.ChoiceField(
        label=_("Adjudicator"), help_text=_("Opens the proposals, leads the review and decides.")
    )
    supervisor = forms.ChoiceField(
        label=_("Supervisor"), help_text=_("Confirms the opening; never the adjudicator of the same case.")
    )
    clearance = needed(
        forms.CharField(
            label=_("Why the negative list does not apply"),
            max_length=LONGEST_REASON,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Needed for an approval; appears in the decision trail."),
        )
    )
    version = version_field()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        adjudicators: list[User],
        supervisors: list[User],
        hits: bool,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.people = {one.public_id: one for one in (*adjudicators, *supervisors)}
        for name, holders in (("adjudicator", adjudicators), ("supervisor", supervisors)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared so above
            choices = [(one.public_id, one.display_name) for one in holders]
            field.choices = [("", _("Please choose")), *choices]
        if not hits:
            del self.fields["clearance"]

    @property
    def decision(self) -> dict[str, Any]:
        """Arguments for `approve_challenge`."""
        given = self.cleaned_data
        return {
            "adjudicator": self.people[given["adjudicator"]],
            "supervisor": self.people[given["supervisor"]],
            "clearance": given.get("clearance", ""),
            "version": given["version"],
        }


class ReturnForm(forms.Form):
    """L03: what the sponsor has to change."""

    reason = forms.CharField(
        label=_("What has to be changed"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The sponsor's officers will read it."),
    )
    version = version_field()
