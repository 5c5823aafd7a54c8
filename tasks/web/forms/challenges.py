"""The posting form: twelve things a submission needs, everything else optional with good defaults."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, User
from marketplace.registry import queries as registry
from marketplace.registry.codes import within
from marketplace.registry.models import TechnologyField
from marketplace.registry.web.fields import RegionField
from tasks.challenges import queries
from tasks.challenges.models import Challenge, ChallengeKind, ChallengeMode, IPTerms, ProblemKind
from tasks.challenges.posting import LONGEST_TEXT, LONGEST_TITLE, CriterionLine, IndicatorLine, Posting, usual_criteria
from tasks.web.forms.inputs import AmountField, BeijingMomentField, KeywordsField, LineField, needed, version_field

if TYPE_CHECKING:
    Table = forms.BaseFormSet[Any]
else:
    Table = forms.BaseFormSet

COMPARISONS = [("", "–"), ("≥", "≥"), ("≤", "≤"), ("=", "="), (">", ">"), ("<", "<"), ("±", "±")]
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
MODES: list[tuple[str, Any]] = [
    (
        ChallengeMode.TASK,
        _("Task mode: solvers offer a plan, a schedule and a price; the best offer carries out the work"),
    ),
    (
        ChallengeMode.BOUNTY,
        _("Bounty mode: solvers hand in a finished solution; the best one wins the fixed reward"),
    ),
]
MOST_ROWS = 20
WHOLE = 100


class IndicatorForm(forms.Form):
    """One measurable target; a row left empty does not count."""

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
    """One criterion with its weight; a row left empty does not count."""

    name = needed(LineField(label=_("Criterion"), max_length=80))
    weight = needed(forms.IntegerField(label=_("Weight in %"), min_value=1, max_value=WHOLE))

    def clean(self) -> dict[str, Any]:
        """Name and weight come together."""
        given = super().clean() or {}
        for one, other in (("name", "weight"), ("weight", "name")):
            if given.get(one) and other in given and not given[other]:
                self.add_error(other, _("Please give both the criterion and its weight, or empty the row."))
        return given


def given(rows: Table) -> list[dict[str, Any]]:
    """Those rows of a checked table that say something, in their order."""
    return [row.cleaned_data for row in rows.forms if row.cleaned_data.get("name")]


class CriterionRows(Table):
    """The criteria of a challenge."""

    def clean(self) -> None:
        """Weights add up to 100, or there are no criteria yet (L02)."""
        if any(self.errors):
            return
        weights = [row["weight"] for row in given(self)]
        if weights and sum(weights) != WHOLE:
            raise ValidationError(_("The weights must add up to 100; now they make %(sum)d.") % {"sum": sum(weights)})


IndicatorRows = forms.formset_factory(
    IndicatorForm, extra=2, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 5, validate_max=True
)
CriteriaRows = forms.formset_factory(
    CriterionForm,
    formset=CriterionRows,
    extra=1,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS + 5,
    validate_max=True,
)


class PostingForm(forms.Form):
    """A challenge as its sponsor writes it. A draft needs its title only; `needed` fields are for the submission."""

    sponsor = forms.ChoiceField(label=_("Organisation that posts"), required=False)
    title = LineField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        help_text=_("What is to be achieved, in one line that a specialist elsewhere understands."),
    )
    description = needed(
        forms.CharField(
            label=_("Description of the need"),
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 12}),
            help_text=_("Background, what has been tried, conditions, what the result is for. Plain text."),
        )
    )
    problem_kind = needed(
        forms.ChoiceField(label=_("Kind of problem"), choices=ProblemKind.choices, widget=forms.RadioSelect)
    )
    mode = needed(forms.ChoiceField(label=_("Mode"), choices=MODES, widget=forms.RadioSelect))
    bounty = needed(
        AmountField(
            label=_("Reward or budget ceiling, in 10,000 CNY (万元)"),
            help_text=_("300 means three million yuan. In task mode it is the ceiling, in bounty mode the prize."),
        )
    )
    deadline = needed(
        BeijingMomentField(
            label=_("Deadline (Beijing time)"),
            help_text=_("At least 15 days after the submission; later proposals are refused to the second."),
        )
    )
    ip_terms = needed(
        forms.ChoiceField(label=_("Rights in the result"), choices=IPTerms.choices, widget=forms.RadioSelect)
    )
    contact_office = needed(
        LineField(
            label=_("Office that receives objections"),
            max_length=80,
            help_text=_("It stands on the challenge and on the award notice."),
        )
    )
    contact_telephone = needed(LineField(label=_("Telephone"), max_length=40))
    contact_address = needed(LineField(label=_("Address"), max_length=160))
    contact_person = LineField(label=_("Contact person"), max_length=40, required=False)

    kind = forms.ChoiceField(label=_("What is posted"), choices=ChallengeKind.choices, required=False)
    language = forms.ChoiceField(label=_("Language of the text above"), choices=LANGUAGES, required=False)
    title_en = LineField(label=_("Title in English"), max_length=200, required=False)
    description_en = forms.CharField(
        label=_("Description in English"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text=_("Researchers abroad read it under /en/; without it they read the text above."),
    )
    keywords = KeywordsField(
        label=_("Keywords"), max_length=500, required=False, help_text=_("Separated by commas, at most 12.")
    )
    region = RegionField(label=_("Region"), required=False, empty_label=_("the organisation's region"))
    threshold = forms.IntegerField(
        label=_("Threshold, in points of 100"),
        min_value=1,
        max_value=WHOLE,
        required=False,
        help_text=_("A proposal below it cannot win. 60 unless you say otherwise."),
    )
    reserved_for_sme = forms.BooleanField(label=_("Only small and medium enterprises may propose"), required=False)
    eligibility_reason = LineField(
        label=_("Reason for the narrower call"),
        max_length=300,
        required=False,
        help_text=_("Everybody can read it."),
    )
    consent_at_submission = forms.BooleanField(
        label=_("Employers consent before their staff submit"),
        required=False,
        help_text=_(
            "Staff of universities, institutes and public bodies who propose in their own name need their employer's "
            "consent. Unless you ask for it here it is due when the contract is signed, which keeps more solvers."
        ),
    )
    version = version_field()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        person: User,
        initial: dict[str, Any] | None = None,
        indicators: list[dict[str, Any]] | None = None,
        criteria: list[dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.organisations = list(people.organisations_of(person).order_by("name"))
        self._offer("sponsor", [("", _("not chosen yet")), *((one.public_id, str(one)) for one in self.organisations)])
        self._keep_to_regions([one.region.code for one in self.organisations])
        self.by_code = {one.code: one for one in registry.technology_fields()}
        self.fields["fields"] = _technology(self.by_code)
        self.indicators = IndicatorRows(data, prefix="indicators", initial=indicators)
        self.criteria = CriteriaRows(data, prefix="criteria", initial=_default(criteria))

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared so above
        field.choices = choices

    def _keep_to_regions(self, codes: list[str]) -> None:
        """A sponsor does not choose its administrator: only its organisations' regions and what lies in them."""
        field = self.fields["region"]
        assert isinstance(field, RegionField)  # noqa: S101  # declared so above
        field.queryset = registry.regions().filter(within("code", codes)).order_by("code")

    @property
    def formset(self) -> "BothTables":
        """Indicators and criteria together, for the summary of errors."""
        return BothTables(self.indicators, self.criteria)

    def is_valid(self) -> bool:
        """The form and both its tables; all are checked, so that every error is seen at once."""
        return all([super().is_valid(), self.indicators.is_valid(), self.criteria.is_valid()])

    @property
    def posts_for(self) -> Organisation | None:
        """The organisation chosen, one of the person's own."""
        chosen = self.cleaned_data["sponsor"]
        return next((one for one in self.organisations if one.public_id == chosen), None)

    @property
    def posting(self) -> Posting:
        """What was typed, as the services take it."""
        typed = {name: value for name, value in self.cleaned_data.items() if name in Posting.__dataclass_fields__}
        return Posting(
            **{
                **typed,
                "kind": typed["kind"] or ChallengeKind.TECH_NEED,
                "language": typed["language"] or "zh-hans",
                "threshold": typed["threshold"] or 60,
                "bounty_amount": self.cleaned_data["bounty"],
                "fields": tuple(self.by_code[code] for code in self.cleaned_data["fields"]),
                "indicators": tuple(IndicatorLine(**row) for row in given(self.indicators)),
                "criteria": tuple(CriterionLine(**row) for row in given(self.criteria)),
            }
        )


