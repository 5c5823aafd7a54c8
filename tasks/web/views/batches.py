"""Batches of governments and product programmes of leading enterprises: their calendar, and beginning one."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from tasks.challenges import policy, queries, services
from tasks.challenges.models import ChallengeBatch
from tasks.web.forms.batches import BatchForm


@require_safe
def batch(request: HttpRequest, public_id: str) -> HttpResponse:
    found = queries.batch_seen_by(public_id, request.user)
    context = {
        "batch": found,
        "challenges": queries.in_batch(found, request.user),
        "may_add": bool(policy.may_post_for(request.user, found.organisation)),
    }
    return render(request, "tasks/challenges/batch.html", context)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """All batches and programmes by the month they open in, the latest first (N17c)."""
    rows = queries.batches_shown(request.user)
    months = [(month, list(batches)) for month, batches in groupby(rows, key=_month)]
    context = {"months": months, "may_begin": queries.may_begin_batches(request.user)}
    return render(request, "tasks/challenges/batches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def begin(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = BatchForm(request.POST, person=person) if request.method == "POST" else BatchForm(person=person)
    if form.is_bound:
        made = attempt(form, lambda: services.publish_batch(actor=person, **form.said))
        if made:
            messages.success(request, _("Begun. Add its challenges now."))
            return redirect("challenges:batch", made.public_id)
    return render(request, "tasks/challenges/batch_form.html", {"form": form}, status=status_of(form))


def _month(one: ChallengeBatch) -> Any:
    return one.opens_on.replace(day=1)
