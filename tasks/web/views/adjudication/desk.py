"""The adjudicator's and supervisor's desk: their cases, whose turn it is, since when."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.accounts.web.viewer import signed_in
from tasks.adjudication.casefile import desk_of


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    return render(request, "tasks/adjudication/desk.html", {"desk": desk_of(request.user)})


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return render(request, "tasks/adjudication/_desk.html", {"desk": desk_of(signed_in(request))})
