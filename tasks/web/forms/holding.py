"""Suspending a call, and lifting the suspension."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tasks.challenges.holding import LONGEST_REASON, SHORTEST_REASON
from tasks.web.forms.inputs import LinesField, version_field


class HoldForm(forms.Form):
    """The reason, which everybody reads."""

    reason = LinesField(
        label=_("Reason"),
        rows=4,
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        help_text=_("Everybody reads it."),
    )
    version = version_field()
