"""Pages that could be copied by the thousand are read one by one, and files cost time: so many a minute."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.kernel.counting import counted

MINUTE = 60
View = Callable[..., HttpResponse]


def throttled(setting: str, *methods: str) -> Callable[[View], View]:
    """The same view, answering 429 to whoever has asked it, by these methods, so often within a minute as is set.

    Views of one setting count together; 0 sets no limit.
    """

    def around(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            most = getattr(settings, setting) if request.method in methods else 0
            if most and counted(f"{setting}:{_reader(request)}", MINUTE) > most:
                return render(request, "errors/slow_down.html", status=429)
            return view(request, *args, **kwargs)

        return inner

    return around


def _reader(request: HttpRequest) -> str:
    """A signed-in person, or else the address they come from."""
    if request.user.is_authenticated:
        return f"person:{request.user.pk}"
    return f"address:{get_adapter().get_client_ip(request) if request.META.get('REMOTE_ADDR') else ''}"
