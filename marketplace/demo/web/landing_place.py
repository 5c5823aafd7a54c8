"""Where somebody who has just become another person may stay: on the same page, if that person may read it."""

import copy

from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from marketplace.kernel.errors import Expected

OK = 200


def place_for(request: HttpRequest, wanted: str) -> str:
    """`wanted`, if it is a page of ours that answers the person of this request; else the list of their work."""
    if is_ours(request, wanted) and _answers(request, wanted):
        return wanted
    return reverse("work:mine" if request.user.is_authenticated else "landing")


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether the address is a path on this host."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})


def _answers(request: HttpRequest, address: str) -> bool:
    """Ask the page's own view, as the person now signed in: nobody else knows who may see what."""
    path, _mark, query = address.partition("?")
    try:
        match = resolve(path)
        answer = match.func(_reading(request, path, query), *match.args, **match.kwargs)
    except (Resolver404, Http404, PermissionDenied, Expected):
        return False
    return isinstance(answer, HttpResponse) and answer.status_code == OK


def _reading(request: HttpRequest, path: str, query: str) -> HttpRequest:
    """This request as if it were a plain reading of that page; messages shown there are not used up."""
    reading = copy.copy(request)
    reading.method, reading.path, reading.path_info = "GET", path, path
    reading.META = {**request.META, "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    reading.GET, reading.POST = QueryDict(query), QueryDict()
    reading.resolver_match = resolve(path)
    reading._messages = CookieStorage(reading)  # type: ignore[attr-defined]  # noqa: SLF001  # where Django keeps them
    return reading