class BothTables:
    """Two formsets read as one by `components/error_summary.html`."""

    def __init__(self, *tables: Table) -> None:
        self.tables = tables

    def __iter__(self) -> Iterator[Any]:
        for table in self.tables:
            yield from table

    def total_error_count(self) -> int:
        """How many errors both have."""
        return sum(table.total_error_count() for table in self.tables)

    def non_form_errors(self) -> list[Any]:
        """What is wrong with a table as a whole."""
        return [error for table in self.tables for error in table.non_form_errors()]


def fresh_form(person: User, data: QueryDict | None = None, *, sponsor: Organisation | None = None) -> PostingForm:
    """The form for a new posting; `sponsor` is the organisation it begins with, else the person's only one."""
    form = PostingForm(data, person=person, initial={"language": get_language(), "threshold": 60, "kind": "TECH_NEED"})
    first = sponsor or (form.organisations[0] if len(form.organisations) == 1 else None)
    form.initial["sponsor"] = first.public_id if first else ""
    return form


def posting_form(person: User, challenge: Challenge, data: QueryDict | None = None) -> PostingForm:
    """The form for a posting that was begun, filled with what it says."""
    content = queries.posting_of(challenge)
    plain = {name: getattr(content, name) for name in PostingForm.base_fields if hasattr(content, name)}
    initial = {
        **plain,
        "sponsor": challenge.sponsor.public_id if challenge.sponsor else "",
        "fields": [one.code for one in content.fields],
        "region": challenge.region.code if challenge.region else "",
        "bounty": content.bounty_amount,
        "version": challenge.version,
    }
    return PostingForm(
        data,
        person=person,
        initial=initial,
        indicators=[vars(line) for line in content.indicators],
        criteria=[vars(line) for line in content.criteria],
    )


def _technology(by_code: Mapping[str, TechnologyField]) -> forms.Field:
    return needed(
        forms.MultipleChoiceField(
            label=_("Technology fields"),
            choices=[(code, one.name) for code, one in by_code.items()],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("At least one; experts and readers find the challenge by them."),
        )
    )


def _default(criteria: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    return criteria or [vars(line) for line in usual_criteria()]
