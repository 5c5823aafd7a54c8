"""The posting form: twelve things a submission needs, everything else optional with good defaults."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, SponsorClass, User
from marketplace.kernel import clock
from marketplace.kernel.moments import BEIJING
from marketplace.registry import queries as registry
from marketplace.registry.codes import within
from marketplace.registry.models import TechnologyField
from marketplace.registry.web.fields import RegionField
from tasks.challenges import queries
from tasks.challenges.choices import LEVELS, Abroad, Audience, NameShown, PrizeRule, RewardKind
from tasks.challenges.models import Challenge, ChallengeKind, ChallengeMode, IPTerms, ProblemKind
from tasks.challenges.posting import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    USUAL_CALL,
    USUAL_TERMS,
    WHOLE,
    CriterionLine,
    IndicatorLine,
    MilestoneLine,
    PlaceLine,
    Posting,
    one_criterion,
)
from tasks.web.forms.inputs import AmountField, BeijingMomentField, KeywordsField, LineField, needed, version_field
from tasks.web.forms.tables import AllTables, given, tables

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
IP_WORDS: dict[str, Any] = {
    IPTerms.SOLVER_KEEPS: _(
        "The solver keeps the rights: you may apply for patents and sell the result elsewhere; the sponsor may use it "
        "in its own business without paying again."
    ),
    IPTerms.SPONSOR_OWNS: _(
        "The sponsor acquires the rights: with the award the result is its; you may not sell or license it, and you "
        "are named as its inventor."
    ),
    IPTerms.JOINT: _(
        "Joint ownership: each may use the result; selling or licensing it to others needs both, and both share what "
        "it brings."
    ),
    IPTerms.NEGOTIATED: _(
        "To be agreed: the contract will say it. Until both have signed, what you propose stays yours."
    ),
}
"""What each choice means for a solver, in plain words."""
CLOSING_HOUR = 18
"""Beijing time at which a call ends where its sponsor says nothing."""


def _levels() -> list[tuple[Any, Any]]:
    return [("", _("not said")), *((level, f"{level} · {words}") for level, words in LEVELS.items())]


def _level(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=_levels, coerce=int, empty_value=None, required=False)


def _radio(label: Any, choices: Any, help_text: Any = "") -> forms.ChoiceField:
    """A choice with a default, which a form that does not send it leaves as it is."""
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, required=False, help_text=help_text
    )


class ChainField(forms.CharField):
    """Organisations by their unified social credit codes, one a line."""

    def clean(self, value: Any) -> Any:
        """The organisations. Raises ValidationError naming the codes that nobody here has."""
        text = super().clean(value)
        if not isinstance(text, str):
            return text
        found, unknown = queries.suppliers(text.split())
        if unknown:
            raise ValidationError(
                _("No verified organisation has this code: %(codes)s.") % {"codes": ", ".join(unknown)[:200]}
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        """What the form shows: the codes, one a line."""
        return "\n".join(one.uscc for one in value) if isinstance(value, tuple) else value


class PostingForm(forms.Form):
    """A challenge as its sponsor writes it. A draft needs its title only; `needed` fields are for the submission."""

    sponsor = needed(forms.ChoiceField(label=_("Organisation that posts")))
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
    audience = _radio(_("Who is called"), Audience.choices)
    chain = ChainField(
        label=_("Suppliers along the chain"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Their unified social credit codes, one a line. Only they can answer; nobody sees the list."),
    )
    abroad = _radio(
        _("Solvers from abroad"),
        Abroad.choices,
        _("To be answered from abroad directly a call needs a title and a summary in English."),
    )
    abroad_reason = LineField(
        label=_("Reason why not from abroad"), max_length=300, required=False, help_text=_("Everybody can read it.")
    )
    reward_kinds = forms.MultipleChoiceField(
        label=_("Kinds of reward"),
        choices=RewardKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reward_terms = forms.CharField(
        label=_("What is given beside cash"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Which share of which company, on what terms. The amount above then says what all of it is worth."),
    )
    prize_rule = _radio(_("How the prize is won"), PrizeRule.choices, _("In bounty mode."))
    start_level = _level(_("How ready the technology is now"))
    target_level = _level(_("How ready it has to become"))
    name_shown = _radio(
        _("Your organisation's name"),
        NameShown.choices,
        _("Its class and region show always, and conflicts of interest are computed from the true name."),
    )
    no_secrets = needed(
        forms.BooleanField(
            label=_("We have looked text and files through: nothing in them is a state secret or classified"),
            help_text=_("Your organisation's own confidentiality review, needed before it can be handed in."),
        )
    )
    version = version_field()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        person: User,
        initial: dict[str, Any] | None = None,
        rows: Mapping[str, list[dict[str, Any]]] | None = None,
        light: bool = False,
    ) -> None:
        super().__init__(data, initial=initial)
        self.organisations = list(people.organisations_of(person).order_by("name"))
        self._offer("sponsor", [("", _("not chosen yet")), *((one.public_id, str(one)) for one in self.organisations)])
        self._keep_to_regions([one.region.code for one in self.organisations])
        self.by_code = {one.code: one for one in registry.technology_fields()}
        self.fields["fields"] = _technology(self.by_code)
        said = dict(rows or {})
        said["criteria"] = said.get("criteria") or [vars(line) for line in one_criterion()]
        self.tables = tables(data, said)
        self.light = light

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared so above
        field.choices = choices

    def _keep_to_regions(self, codes: list[str]) -> None:
        """A sponsor does not choose its administrator: only its organisations' regions and what lies in them."""
        field = self.fields["region"]
        assert isinstance(field, RegionField)  # noqa: S101  # declared so above
        field.queryset = registry.regions().filter(within("code", codes)).order_by("code")

    def unfolded(self, *names: str, errors_only: bool = False) -> bool:
        """Whether a part of the form that is folded up at first holds an error, or something that is no default."""
        rows = [self.tables[name] for name in names if name in self.tables]
        if any(table.is_bound and table.total_error_count() for table in rows):
            return True
        if self.is_bound and any(name in self.errors for name in names):
            return True
        return not errors_only and any(self._differs(name) for name in names)

    def _differs(self, name: str) -> bool:
        if name in self.tables:
            return bool(self.tables[name].initial) and name != "criteria"
        return bool(self.initial.get(name)) and self.initial[name] != DEFAULTS.get(name)

    @property
    def formset(self) -> AllTables:
        """All tables together, for the summary of errors."""
        return AllTables(*self.tables.values())

    def is_valid(self) -> bool:
        """The form and its tables; all are checked, so that every error is seen at once."""
        return all([super().is_valid(), *(table.is_valid() for table in self.tables.values())])

    @property
    def posts_for(self) -> Organisation | None:
        """The organisation chosen, one of the person's own."""
        chosen = self.cleaned_data["sponsor"]
        return next((one for one in self.organisations if one.public_id == chosen), None)

    @property
    def posting(self) -> Posting:
        """What was typed, as the services take it."""
        typed = {name: value for name, value in self.cleaned_data.items() if name in Posting.__dataclass_fields__}
        usual = {name: typed[name] or usual for name, usual in DEFAULTS.items()}
        return Posting(
            **{
                **typed,
                **usual,
                "reward_kinds": tuple(usual["reward_kinds"]),
                "chain": tuple(typed["chain"] or ()),
                "bounty_amount": self.cleaned_data["bounty"],
                "fields": tuple(self.by_code[code] for code in self.cleaned_data["fields"]),
                "indicators": tuple(IndicatorLine(**row) for row in given(self.tables["indicators"])),
                "criteria": tuple(CriterionLine(**row) for row in given(self.tables["criteria"])),
                "places": tuple(PlaceLine(**row) for row in given(self.tables["places"], "amount")),
                "milestones": tuple(MilestoneLine(**row) for row in given(self.tables["milestones"])),
            }
        )


