"""Offices: who holds which, and how one is given or ended by two persons."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.accounts.models import RoleGrant, User
from marketplace.accounts.web.viewer import signed_in
from marketplace.administration import policy, queries, services
from marketplace.administration.models import GrantRequest
from marketplace.administration.web.forms import ConfirmForm, GrantsFilter, ProposeForm, RefuseForm
from marketplace.kernel import clock
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound

PER_PAGE = 25
DECIDED_SHOWN = 10


@never_cache
@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    person = _administrator(request)
    form = GrantsFilter(request.GET or None)
    page = Paginator(_chosen(form), PER_PAGE).get_page(request.GET.get("page"))
    lists: dict[str, list[Any]] = {
        "rows": list(page),
        "waiting": list(queries.waiting()),
        "decided": list(queries.decided()[:DECIDED_SHOWN]),
    }
    places = queries.places_of(row for rows in lists.values() for row in rows)
    context = {
        "form": form,
        "page": page,
        **{name: [(row, places.get(row.scope_id)) for row in rows] for name, rows in lists.items()},
        "may_propose": policy.may_propose(person),
        "now": clock.now(),
    }
    return render(request, "administration/grants.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def propose(request: HttpRequest) -> HttpResponse:
    person = _administrator(request)
    if not policy.may_propose(person):
        raise NotFound
    form = ProposeForm(request.POST) if request.method == "POST" else ProposeForm(initial=_begun(request))
    row = attempt(form, lambda: services.propose(actor=person, person=form.cleaned_data["person"], change=form.change))
    if row:
        messages.success(request, _("Proposed. A second person decides."))
        return redirect("administration:request", row.public_id)
    return render(request, "administration/propose.html", {"form": form}, status=status_of(form))


@never_cache
@require_safe
@login_required
def request_page(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, _administrator(request), queries.seen(public_id))


@never_cache
@require_POST
@login_required
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    return _decided(request, public_id, ConfirmForm, services.confirm, _("Confirmed. It holds from now on."))


@never_cache
@require_POST
@login_required
def refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    return _decided(request, public_id, RefuseForm, services.refuse, _("Refused."))


@never_cache
@require_POST
@login_required
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    return _decided(request, public_id, ConfirmForm, services.withdraw, _("Withdrawn."))


def _decided(
    request: HttpRequest, public_id: str, kind: type[ConfirmForm], act: Callable[..., GrantRequest], said: str
) -> HttpResponse:
    """One of the three verbs on a request; what fails is said on its page with what was typed."""
    person = _administrator(request)
    seen = queries.seen(public_id)
    form = kind(request.POST)
    if attempt(form, lambda: act(public_id=public_id, actor=person, **form.cleaned_data)):
        messages.success(request, said)
        return redirect("administration:grants")
    return _page(request, person, seen, failed=form)


def _page(request: HttpRequest, person: User, row: GrantRequest, failed: ConfirmForm | None = None) -> HttpResponse:
    initial = {"version": row.version}
    context = {
        "row": row,
        "place": queries.places_of([row]).get(row.scope_id),
        "may_decide": policy.may_decide(person, row),
        "may_withdraw": policy.may_withdraw(person, row),
        "lapsed": row.lapses_at <= clock.now(),
        "confirmers": queries.confirmers(row),
        "failed": failed,
        "refuse_form": failed if isinstance(failed, RefuseForm) else RefuseForm(initial=initial),
    }
    return render(request, "administration/request.html", context, status=status_of(failed) if failed else 200)


def _administrator(request: HttpRequest) -> User:
    """One of the three. Raises NotFound: for everybody else there is no such page."""
    person = signed_in(request)
    if not policy.may_see_grants(person):
        raise NotFound
    return person


def _chosen(form: GrantsFilter) -> QuerySet[RoleGrant]:
    """Those in force, narrowed by what was asked; nothing where it could not be read."""
    if not form.is_bound:
        return queries.grants().filter(queries.held_now())
    if not form.is_valid():
        return queries.grants().none()
    asked = form.cleaned_data
    rows = queries.grants() if asked["ended"] else queries.grants().filter(queries.held_now())
    if asked["role"]:
        rows = rows.filter(role=asked["role"])
    if asked["region"]:
        rows = rows.filter(queries.of_region(asked["region"]))
    return rows.filter(_named(asked["person"])) if asked["person"].strip() else rows


def _named(text: str) -> Q:
    known = queries.person_named(text)
    return Q(user=known) if known else Q(user__display_name__icontains=text.strip())


def _begun(request: HttpRequest) -> dict[str, str]:
    """What a link in the list of offices has filled in."""
    names = ("person", "act", "role", "region")
    return {name: request.GET[name] for name in names if name in request.GET}
