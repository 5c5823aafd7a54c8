"""The audit trail: read page by page, taken away as a file."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.contrib.auth.decorators import login_required
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts.models import User
from marketplace.accounts.roles import ActingAs, Role
from marketplace.accounts.web.viewer import signed_in
from marketplace.administration import policy, services, trail
from marketplace.administration.trail import COLUMNS, Asked, Line
from marketplace.administration.web.forms import ExportForm, TrailFilter, kind_label
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound, Refusal
from marketplace.kernel.moments import BEIJING
from marketplace.outbox.models import Fact
from marketplace.workbooks.cells import BOM

PER_PAGE = 50
MOST = 50_000
"""Facts at most in one file; whoever needs more takes it by days."""
TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}
ROLES = dict([*Role.choices, *ActingAs.choices])


@never_cache
@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    _auditor(request)
    form = TrailFilter(request.GET or None)
    return _page(request, form)


@never_cache
@require_POST
@login_required
def export(request: HttpRequest) -> HttpResponseBase:
    """What the filter chooses, as a file. That it was taken is a fact before the first byte leaves."""
    person = _auditor(request)
    form = ExportForm(request.POST)
    noted = attempt(form, lambda: _noted(person, form))
    return _file(request, form, noted) if noted else _page(request, form)


def _noted(person: User, form: ExportForm) -> Fact:
    count = trail.count(form.asked, most=MOST)
    if count > MOST:
        refused = _("More than %(most)d facts fit. Please choose fewer days.") % {"most": MOST}
        raise Refusal(refused, field="first")
    return services.note_export(actor=person, count=count, form=form.cleaned_data["format"], asked=form.asked.said)


def _page(request: HttpRequest, form: TrailFilter) -> HttpResponse:
    """With what was typed; where that cannot be read nothing is listed."""
    lines: list[Line] = []
    older = ""
    if not form.is_bound or form.is_valid():
        asked = form.asked if form.is_bound else Asked()
        lines, older = trail.page(asked, mark=request.GET.get("below", ""), size=PER_PAGE)
    context = {
        "form": form,
        "lines": [(line, kind_label(line.kind), ROLES.get(line.role, line.role)) for line in lines],
        "older": older,
        "below": "below" in request.GET,
    }
    return render(request, "administration/trail.html", context, status=status_of(form) if form.errors else 200)


def _file(request: HttpRequest, form: ExportForm, noted: Fact) -> HttpResponseBase:
    kind = form.cleaned_data["format"]
    found = trail.written(form.asked, before=noted, most=noted.data["count"])
    pieces = _rows(found) if kind == "csv" else (trail.as_json(line).encode() for line in found)
    answer: HttpResponseBase
    if isinstance(request, ASGIRequest):  # an ordinary iterator would be collected there all the same
        answer = HttpResponse(b"".join(pieces), content_type=TYPES[kind])
    else:
        answer = StreamingHttpResponse(pieces, content_type=TYPES[kind])
    day = f"{noted.occurred_at.astimezone(BEIJING):%Y-%m-%d}"
    answer["Content-Disposition"] = f'attachment; filename="zhongyan-trail-{day}.{kind}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _rows(lines: Iterable[Line]) -> Iterator[bytes]:
    yield (BOM + csv_line(COLUMNS)).encode()
    for line in lines:
        yield csv_line(trail.as_cells(line)).encode()


def csv_line(cells: Iterable[str]) -> str:
    """One row, with CRLF as RFC 4180 asks."""
    written = io.StringIO(newline="")
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _auditor(request: HttpRequest) -> User:
    """An audit administrator. Raises NotFound: for everybody else there is no such page."""
    person = signed_in(request)
    if not policy.may_see_trail(person):
        raise NotFound
    return person
