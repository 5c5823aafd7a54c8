"""What adjudicators and reviewers type."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tasks.adjudication.models import Review
from tasks.adjudication.scoresheet import SheetLine
from tasks.adjudication.scoring import PERCENT
from tasks.adjudication.services import NOTHING_SAVED, SIZES
from tasks.challenges.models import Criterion
from tasks.web.forms.inputs import needed, version_field

LONGEST_REASON = 5000
LONGEST_NOTE = 500
KEPT = {"hx-preserve": "true"}
"""On a field in a part of the page that refreshes itself: what was typed survives. Not inside what is kept whole."""


def words_field(*, label: Any, longest: int = LONGEST_REASON, rows: int = 4, **options: Any) -> forms.CharField:
    """A text of some lines that a refresh of the page leaves alone."""
    return forms.CharField(
        label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows, **KEPT}), **options
    )


class SeenForm(forms.Form):
    """A bare button: the version of the case the person saw."""

    version = version_field()


class RejectForm(forms.Form):
    """L12: why a proposal does not meet the formal requirements."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The solver reads it. Formal grounds only; merit is for the reviewers."),
    )


class DrawForm(SeenForm):
    """L11: how many experts are drawn."""

    size = forms.TypedChoiceField(
        label=_("Number of experts"),
        coerce=int,
        choices=[(size, str(size)) for size in SIZES],
        initial=SIZES[0],
        widget=forms.RadioSelect,
        help_text=_("With five experts or more, the highest and the lowest total of a proposal do not count."),
    )


class DecideForm(SeenForm):
    """L15: the winner and the reasons."""

    winner = forms.ChoiceField(label=_("Winner"), widget=forms.Select(attrs=KEPT))
    reasons = words_field(label=_("Reasons"), rows=6, help_text=_("They become part of the public notice."))
    deviation_reason = words_field(
        label=_("Reason for deviating from the panel's ranking"),
        rows=3,
        required=False,
        help_text=_("Needed if the winner is not the panel's first; public too."),
    )

    def __init__(self, data: QueryDict | None = None, *, lines: Sequence[SheetLine] = (), **options: Any) -> None:
        super().__init__(data, **options)
        winner = self.fields["winner"]
        assert isinstance(winner, forms.ChoiceField)  # noqa: S101  # declared so above
        choices = [(line.proposal.code, f"{line.proposal.code} {line.proposal.content.title}") for line in lines]
        winner.choices = [("", _("Please choose")), *choices]


class FailForm(SeenForm):
    """L10, L14: the end without an award (征集未果)."""

    reasons = words_field(
        label=_("Reasons"), rows=4, required=False, help_text=_("They become part of the public record.")
    )


DECLARATION = (
    _("Neither I nor my family have a share in the sponsor or in anyone who may have proposed."),
    _(
        "Within the last three years I have neither worked for the sponsor "
        "nor shared papers, patents or projects with a party to this challenge."
    ),
    _("I have no part in any proposal for this challenge and mentor nobody who has."),
    _("I keep what I read secret, make no use of it, and say so at once if a conflict comes to light."),
)
"""The declaration of conflicts of interest, sentence by sentence (4.5)."""


