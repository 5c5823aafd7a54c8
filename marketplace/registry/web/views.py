"""Reading the archive. Nothing here can be answered, judged or paid: there are no verbs."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from marketplace.registry import queries
from marketplace.registry.web.forms import ArchiveFilter

PER_PAGE = 20


@require_safe
def archive_list(request: HttpRequest) -> HttpResponse:
    form = ArchiveFilter(
        request.GET,
        of_fields=list(queries.archive_fields()),
        of_regions=queries.archive_regions(),
        of_years=queries.archive_years(),
    )
    status = 200 if form.is_valid() else 422
    entries = queries.archive_matching(**form.wanted)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "filtered": any(form.wanted.values())}
    return render(request, "archive/list.html", context, status=status)


@require_safe
def archive_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    entry = get_object_or_404(queries.archive(), public_id=public_id)
    return render(request, "archive/detail.html", {"entry": entry})
