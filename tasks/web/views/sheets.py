"""Pages of taking a list over: upload it, follow it, mend what was faulty."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound
from marketplace.registry import queries as registry
from tasks.sheets import policy, queries, services, writing
from tasks.sheets.models import Sheet
from tasks.web.forms.sheets import SheetForm

LATEST = 10
FAULTY_SHOWN = 100
DRAFTED_ON_A_PAGE = 50
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = (
        SheetForm(request.POST, request.FILES, person=person) if request.method == "POST" else SheetForm(person=person)
    )
    if form.is_bound:
        kept = attempt(form, lambda: services.upload_sheet(actor=person, **_given(form)))
        if kept:
            return redirect(kept)
    context = {"form": form, "sheets": queries.visible_to(person)[:LATEST]}
    return render(request, "tasks/sheets/upload.html", context, status=status_of(form))


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The template in the page's language; it says nothing anybody may not know."""
    if kind == "xlsx":
        regions = registry.regions().filter(code__regex=r"^\d+$")
        content: Any = writing.template_workbook(registry.technology_fields(), regions)
        return _download(content, WORKBOOK, f"{_('Template for lists of challenges')}.xlsx")
    return _download(writing.template_csv(), CSV, f"{_('Template for lists of challenges')}.csv")


@require_safe
@login_required
def run(request: HttpRequest, public_id: str) -> HttpResponse:
    return render(request, "tasks/sheets/run.html", _standing(request, public_id))


@require_safe
def progress(request: HttpRequest, public_id: str) -> HttpResponse:
    return render(request, "tasks/sheets/_run.html", _standing(request, public_id))


@require_safe
def faulty(request: HttpRequest, public_id: str) -> HttpResponse:
    sheet = queries.sheet_seen_by(public_id, request.user)
    rows = queries.faulty_rows(sheet)
    if not rows:
        raise NotFound
    name = _("%(name)s, rows to mend") % {"name": sheet.name.rpartition(".")[0]}
    return _download(writing.rows_to_mend(rows), CSV, f"{name}.csv")


@require_POST
def go_on(request: HttpRequest, public_id: str) -> HttpResponse:
    return redirect(services.go_on(public_id=_seen(request, public_id), actor=signed_in(request)))


@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    return redirect(services.discard_sheet(public_id=_seen(request, public_id), actor=signed_in(request)))


def _given(form: SheetForm) -> dict[str, Any]:
    """What the service takes of what was given."""
    given = form.cleaned_data
    return {
        "organisation": form.posts_for,
        "name": given["file"].name,
        "content": given["file"].read(),
        "language": get_language() or "zh-hans",
        **{name: given[name] for name in ("batch_title", "batch_title_en", "batch_study")},
    }


def _seen(request: HttpRequest, public_id: str) -> str:
    """The id again. Raises NotFound for a sheet this person may not know of."""
    return queries.sheet_seen_by(public_id, request.user).public_id


def _standing(request: HttpRequest, public_id: str) -> dict[str, Any]:
    sheet: Sheet = queries.sheet_seen_by(public_id, request.user)
    done = queries.progress_of(sheet)
    drafted = Paginator(queries.drafted_rows(sheet, request.user), DRAFTED_ON_A_PAGE)
    drafted.count = done.drafted  # counted with the others already
    return {
        "sheet": sheet,
        "progress": done,
        "faulty": queries.faulty_rows(sheet)[:FAULTY_SHOWN] if done.faulty else [],
        "page": drafted.get_page(request.GET.get("page")),
        "may_decide": bool(policy.may_decide_on(request.user, sheet)),
    }


def _download(content: Any, kind: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition or "attachment"})
