"""Asking in public, and answering."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tasks.questions.lifecycle import RefusalGround
from tasks.questions.rules import LONGEST_ANSWER, LONGEST_QUESTION, SHORTEST_QUESTION
from tasks.web.forms.inputs import LinesField, version_field


class QuestionForm(forms.Form):
    """One question; it cannot be changed afterwards."""

    text = LinesField(
        label=_("Your question"),
        rows=5,
        min_length=SHORTEST_QUESTION,
        max_length=LONGEST_QUESTION,
        help_text=_("At most 1,000 characters. Write nothing that shows who you are or what you would propose."),
    )


class AnswerForm(forms.Form):
    """The sponsor's answer, in the challenge's language."""

    answer = LinesField(label=_("Answer"), rows=6, max_length=LONGEST_ANSWER, help_text=_("Everybody reads it."))
    answer_en = LinesField(label=_("The same in English"), rows=4, max_length=LONGEST_ANSWER, required=False)
    clarifies = forms.BooleanField(
        label=_("This makes clear what is asked"),
        required=False,
        help_text=_("Next you can publish it as an amendment too, so that everybody who answers is told."),
    )
    version = version_field()


class RefusalForm(forms.Form):
    """Why a question is not answered."""

    ground = forms.ChoiceField(
        label=_("Why it is not answered"), choices=RefusalGround.choices, widget=forms.RadioSelect
    )
    answer = LinesField(label=_("Reason"), rows=3, max_length=LONGEST_ANSWER, help_text=_("Everybody reads it."))
    version = version_field()
