"""Pages about people are read one by one, not copied by the thousand; and files cost time: so many a minute."""

import time
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


def throttled(setting: str, *methods: str) -> Callable[[View], View]:
    """The same view, answering 429 to whoever has asked it, by these methods, so often within a minute as is set.

    Views of one setting count together; 0 sets no limit.
    """

    def around(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            most = getattr(settings, setting) if request.method in methods else 0
            if most and _counted(f"{setting}:{_reader(request)}") > most:
                return render(request, "profiles/slow_down.html", status=429)
            return view(request, *args, **kwargs)

        return inner

    return around


def _reader(request: HttpRequest) -> str:
    """A signed-in person, or else the address they come from."""
    if request.user.is_authenticated:
        return f"person:{request.user.pk}"
    return f"address:{get_adapter().get_client_ip(request) if request.META.get('REMOTE_ADDR') else ''}"


def _counted(name: str) -> int:
    """How many times this is within this minute of the clock.

    The minute is part of the name: counting up in the database's cache begins the time to live anew.
    """
    now = f"{name}:{int(time.time()) // MINUTE}"
    if cache.add(now, 1, 2 * MINUTE):
        return 1
    try:
        return cache.incr(now)
    except ValueError:  # forgotten just now
        return 1
