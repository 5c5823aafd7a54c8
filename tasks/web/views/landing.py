"""The front page: what this place is, and what is open now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.kernel import clock
from tasks.challenges import queries

NEWEST = 6
CLOSING = 5


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    context = {
        "newest": queries.open_challenges()[:NEWEST],
        "closing_soon": queries.closing_soonest(CLOSING, clock.now()),
        "open_count": queries.open_challenges().count(),
    }
    return render(request, "landing.html", context)


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    context = {"newest": queries.open_challenges()[:NEWEST], "open_count": queries.open_challenges().count()}
    return render(request, "tasks/challenges/_newest.html", context)
