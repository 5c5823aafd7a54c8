"""Asking that a call be cancelled, and deciding on it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tasks.cancelling.lifecycle import CancellationGround
from tasks.cancelling.services import LONGEST_REASONS, SHORTEST_REASONS
from tasks.web.forms.inputs import LinesField, version_field, which_field

YES, NO = "yes", "no"


class RequestForm(forms.Form):
    """The ground, and the reasons for the adjudicator."""

    ground = forms.ChoiceField(label=_("Ground"), choices=CancellationGround.choices, widget=forms.RadioSelect)
    reasons = LinesField(
        label=_("Reason"),
        rows=6,
        min_length=SHORTEST_REASONS,
        max_length=LONGEST_REASONS,
        help_text=_("Adjudicator and supervisor read them."),
    )


class DecisionForm(forms.Form):
    """Granted or refused, with the adjudicator's reasons."""

    granted = forms.ChoiceField(
        label=_("Decision"),
        choices=[(YES, _("Grant it: the call ends now, without an award")), (NO, _("Refuse it: the call goes on"))],
        widget=forms.RadioSelect,
    )
    reasons = LinesField(
        label=_("Reasons"),
        rows=6,
        min_length=SHORTEST_REASONS,
        max_length=LONGEST_REASONS,
        help_text=_("If it is granted everybody reads them, otherwise the sponsor."),
    )
    version = version_field()
    which = which_field()

    def clean_granted(self) -> bool:
        """The choice as a yes or no."""
        return bool(self.cleaned_data["granted"] == YES)
