"""How many each choice beside a list would find, as links that choose it."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict

from search.backends.base import Counts
from search.queries import STATES, Stage
from search.web.forms import SearchForm
from search.web.links import without

MOST = 10
"""Choices shown of a filter, those that find most first; the filter itself offers all."""


class Choice(NamedTuple):
    """A value of a filter in words, how many it would find, and the address that chooses it."""

    words: Any
    number: int
    query: str
    current: bool


class Group(NamedTuple):
    """One filter with its choices."""

    label: Any
    choices: list[Choice]


def groups(counts: Counts, query: QueryDict, form: SearchForm) -> Iterator[Group]:
    """Every filter of the form that the index counted, left out where nothing would be found."""
    for name, field in form.fields.items():
        numbers = COUNTED[name](counts) if name in COUNTED else {}
        if isinstance(field, forms.ChoiceField) and any(numbers.values()):
            found = [_choice(query, name, value, words, numbers) for value, words in _flat(field.choices)]
            shown = sorted((one for one in found if one.number), key=lambda one: -one.number)
            yield Group(field.label, shown[:MOST])


def _stages(counts: Counts) -> dict[str, int]:
    by_state = counts.get("state", {})
    return {stage: sum(by_state.get(state, 0) for state in STATES[stage]) for stage in Stage}


COUNTED: dict[str, Callable[[Counts], dict[str, int]]] = {
    "state": _stages,
    "field": lambda counts: counts.get("fields", {}),
    "region": lambda counts: counts.get("regions", {}),
    "mode": lambda counts: counts.get("mode", {}),
}
"""The form's filters by the documents' fields."""


def _choice(query: QueryDict, name: str, value: str, words: Any, numbers: dict[str, int]) -> Choice:
    changed = without(query, name, "page", "fragment")
    changed[name] = value
    return Choice(words, numbers.get(value, 0), changed.urlencode(), query.get(name, "") == value)


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    """The values on offer with their words, whether or not they stand in groups."""
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from words
        elif value:
            yield value, words
