"""Who one is, shown once more before what cannot be undone: the password, a code, or the provider."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from marketplace.accounts import connections

View = Callable[..., HttpResponse]


def proved_again(view: View) -> View:
    """The library asks whoever has a password or a second factor, and lets everybody else pass: the provider is asked
    for them, and they come back to the page, or to their profile from a button.
    """
    asked: View = reauthentication_required(view)

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        provider = connections.proves_with(request)
        if provider is None:
            return asked(request, *args, **kwargs)
        back = request.get_full_path() if request.method == "GET" else reverse("accounts:profile")
        return redirect(connections.way_to_proof(request, provider, back=back))

    return inner
