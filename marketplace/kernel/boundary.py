"""The one boundary where expected failures become something a person reads."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.kernel.errors import Expected

T = TypeVar("T")


def attempt(form: forms.BaseForm, act: Callable[[], T]) -> T | None:
    """Validate the form, then do the one domain call; a failure lands beside its field and what was typed stays.

    Returns what `act` returned, or None after a failure; `status_of(form)` is then the status to answer with.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except Expected as failure:
        known = failure.field if failure.field in form.fields else None
        form.add_error(known, failure.message)
        form.failure_status = failure.status  # type: ignore[attr-defined]  # read back by status_of alone
        return None


def status_of(form: forms.BaseForm) -> int:
    """200 for a fresh form, 422 for bad input, 409 when somebody was first."""
    if not form.is_bound:
        return 200
    return int(getattr(form, "failure_status", 422))


class ExpectedFailures:
    """Middleware for bare buttons: an expected failure that no form caught becomes a page saying what happened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Expected):
            return None
        template = "errors/404.html" if exception.status == 404 else "errors/refused.html"
        return render(request, template, {"failure": exception}, status=exception.status)
