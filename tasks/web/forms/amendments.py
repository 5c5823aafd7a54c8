"""What an officer changes of an open call, or makes clear."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tasks.amendments.rules import LONGEST_CLARIFICATION, Change
from tasks.challenges.models import Challenge
from tasks.questions.models import Question
from tasks.web.forms.inputs import AmountField, BeijingMomentField, LinesField, version_field


class AmendmentForm(forms.Form):
    """L06: a later deadline, a higher reward, a clarification, or several at once."""

    clarification = LinesField(
        label=_("What is made clear"),
        rows=5,
        max_length=LONGEST_CLARIFICATION,
        required=False,
        help_text=_("Everybody reads it. Indicators, criteria and rights stay as they are."),
    )
    clarification_en = LinesField(
        label=_("The same in English"), rows=4, max_length=LONGEST_CLARIFICATION, required=False
    )
    deadline = BeijingMomentField(
        label=_("New deadline (Beijing time)"), required=False, help_text=_("Later than now stated, or left empty.")
    )
    bounty = AmountField(
        label=_("New reward, in 10,000 CNY"), required=False, help_text=_("Higher than now stated, or left empty.")
    )
    version = version_field()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        challenge: Challenge,
        proposed: datetime | None,
        answered: Question | None = None,
    ) -> None:
        taken_up = {"clarification": answered.answer, "clarification_en": answered.answer_en} if answered else {}
        super().__init__(data, initial={"deadline": proposed, "version": challenge.version, **taken_up})
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
            clarification=typed["clarification"],
            clarification_en=typed.get("clarification_en", ""),
        )