DEFAULTS: dict[str, Any] = {
    "kind": ChallengeKind.TECH_NEED,
    "language": "zh-hans",
    "threshold": 60,
    "audience": Audience.EXTERNAL,
    "abroad": Abroad.PARTNER,
    "reward_kinds": [RewardKind.CASH],
    "prize_rule": PrizeRule.BEST_OF,
    "name_shown": NameShown.SHOWN,
}
"""What holds where a sponsor says nothing (docs/decisions/0017-posting.md)."""


def fresh_form(
    person: User, data: QueryDict | None = None, *, sponsor: Organisation | None = None, light: bool | None = None
) -> PostingForm:
    """The form for a new posting; `sponsor` is the organisation it begins with, else the person's only one.

    The light form is for small firms, unless it is asked for or declined.
    """
    first = sponsor or _only(person)
    short = is_small(first) if light is None else light
    begun = {**DEFAULTS, "language": get_language(), "deadline": _usual_deadline(), "ip_terms": USUAL_TERMS}
    begun["sponsor"] = first.public_id if first else ""
    return PostingForm(data, person=person, initial=begun | (_light(first) if short else {}), light=short)


def is_small(organisation: Organisation | None) -> bool:
    """Whether the light form of eight fields is this organisation's (N17b)."""
    return organisation is not None and organisation.sponsor_class == SponsorClass.SME


def _light(sponsor: Organisation | None) -> dict[str, Any]:
    """What the light form fills in by itself; everything can be changed."""
    office = sponsor.name if sponsor else ""
    return {"problem_kind": ProblemKind.PRODUCT, "mode": ChallengeMode.TASK, "contact_office": office[:80]}


def _only(person: User) -> Organisation | None:
    found = list(people.organisations_of(person).select_related("region")[:2])
    return found[0] if len(found) == 1 else None


def _usual_deadline() -> datetime:
    day = (clock.now() + USUAL_CALL).astimezone(BEIJING)
    return day.replace(hour=CLOSING_HOUR, minute=0, second=0, microsecond=0)


def posting_form(person: User, challenge: Challenge, data: QueryDict | None = None) -> PostingForm:
    """The form for a posting that was begun, filled with what it says."""
    content = queries.posting_of(challenge)
    plain = {name: getattr(content, name) for name in PostingForm.base_fields if hasattr(content, name)}
    initial = {
        **plain,
        "reward_kinds": list(content.reward_kinds),
        "sponsor": challenge.sponsor.public_id if challenge.sponsor else "",
        "fields": [one.code for one in content.fields],
        "region": challenge.region.code if challenge.region else "",
        "bounty": content.bounty_amount,
        "version": challenge.version,
    }
    lines = {name: getattr(content, name) for name in ("indicators", "criteria", "places", "milestones")}
    rows = {name: [vars(line) for line in found] for name, found in lines.items()}
    return PostingForm(data, person=person, initial=initial, rows=rows, light=is_small(challenge.sponsor))


def _technology(by_code: Mapping[str, TechnologyField]) -> forms.Field:
    return needed(
        forms.MultipleChoiceField(
            label=_("Technology fields"),
            choices=[(code, one.name) for code, one in by_code.items()],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("At least one; experts and readers find the challenge by them."),
        )
    )
