"""How long a request's body may be, by the length it claims: asked before anybody parses it or keeps it.

The servers before it may have taken it in by then: nginx up to its own limits, the embedded server up to what
`kernel.bounded` lets pass. Gunicorn has read nothing yet. A body that claims no length is not read by Django at all.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from marketplace.kernel.errors import NotFound
from marketplace.vault.doors import Door

FORM = 10 * 1024 * 1024
"""Bytes of a form at any other address, as in deploy/nginx.conf: more than any page takes, whose words are clearer."""
STRANGERS = 2 * 1024 * 1024
"""Bytes of any form of whoever is not signed in."""
BESIDE = 1024 * 1024
"""Bytes a form may have beside its file; a file that is a little too large is told so at its field."""
View = TypeVar("View", bound=Callable[..., Any])


def takes_files(at: Callable[..., Door]) -> Callable[[View], View]:
    """Say of a view which door its files go through, by what its address names."""

    def mark(view: View) -> View:
        view.door_of = at  # type: ignore[attr-defined]  # read back below alone
        return view

    return mark


class Bounds:
    """Middleware: what claims to be longer than its page takes is answered 413. It stands before the check of forms,
    which reads them, and before any view; strangers send what fits into memory and no more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        claimed = _claimed(request)
        if claimed <= STRANGERS:
            return None
        if not request.user.is_authenticated:
            return _refused(request, _("You are not signed in. Please sign in and send it once more."))
        largest = _largest(view, kwargs)
        if claimed <= max(largest + BESIDE, FORM):
            return None
        limit = filesizeformat(largest or FORM)
        return _refused(request, _("The file is larger than %(limit)s, which is the most here.") % {"limit": limit})


def _claimed(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdigit() else 0


def _largest(view: Callable[..., Any], kwargs: dict[str, Any]) -> int:
    """Of a file at this address; 0 where none is taken."""
    door_of = getattr(view, "door_of", None)
    try:
        return int(door_of(**kwargs).largest) if door_of else 0
    except NotFound:
        return 0


def _refused(request: HttpRequest, sentence: str) -> HttpResponse:
    """A page, or, for a form that a script has sent, a line above it: what was typed and chosen stays."""
    if not request.htmx:  # type: ignore[attr-defined]  # django_htmx puts it there
        return render(request, "errors/too_large.html", {"sentence": sentence}, status=413)
    answer = render(request, "errors/_too_large.html", {"sentence": sentence}, status=413)
    answer["HX-Reswap"] = "beforebegin"
    return answer
