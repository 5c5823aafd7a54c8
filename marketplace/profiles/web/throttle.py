"""Pages about people are read one by one, not copied by the thousand: so many a minute for each reader."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MINUTE = 60
View = Callable[..., HttpResponse]


def throttled(view: View) -> View:
    """The same view, answering 429 to whoever has read settings.PEOPLE_A_MINUTE such pages within a minute."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.PEOPLE_A_MINUTE and _counted(_reader(request)) > settings.PEOPLE_A_MINUTE:
            return render(request, "429.html", status=429)
        return view(request, *args, **kwargs)

    return inner


def _reader(request: HttpRequest) -> str:
    """A signed-in person, or else the address they come from."""
    if request.user.is_authenticated:
        return f"person:{request.user.pk}"
    return f"address:{get_adapter().get_client_ip(request) if request.META.get('REMOTE_ADDR') else ''}"


def _counted(reader: str) -> int:
    """How many pages this is within the minute that began with the first."""
    name = f"people:{reader}"
    if cache.add(name, 1, MINUTE):
        return 1
    try:
        return cache.incr(name)
    except ValueError:  # the minute was over just now
        return 1