class AcceptForm(forms.Form):
    """L11: taking the seat, with the declaration affirmed sentence by sentence."""

    declared = forms.MultipleChoiceField(
        label=_("I declare"),
        choices=[(str(number), text) for number, text in enumerate(DECLARATION)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please affirm every sentence, or decline the invitation.")},
    )
    version = version_field()

    def clean_declared(self) -> list[str]:
        """All sentences, or none of them count."""
        given: list[str] = self.cleaned_data["declared"]
        if len(set(given)) < len(DECLARATION):
            raise forms.ValidationError(_("Please affirm every sentence, or decline the invitation."))
        return given

    @property
    def declaration(self) -> str:
        """What was affirmed, in the words that were read, a sentence a line."""
        return "\n".join(str(text) for text in DECLARATION)


class DeclineForm(forms.Form):
    """L11: leaving the seat to the next in the drawn order."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A few words, for the record; the next expert of the drawn order is then invited."),
    )
    version = version_field()


class RecuseForm(forms.Form):
    """L13: giving up a seat that was taken, because of a conflict."""

    reason = forms.CharField(
        label=_("The conflict"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "For example: I work or worked for the sponsor or a solver, I published with one of them, "
            "a member of my family has a share, or I recognise whose proposal it is."
        ),
    )
    sure = forms.BooleanField(
        label=_("I give up this seat. I know that this cannot be undone."),
        error_messages={"required": _("Please confirm that you give up the seat.")},
    )
    version = version_field()


class ScoreForm(forms.Form):
    """L13: points for each criterion and a comment. Saving takes what there is; locking wants all of it."""

    comment = needed(
        forms.CharField(
            label=_("Comment"),
            max_length=LONGEST_REASON,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_("The solver reads it once the result is public; your name stays hidden. Needed for locking."),
        )
    )
    sure = forms.BooleanField(label=_("I have finished: once locked, these scores cannot be changed."), required=False)
    version = version_field()

    def __init__(
        self, data: QueryDict | None = None, *, criteria: Iterable[Criterion], review: Review | None = None
    ) -> None:
        seen = {"comment": review.comment, "version": review.version} if review else {"version": NOTHING_SAVED}
        super().__init__(data, initial=seen)
        self.criteria = list(criteria)
        given = {score.criterion_id: score.points for score in review.scores.all()} if review else {}
        for place, criterion in enumerate(self.criteria):
            self.fields[f"points_{place}"] = _points_field(criterion, given.get(criterion.pk))
        self.order_fields([f"points_{place}" for place in range(len(self.criteria))])

    @property
    def locking(self) -> bool:
        """Whether the button pressed was the one that locks."""
        return self.data.get("act") == "lock"

    @property
    def lines(self) -> list[tuple[Criterion, forms.BoundField]]:
        """Each criterion with its field."""
        return [(criterion, self[f"points_{place}"]) for place, criterion in enumerate(self.criteria)]

    @property
    def given(self) -> dict[str, Any]:
        """Arguments for the services: points by criterion, the comment, the version of the scores as loaded."""
        typed = ((one, self.cleaned_data[f"points_{place}"]) for place, one in enumerate(self.criteria))
        points = {one: value for one, value in typed if value is not None}
        return {"points": points, "comment": self.cleaned_data["comment"], "version": self.cleaned_data["version"]}

    @property
    def differences(self) -> list[tuple[str, Any, Any]]:
        """Label, what was typed here and what is saved, wherever the two differ; the form has to be valid."""
        names = [*(f"points_{place}" for place in range(len(self.criteria))), "comment"]
        here = [(self[name].label, self.cleaned_data[name], self[name].initial) for name in names]
        return [(str(label), typed, saved) for label, typed, saved in here if typed != saved]

    def clean(self) -> dict[str, Any]:
        """What is missing for locking, each beside its field."""
        if self.locking:
            for place in range(len(self.criteria)):
                self._want(f"points_{place}", _("Please score every criterion before you lock."))
            self._want("comment", _("Please write a comment before you lock; the solver will read it."))
            self._want("sure", _("Please confirm that you have finished."))
        return self.cleaned_data

    def _want(self, name: str, message: Any) -> None:
        if name not in self.errors and self.cleaned_data.get(name) in {None, "", False}:
            self.add_error(name, message)


def _points_field(criterion: Criterion, points: int | None) -> forms.IntegerField:
    attrs = {"inputmode": "numeric", "step": 1, "data-score-weight": criterion.weight, "autocomplete": "off"}
    return forms.IntegerField(
        label=criterion.name,
        min_value=0,
        max_value=PERCENT,
        required=False,
        initial=points,
        widget=forms.NumberInput(attrs=attrs),
    )
