"""My work (我的待办)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.accounts.web.viewer import signed_in
from tasks.web.worklist import sections_for


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "tasks/work/mine.html", {"sections": sections_for(signed_in(request))})


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return render(request, "tasks/work/_list.html", {"sections": sections_for(signed_in(request))})
