"""Reading the public figures (数据): pages, the lists behind each number, files."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.kernel import clock
from marketplace.kernel.moments import BEIJING, spoken_moment
from marketplace.oversight import countings, exports, queries
from marketplace.oversight.charts import columns_of
from marketplace.oversight.countings import Counting
from marketplace.oversight.queries import Figures
from marketplace.oversight.scope import Scope
from marketplace.oversight.tables import Table, latest_note, list_url, month_name, page_url, tables_of
from marketplace.registry import queries as registry
from marketplace.registry.models import Region

PER_PAGE = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def overview(request: HttpRequest, code: str = "") -> HttpResponse:
    """The figures of the whole platform, or of a region with all below it.

    The page keeps what it drew as long as the figures themselves, so tables are made only where they are drawn.
    """
    scope = queries.scope_of(region=code, field=request.GET.get("field", ""))
    figures = queries.figures(scope)
    tables = cache(lambda: {table.name: table for table in tables_of(figures, scope)})
    context = {
        "scope": scope,
        "figures": figures,
        "tables": tables,
        "months": lambda: columns_of(tables()["months"]) if "months" in tables() else None,
        "answered_url": list_url(countings.ANSWERED_LATELY, scope),
        "samples_url": list_url(countings.SAMPLES, scope),
        "above": list(_above(scope)),
        "technology_fields": registry.technology_fields(),
        "everywhere": page_url(Scope(field=scope.field)),
        "every_field": page_url(Scope(region=scope.region)),
    }
    return render(request, "oversight/figures.html", context)


@require_safe
def listing(request: HttpRequest, name: str) -> HttpResponse:
    """The challenges that a figure counts."""
    counting = countings.counting(name)
    scope = _asked(request)
    rows = counting.rows(scope)
    context = {
        "counting": counting,
        "scope": scope,
        "scope_name": scope_name(scope),
        "explained": _explained(counting),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "offered": queries.offered(rows),
        "back": page_url(scope),
        "counted_at": clock.now(),
    }
    return render(request, "oversight/list.html", context)


@require_safe
def export_csv(request: HttpRequest) -> HttpResponse:
    """The tables of the page in one CSV file."""
    scope, figures, tables = _export(request)
    content = exports.as_csv(tables, _about(scope, figures))
    return _file(content, "text/csv; charset=utf-8", f"{_file_name(scope, figures)}.csv")


@require_safe
def export_xlsx(request: HttpRequest) -> HttpResponse:
    """The tables of the page as sheets of one xlsx file."""
    scope, figures, tables = _export(request)
    content = exports.as_xlsx(tables, _about(scope, figures), _("About these figures"))
    return _file(content, XLSX, f"{_file_name(scope, figures)}.xlsx")


def _asked(request: HttpRequest) -> Scope:
    asked = {name: request.GET.get(name, "") for name in ("region", "field", "month")}
    return queries.scope_of(**asked, alone=bool(request.GET.get("alone")))


def _export(request: HttpRequest) -> tuple[Scope, Figures, list[Table]]:
    asked = _asked(request)
    scope = Scope(region=asked.region, field=asked.field)
    figures = queries.figures(scope)
    return scope, figures, tables_of(figures, scope)


def _about(scope: Scope, figures: Figures) -> list[str]:
    """What a file must say of itself: of what, when by which clock, from where, and what to keep in mind."""
    when = spoken_moment(figures.counted_at, get_language() or "zh-hans")
    said = [
        _("Public figures of Zhongyan: %(scope)s") % {"scope": scope_name(scope)},
        _("Counted %(moment)s") % {"moment": when},
        _("Source: %(address)s") % {"address": f"{settings.SITE_URL}{page_url(scope)}"},
        _("Rewards are announced by sponsors; funds are not verified by the platform."),
        _("Calls published elsewhere (the archive) are counted nowhere."),
    ]
    if figures.totals["samples"]:
        said.append(_("Sample records among the challenges counted: %(count)s") % {"count": figures.totals["samples"]})
    return said


def scope_name(scope: Scope) -> str:
    """What is counted, in words: a place, and a field and a month where they are given."""
    place = scope.region.full_name if scope.region else _("the whole platform")
    if scope.alone:
        place = _("%(region)s, no closer place given") % {"region": place}
    if scope.field:
        place = _("%(place)s; %(field)s") % {"place": place, "field": scope.field.name}
    if scope.month:
        place = _("%(scope)s; published in %(month)s") % {"scope": place, "month": month_name(scope.month)}
    return place


def _explained(counting: Counting) -> str:
    """What the list of this counting holds, where its name alone would not tell."""
    if counting.name in {"opened", "answered", "answered-lately"}:
        return _("Figures about proposals and solvers are shown by the challenges they belong to.")
    if counting.recent or counting.prize is not None:
        return latest_note()
    return ""


def _above(scope: Scope) -> Iterator[tuple[str, str]]:
    """The regions over the scope's own, the widest first: name and address."""
    over: list[Region] = []
    at = scope.region.parent if scope.region else None
    while at is not None:
        over.insert(0, at)
        at = at.parent
    for region in over:
        yield region.name, page_url(Scope(region=region, field=scope.field))


def _file_name(scope: Scope, figures: Figures) -> str:
    parts = ["zhongyan-figures", scope.region.code if scope.region else "", scope.field.code if scope.field else ""]
    day = f"{figures.counted_at.astimezone(BEIJING):%Y-%m-%d}"
    return "-".join(part for part in [*parts, day] if part)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers: dict[str, Any] = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=kind, headers=headers)
