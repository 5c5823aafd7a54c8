"""The person's notifications."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts.models import User
from marketplace.notices import queries, services

PER_PAGE = 20


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.notices_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    lines = queries.lines(page, request.user)
    template = "notices/_list.html" if request.headers.get("HX-Request") else "notices/list.html"
    return render(request, template, {"page": page, "lines": lines})


@never_cache
@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """The number beside the bell; fetched after the page and whenever something was told."""
    return render(request, "notices/_count.html", {"unread": queries.unread_count(request.user)})


@require_POST
@login_required
def read(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101  # login_required has seen to it
    services.mark_read(actor=request.user)
    return redirect("notices:list")
