"""What a person may ask of the lists. A wrong filter is named beside its field and left out; the rest still applies."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.cache import caches
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.money import fen_from_wan
from marketplace.registry import queries as registry
from marketplace.registry.models import Region
from search.queries import LONGEST_TEXT, Ask, Sort, Stage
from tasks.challenges.lifecycle import State
from tasks.challenges.models import ChallengeMode

Choices = list[tuple[str, Any]]
STAGES: Choices = [
    (Stage.OPEN, State.OPEN.label),
    (Stage.JUDGING, _("being judged")),
    (Stage.AWARDED, State.AWARDED.label),
    (Stage.FAILED, State.FAILED.label),
    (Stage.ALL, _("all")),
]
SORTS: Choices = [
    (Sort.RELEVANCE, _("best match")),
    (Sort.NEWEST, _("newest")),
    (Sort.DEADLINE, _("deadline")),
    (Sort.BOUNTY, _("reward")),
]
WITHIN: Choices = [
    ("", _("any time")),
    ("7", _("within 7 days")),
    ("30", _("within 30 days")),
    ("90", _("within 90 days")),
]
HIGHEST_WAN = 10_000_000


class QueryField(forms.CharField):
    """Free text: any script, any signs; too long a text is cut, unprintable marks are dropped."""

    def to_python(self, value: Any) -> str:
        """The text without control characters; its end is cut off beyond what is read."""
        text = "".join(
            letter for letter in str(value or "")[: LONGEST_TEXT * 4] if letter.isprintable() or letter.isspace()
        )
        return " ".join(text.split())[:LONGEST_TEXT]


class AmountField(forms.DecimalField):
    """An amount typed in 万元, cleaned to 分."""

    def clean(self, value: Any) -> int | None:
        """The amount in 分; None where nothing was typed."""
        typed: Decimal | None = super().clean(value)
        if typed is None:
            return None
        try:
            return fen_from_wan(typed)
        except ValueError as error:
            raise forms.ValidationError(_("Please give the amount in 10,000 yuan, to the 分 at most.")) from error


class SearchForm(forms.Form):
    """Text, field and region: what both lists can be asked."""

    q = QueryField(label=_("Search"), required=False)
    field = forms.ChoiceField(label=_("Technology field"), required=False)
    region = forms.ChoiceField(label=_("Country or region"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self._offer("field", _remembered("fields", _fields))
        places = _remembered("regions", _regions)
        self._offer("region", [*_smaller(str(data.get("region", "")), places), *places])

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared so above
        field.choices = [("", _("all")), *choices]

    @property
    def shortened(self) -> bool:
        """Whether the text was longer than what is read."""
        return len(" ".join(str(self.data.get("q", ""))[: LONGEST_TEXT * 4].split())) > LONGEST_TEXT

    @property
    def ask(self) -> Ask:
        """What was asked, without what was asked wrongly."""
        given = {name: value for name, value in self._given().items() if value not in ("", None)}
        return Ask(**given, page=_page(self.data.get("page")))

    def _given(self) -> dict[str, Any]:
        self.is_valid()
        asked = self.cleaned_data
        return {"text": asked.get("q"), "field": asked.get("field"), "region": asked.get("region")}


class ChallengeFilter(SearchForm):
    """What the list of challenges can be asked. State and order are chosen by links and kept here as hidden fields."""

    mode = forms.ChoiceField(label=_("Mode"), required=False, choices=[("", _("all")), *ChallengeMode.choices])
    bounty_min = AmountField(label=_("Reward from (10,000 yuan)"), required=False, min_value=0, max_value=HIGHEST_WAN)
    bounty_max = AmountField(label=_("Reward to (10,000 yuan)"), required=False, min_value=0, max_value=HIGHEST_WAN)
    deadline = forms.ChoiceField(label=_("Deadline"), required=False, choices=WITHIN)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STAGES, widget=forms.HiddenInput)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A range must not end before it begins."""
        asked = super().clean() or self.cleaned_data
        low, high = asked.get("bounty_min"), asked.get("bounty_max")
        if low is not None and high is not None and low > high:
            self.add_error("bounty_max", _("The upper end is below the lower end."))
        return asked

    def _given(self) -> dict[str, Any]:
        given, asked = super()._given(), self.cleaned_data
        names = ("mode", "bounty_min", "bounty_max")
        days = asked.get("deadline")
        chosen = {"stage": asked.get("state"), "sort": asked.get("sort")}
        return {
            **given,
            **{name: asked.get(name) for name in names},
            "closing_within": int(days) if days else None,
            "stage": Stage(chosen["stage"]) if chosen["stage"] else None,
            "sort": Sort(chosen["sort"]) if chosen["sort"] else None,
        }


def _page(typed: Any) -> int:
    digits = str(typed or "")[:9]
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() else 1


def _remembered(name: str, read: Callable[[], Choices]) -> Choices:
    """The registry's choices, read once a minute: they change with a release, and every list offers them."""
    return cast(Choices, caches["pieces"].get_or_set(f"choices.{name}.{get_language()}", read, 60))


def _fields() -> Choices:
    return [(one.code, one.name) for one in registry.technology_fields()]


def _regions() -> Choices:
    """Countries and the provinces of China."""
    offered = registry.regions().filter(kind__in=[Region.Kind.COUNTRY, Region.Kind.PROVINCE])
    groups: dict[str, Choices] = {Region.Kind.COUNTRY: [], Region.Kind.PROVINCE: []}
    for region in offered:
        groups[region.kind].append((region.code, region.name))
    provinces: tuple[str, Any] = (str(_("Provinces of China")), groups[Region.Kind.PROVINCE])
    countries: tuple[str, Any] = (str(_("Countries and regions")), _china_first(groups[Region.Kind.COUNTRY]))
    return [provinces, countries]


def _smaller(code: str, offered: Choices) -> Iterable[tuple[str, Any]]:
    """A smaller region, once an address names it."""
    known = {code for _group, places in offered for code, _name in places}
    if code in known or not (code.isascii() and code.isdigit()):
        return []
    return [(region.code, region.full_name) for region in registry.regions().filter(code=code[:6])]


def _china_first(countries: Choices) -> Choices:
    return sorted(countries, key=lambda country: (country[0] != "CN", str(country[1])))
