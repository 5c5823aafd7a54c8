"""The files of a holder: shown, brought, taken away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound
from marketplace.vault import doors, policy, queries, services, taken
from marketplace.vault.doors import Door, Rights, door
from marketplace.vault.lifecycle import KEPT
from marketplace.vault.models import StoredFile
from marketplace.vault.web.bounds import takes_files
from marketplace.vault.web.forms import FileForm


@takes_files(lambda door, **_address: doors.door(door))
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def at(request: HttpRequest, door: str, holder: str) -> HttpResponse:
    """The list alone, as pages fetch it again; a file sent here is brought. Raises NotFound."""
    theirs = policy.rights(request.user, door, holder)
    if theirs.over and request.method != "POST":
        return HttpResponse()
    shown = _shown(request.user, door, holder, theirs)
    if request.method != "POST":
        return render(request, "vault/_files.html", shown)
    form = FileForm(request.POST, request.FILES, at=shown["door"])
    brought = attempt(
        form,
        lambda: services.bring(
            actor=request.user,
            code=door,
            holder=holder,
            purpose=form.cleaned_data["purpose"],
            upload=form.cleaned_data["file"],
        ),
    )
    if not brought:
        return _answer(request, shown["door"], {**shown, "form": form}, status=status_of(form))
    if request.htmx:  # type: ignore[attr-defined]  # django_htmx puts it there
        return render(request, "vault/_files.html", section(request, door, holder))
    messages.success(request, _("The file is there."))
    return redirect(shown["door"].page(holder))


@require_POST
@login_required
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    row = services.take_away(actor=request.user, public_id=public_id)
    if request.htmx:  # type: ignore[attr-defined]  # django_htmx puts it there
        return render(request, "vault/_files.html", section(request, row.door, row.holder))
    messages.success(request, _("The file was removed."))
    return redirect(door(row.door).page(row.holder))


def section(request: HttpRequest, code: str, holder: str) -> dict[str, Any]:
    """What the list of a holder's files shows this person. Raises NotFound where they may not know of it."""
    return _shown(request.user, code, holder, policy.rights(request.user, code, holder))


def _shown(person: Any, code: str, holder: str, theirs: Rights) -> dict[str, Any]:
    if not theirs.read:
        raise NotFound
    found = door(code)
    return {
        "door": found,
        "holder": holder,
        "files": [_line(found, row, person, theirs) for row in queries.of(code, holder)],
        "form": FileForm(at=found) if theirs.bring else None,
    }


def _line(at: Door, row: StoredFile, person: Any, theirs: Rights) -> dict[str, Any]:
    known = policy.may_know_whose(person, row, theirs) and (not at.quiet or bool(theirs.bring))
    return {
        "row": row,
        "name": policy.called(person, row, theirs),
        "by": row.uploaded_by if known else None,
        "at": row.uploaded_at if known or not at.blind else None,
        "taken_out": taken.words(row.taken_out) if known else "",
        "purpose": at.purposes.get(row.purpose, row.purpose),
        "readable": policy.is_readable(row),
        "removable": bool(theirs.take_away) and row.state in KEPT,
    }


def _answer(request: HttpRequest, at: Door, context: dict[str, Any], *, status: int) -> HttpResponse:
    """A form that failed: in its place, or as a page where no script asked for it."""
    template = "vault/_files.html" if request.htmx else "vault/page.html"  # type: ignore[attr-defined]  # django_htmx puts it there
    return render(request, template, {**context, "back": at.page(context["holder"])}, status=status)
