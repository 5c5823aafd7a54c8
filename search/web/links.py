"""Addresses of the same list with one thing changed. Every filter lives in the address, none in a session."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest, QueryDict

from search.web.forms import SearchForm

LONGEST_COMMON = 300
"""Characters of a query string; all choices made at once are shorter."""


class Link(NamedTuple):
    """A choice in words, the query string that makes it, and whether it is made."""

    words: Any
    query: str
    current: bool = False


def choices(query: QueryDict, name: str, offered: Iterable[tuple[str, Any]], current: str) -> Iterator[Link]:
    """One link for each value of a parameter, back to the first page."""
    for value, words in offered:
        changed = without(query, name, "page")
        changed[name] = value
        yield Link(words, f"?{changed.urlencode()}", value == current)


def chosen(query: QueryDict, form: SearchForm) -> Iterator[Link]:
    """The filters that apply, each with the address that leaves it out. State and order have links of their own."""
    for name in form.fields:
        value = form.cleaned_data.get(name)
        if value in ("", None) or name in ("q", "state", "sort"):
            continue
        yield Link(_in_words(form, name, query.get(name, "")), f"?{without(query, name, 'page').urlencode()}")


def is_common(query: QueryDict, form: SearchForm) -> bool:
    """Whether others may well ask the same: choices among what is offered, no words, no sums, nothing unheard of.

    What hardly anybody asks again would push out of memory what many ask.
    """
    typed = [name for name, one in form.fields.items() if not isinstance(one, forms.ChoiceField)]
    known = set(query) <= {*form.fields, "page"} and not any(query.get(name) for name in typed)
    return known and form.is_valid() and len(query.urlencode()) <= LONGEST_COMMON


def without(query: QueryDict, *names: str) -> QueryDict:
    """A copy of the query without these parameters."""
    changed = query.copy()
    for name in names:
        changed.pop(name, None)
    return changed


def live_address(request: HttpRequest) -> str:
    """Where the list's refreshable part is fetched, by the same filters."""
    changed = request.GET.copy()
    changed["fragment"] = "1"
    return f"{request.path}?{changed.urlencode()}"


def _in_words(form: SearchForm, name: str, typed: str) -> str:
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        return f"{field.label}: {typed}"
    return f"{field.label}: {_label(field, typed)}"


def _label(field: forms.ChoiceField, typed: str) -> Any:
    """The choice's words, inside a group or not."""
    offered: Any = field.choices
    for value, words in offered:
        members = words if isinstance(words, list | tuple) else [(value, words)]
        for code, label in members:
            if str(code) == typed:
                return label
    return typed
