"""The lists people search, and one expert's page. Reading only: there are no verbs here."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Expert
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound
from search import excerpt, service
from search.projection import Kind
from search.queries import DEEPEST, LONGEST_TEXT, Ask, Sort, Stage
from search.web.counting import groups
from search.web.forms import SORTS, STAGES, ChallengeFilter, SearchForm
from search.web.links import Link, choices, chosen, is_common, live_address, without
from tasks.challenges import policy as posting
from tasks.challenges import queries as tasks
from tasks.challenges.models import Challenge

KEPT = 120
"""Seconds for which a list is kept that many may ask for; its name holds the minute and every row's version."""

MOST_ALIKE = 3


@require_safe
def challenges(request: HttpRequest) -> HttpResponse:
    """The list of challenges; with `fragment` only the part that live updates refresh."""
    fragment = "fragment" in request.GET
    request.GET = without(request.GET, "fragment")  # type: ignore[assignment]  # links on the page must not carry it
    form = ChallengeFilter(request.GET)
    page = service.search_challenges(request.user, form.ask)
    marks = excerpt.pattern(form.ask.text)
    context = {
        **_frame(request, form, page),
        "rows": SimpleLazyObject(lambda: [(row, excerpt.excerpt(_text(row), marks)) for row in page.items]),
        "kept": KEPT if page.by_engine and is_common(request.GET, form) else 0,
        "stamp": f"{clock.now():%Y%m%d%H%M}{page.stamp}",
        "stages": choices(request.GET, "state", STAGES, form.ask.stage),
        "sorts": _sorts(request.GET, form),
    }
    if fragment:
        return render(request, "search/_challenges.html", context)
    return render(request, "search/challenges.html", context, status=200 if form.is_valid() else 422)


@require_safe
def experts(request: HttpRequest) -> HttpResponse:
    """The expert database."""
    form = SearchForm(request.GET)
    page = service.search_experts(request.user, form.ask)
    marks = excerpt.pattern(form.ask.text)
    rows = [(row, excerpt.excerpt(row.expertise, marks)) for row in page.items]
    context = {**_frame(request, form, page), "rows": rows}
    return render(request, "search/experts.html", context, status=200 if form.is_valid() else 422)


@require_safe
def alike(request: HttpRequest, public_id: str) -> HttpResponse:
    """Published challenges that read like one that is being written: advice to its writers and approvers (L04)."""
    challenge = tasks.visible(public_id, request.user)
    if not posting.may_see_drafting(request.user, challenge):
        raise NotFound
    words = " ".join([challenge.title, *challenge.keywords])[:LONGEST_TEXT]
    found = service.search_challenges(request.user, Ask(text=words, stage=Stage.ALL))
    rows = [row for row in found.items if row.pk != challenge.pk][:MOST_ALIKE]
    template = "search/_alike.html" if "HX-Request" in request.headers else "search/alike.html"
    return render(request, template, {"challenge": challenge, "rows": rows})


@require_safe
def challenge_counts(request: HttpRequest) -> HttpResponse:
    """How many challenges each filter would find; a part of the list's page that comes after it."""
    return _counts(request, ChallengeFilter(request.GET), Kind.CHALLENGE, "search:challenges", _("Challenges"))


@require_safe
def expert_counts(request: HttpRequest) -> HttpResponse:
    """The same for experts."""
    return _counts(request, SearchForm(request.GET), Kind.EXPERT, "search:experts", _("Experts"))


@require_safe
def expert(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one expert can do (T05)."""
    row: Expert = get_object_or_404(accounts.experts(), public_id=public_id)
    fitting = QueryDict(mutable=True)
    fitting["q"] = " ".join(row.keywords)[:LONGEST_TEXT]
    context = {"expert": row, "fitting": fitting.urlencode()}
    return render(request, "search/expert.html", context)


def _counts(request: HttpRequest, form: SearchForm, kind: Kind, listing: str, title: str) -> HttpResponse:
    counts = service.counts(kind, form.ask)
    shown = list(groups(counts or {}, request.GET, form))
    alone = "HX-Request" in request.headers
    context = {
        "counts": counts,
        "groups": shown,
        "list_url": reverse(listing),
        "title": title,
        "unfolded": not alone,
    }
    return render(request, "search/_counts.html" if alone else "search/counts.html", context)


def _frame(request: HttpRequest, form: SearchForm, page: service.Page[Any]) -> dict[str, Any]:
    return {
        "form": form,
        "found": page,
        "page": page.numbered,
        "chosen": list(chosen(request.GET, form)),
        "deepest": DEEPEST,
        "longest": LONGEST_TEXT,
        "live_address": live_address(request),
        "counts_url": f"{request.path}counts/?{request.GET.urlencode()}",
        "everything_url": f"{request.path}?state={Stage.ALL}" if request.GET else "",
    }


def _sorts(query: QueryDict, form: ChallengeFilter) -> Iterator[Link]:
    """The orders on offer: by relevance only where there is a text to be relevant to."""
    ask = form.ask
    offered = SORTS if ask.text else [one for one in SORTS if one[0] != Sort.RELEVANCE]
    current = Sort.NEWEST if ask.sort == Sort.RELEVANCE and not ask.text else ask.sort
    return choices(query, "sort", offered, current)


def _text(row: Challenge) -> str:
    english = (get_language() or "").startswith("en")
    return row.description_en if english and row.description_en else row.description
