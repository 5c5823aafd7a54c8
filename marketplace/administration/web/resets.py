"""Lost second factors in the back office: who asks, and what two administrators make of it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts.models import User
from marketplace.accounts.web.viewer import signed_in
from marketplace.administration import policy, queries, resetting
from marketplace.administration.models import FactorReset
from marketplace.administration.web.forms import ConfirmForm, RefuseResetForm, VouchForm
from marketplace.kernel import clock
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound

PER_PAGE = 25
OVER_SHOWN = 10


@never_cache
@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    _decider(request)
    context = {
        "page": Paginator(queries.resets_under_way(), PER_PAGE).get_page(request.GET.get("page")),
        "over": queries.resets_over()[:OVER_SHOWN],
    }
    return render(request, "administration/resets.html", context)


@never_cache
@require_safe
@login_required
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, _decider(request), queries.reset(public_id))


@never_cache
@require_POST
@login_required
def vouch(request: HttpRequest, public_id: str) -> HttpResponse:
    return _decided(request, public_id, VouchForm, resetting.vouch, _("Noted. A second administrator decides."))


@never_cache
@require_POST
@login_required
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    said = _("Reset. They are signed out everywhere and set up another one at their next sign-in.")
    return _decided(request, public_id, ConfirmForm, resetting.confirm, said)


@never_cache
@require_POST
@login_required
def refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    return _decided(request, public_id, RefuseResetForm, resetting.refuse, _("Refused."))


def _decided(
    request: HttpRequest, public_id: str, kind: type[ConfirmForm], act: Callable[..., FactorReset], said: str
) -> HttpResponse:
    """One of the three verbs; what fails is said on the page with what was typed."""
    person = _decider(request)
    seen = queries.reset(public_id)
    form = kind(request.POST)
    if attempt(form, lambda: act(public_id=public_id, actor=person, **form.cleaned_data)):
        messages.success(request, said)
        return redirect("administration:resets")
    return _page(request, person, seen, failed=form)


def _page(request: HttpRequest, person: User, row: FactorReset, failed: forms.Form | None = None) -> HttpResponse:
    initial = {"version": row.version}
    context: dict[str, Any] = {
        "row": row,
        "may_vouch": policy.may_vouch(person, row),
        "may_confirm": policy.may_confirm_reset(person, row),
        "may_refuse": policy.may_refuse_reset(person, row),
        "lapsed": row.lapses_at <= clock.now(),
        "deciders": queries.reset_deciders(row),
        "failed": failed,
        "vouch_form": failed if isinstance(failed, VouchForm) else VouchForm(initial=initial),
        "refuse_form": failed if isinstance(failed, RefuseResetForm) else RefuseResetForm(initial=initial),
    }
    return render(request, "administration/reset.html", context, status=status_of(failed) if failed else 200)


def _decider(request: HttpRequest) -> User:
    """A security or system administrator. Raises NotFound: for everybody else there is no such page."""
    person = signed_in(request)
    if not policy.may_see_resets(person):
        raise NotFound
    return person
