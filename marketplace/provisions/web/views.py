"""Two pages that ask the database nothing."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.provisions.catalogue import State, catalogue


class Tab(NamedTuple):
    """A choice of rows: its words, how many there are, the query string that makes it, whether it is made."""

    words: Any
    number: int
    query: str
    current: bool


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the platform is and for whom, what it rests on and what it does not do yet (H01)."""
    return render(request, "about/about.html", {"catalogue": catalogue(), "counts": _counted()})


@require_safe
def provisions(request: HttpRequest) -> HttpResponse:
    """Every provision with its state; `state` narrows the rows, a state that is none shows them all and says so."""
    asked = request.GET.get("state", "")
    state = State(asked) if asked in State.values else None
    unknown = bool(asked) and state is None
    whole = catalogue()
    context = {
        "catalogue": whole.only(state) if state else whole,
        "state": state,
        "unknown": unknown,
        "tabs": list(_tabs(state)),
        "states": list(State),
    }
    return render(request, "about/provisions.html", context, status=422 if unknown else 200)


def _counted() -> list[tuple[State, int]]:
    return list(catalogue().counts().items())


def _tabs(chosen: State | None) -> Iterator[Tab]:
    counts = catalogue().counts()
    yield Tab(_("all"), sum(counts.values()), "", chosen is None)
    yield from (Tab(state.label, number, f"?state={state}", state == chosen) for state, number in counts.items())
