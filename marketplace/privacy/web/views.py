"""Pages of personal information: the public table, what is kept of oneself, the copy, the erasure."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.accounts.web.proof import proved_again
from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from marketplace.privacy import copies, policy, queries, services, tables, wording
from marketplace.privacy.web.forms import EraseForm

SHOWN = 3
"""Rows of each part on the page; all of them are in the file."""


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """For everybody: what is kept about people, why, how long, and what an erasure does to it."""
    return render(request, "privacy/table.html", {"table": wording.table_of(part for _t, part in tables.parts())})


@never_cache
@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    told = ((part, rows) for _table, part, rows in queries.kept_of(signed_in(request), most=SHOWN))
    return render(request, "privacy/mine.html", {"kept": wording.rows_of(told), "shown": SHOWN})


@never_cache
@require_safe
@login_required
@proved_again
def download(request: HttpRequest) -> HttpResponse:
    """The password is asked for again: nobody takes a copy from a screen left open."""
    person = signed_in(request)
    answer = HttpResponse(copies.copy_of(person), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="zhongyan-{person.public_id}.json"'
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@proved_again
def erase(request: HttpRequest) -> HttpResponse:
    """The password is asked for again, here too; afterwards nobody is signed in."""
    person = signed_in(request)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: services.ask_for_erasure(actor=person)):
        logout(request)
        messages.success(request, _("Your account is closed. It will be erased within a day."))
        return redirect("landing")
    context = {"form": form, "bonds": policy.bonds(person), "hours": services.HOURS}
    return render(request, "privacy/erase.html", context, status=status_of(form))
