"""Tables in the posting form: indicators, criteria, prize places, milestones. A row left empty does not count."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tasks.challenges.choices import CriterionKind
from tasks.challenges.posting import LONGEST_PLAN, WHOLE
from tasks.web.forms.inputs import AmountField, LineField, needed

if TYPE_CHECKING:
    Table = forms.BaseFormSet[Any]
else:
    Table = forms.BaseFormSet

COMPARISONS = [("", "–"), ("≥", "≥"), ("≤", "≤"), ("=", "="), (">", ">"), ("<", "<"), ("±", "±")]
MOST_ROWS = 20
MOST_PLACES = 10
MOST_MILESTONES = 12


class IndicatorForm(forms.Form):
    """One measurable target."""

    name = needed(LineField(label=_("What is measured"), max_length=80))
    op = needed(forms.ChoiceField(label=_("Comparison"), choices=COMPARISONS))
    value = needed(LineField(label=_("Value"), max_length=60))
    unit = needed(LineField(label=_("Unit"), max_length=30))

    def clean(self) -> dict[str, Any]:
        """Whoever names a target gives its value too."""
        given = super().clean() or {}
        if any(given.values()):
            for name in ("name", "value"):
                if name in given and not given[name]:
                    self.add_error(name, _("Please fill in this part of the indicator, or empty the row."))
        return given


class CriterionForm(forms.Form):
    """One criterion with its weight, how it is judged and how that is tested."""

    name = needed(LineField(label=_("Criterion"), max_length=80))
    weight = needed(forms.IntegerField(label=_("Weight in %"), min_value=1, max_value=WHOLE))
    kind = needed(forms.ChoiceField(label=_("How it is judged"), choices=CriterionKind.choices, initial="JUDGED"))
    op = needed(forms.ChoiceField(label=_("Comparison"), choices=COMPARISONS))
    limit = needed(LineField(label=_("Limit"), max_length=60))
    unit = needed(LineField(label=_("Unit"), max_length=30))
    test_method = needed(
        LineField(
            label=_("Test method"),
            max_length=600,
            help_text=_("How it is tested: the standard, the device, who measures. A number needs one."),
        )
    )
    guideline = needed(
        LineField(
            label=_("Guideline"),
            max_length=1000,
            help_text=_("What earns full points, half, none. For a judgement."),
        )
    )

    def clean(self) -> dict[str, Any]:
        """Name and weight come together; nothing else stands without them."""
        given = super().clean() or {}
        given["kind"] = given.get("kind") or CriterionKind.JUDGED
        for one, other in (("name", "weight"), ("weight", "name")):
            if given.get(one) and other in given and not given[other]:
                self.add_error(other, _("Please give both the criterion and its weight, or empty the row."))
        if any(given.get(name) for name in ("limit", "test_method")) and not (given.get("name") or self.errors):
            self.add_error("name", _("Please give both the criterion and its weight, or empty the row."))
        return given


class PlaceForm(forms.Form):
    """What one place wins."""

    amount = needed(AmountField(label=_("Prize, in 10,000 CNY (万元)")))


class MilestoneForm(forms.Form):
    """One step of the work."""

    name = needed(LineField(label=_("Milestone"), max_length=80))
    weeks = needed(forms.IntegerField(label=_("Weeks after signature"), min_value=1, max_value=LONGEST_PLAN))
    share = needed(forms.IntegerField(label=_("Share of the amount in %"), min_value=1, max_value=WHOLE))

    def clean(self) -> dict[str, Any]:
        """All three, or none."""
        given = super().clean() or {}
        if any(given.values()):
            for name in ("name", "weeks", "share"):
                if name in given and not given[name]:
                    self.add_error(name, _("Please fill in this part of the milestone, or empty the row."))
        return given


def given(rows: Table, key: str = "name") -> list[dict[str, Any]]:
    """Those rows of a checked table that say something, in their order."""
    return [row.cleaned_data for row in rows.forms if row.cleaned_data.get(key)]


class CriterionRows(Table):
    """The criteria of a challenge."""

    def clean(self) -> None:
        """Weights add up to 100, or there are no criteria yet (L02)."""
        _whole(self, "weight", _("The weights must add up to 100; now they make %(sum)d."))


class MilestoneRows(Table):
    """The milestones of a challenge."""

    def clean(self) -> None:
        """Shares add up to 100, or there are none."""
        _whole(self, "share", _("The shares must add up to 100; now they make %(sum)d."))


def _whole(rows: Table, column: str, sentence: Any) -> None:
    if any(rows.errors):
        return
    parts = [row[column] for row in given(rows)]
    if parts and sum(parts) != WHOLE:
        raise ValidationError(sentence % {"sum": sum(parts)})


def _table(form: type[forms.Form], extra: int, most: int, rows: type[Table] = Table) -> type[Table]:
    return forms.formset_factory(
        form, formset=rows, extra=extra, max_num=most, absolute_max=most + 5, validate_max=True
    )


IndicatorTable = _table(IndicatorForm, 2, MOST_ROWS)
CriterionTable = _table(CriterionForm, 1, MOST_ROWS, CriterionRows)
PlaceTable = _table(PlaceForm, 3, MOST_PLACES)
MilestoneTable = _table(MilestoneForm, 2, MOST_MILESTONES, MilestoneRows)
TABLES = {
    "indicators": IndicatorTable,
    "criteria": CriterionTable,
    "places": PlaceTable,
    "milestones": MilestoneTable,
}


def tables(data: QueryDict | None, rows: dict[str, Any]) -> dict[str, Table]:
    """All four by name; one that was not sent at all is empty."""
    return {name: _one(name, table, data, rows.get(name)) for name, table in TABLES.items()}


def _one(name: str, table: type[Table], data: QueryDict | None, rows: Any) -> Table:
    sent = data if data is not None and f"{name}-TOTAL_FORMS" in data else None
    if data is not None and sent is None:
        sent = QueryDict(f"{name}-TOTAL_FORMS=0&{name}-INITIAL_FORMS=0")
    return table(sent, prefix=name, initial=rows)


class AllTables:
    """Several formsets read as one by `components/error_summary.html`."""

    def __init__(self, *parts: Table) -> None:
        self.tables = parts

    def __iter__(self) -> Iterator[Any]:
        for table in self.tables:
            yield from table

    def total_error_count(self) -> int:
        """How many errors they have together."""
        return sum(table.total_error_count() for table in self.tables)

    def non_form_errors(self) -> list[Any]:
        """What is wrong with a table as a whole."""
        return [error for table in self.tables for error in table.non_form_errors()]
