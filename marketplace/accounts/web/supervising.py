"""Pages of what becomes of a verified organisation: renewed, suspended, restored (S5, S6)."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from marketplace.accounts import policy, queries, supervising
from marketplace.accounts.models import Organisation
from marketplace.accounts.official_register import UNASKED, compared
from marketplace.accounts.web.forms import RenewForm, SupervisionForm
from marketplace.accounts.web.viewer import signed_in
from marketplace.accounts.web.views import organisation_page
from marketplace.kernel.boundary import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def renew(request: HttpRequest, public_id: str) -> HttpResponse:
    seen = queries.organisation_seen_by(public_id, request.user)
    if request.method != "POST":
        return redirect("accounts:organisation", public_id)
    form, actor = RenewForm(request.POST), signed_in(request)
    # Asked before anything is locked, for it may take seconds; and for nobody else.
    finding = compared(seen.name, seen.uscc) if policy.may_renew(actor, seen) else UNASKED
    done = attempt(
        form,
        lambda: supervising.renew_organisation(public_id=public_id, actor=actor, finding=finding, **form.cleaned_data),
    )
    if done:
        messages.success(request, _("Verified for another year."))
        return redirect("accounts:organisation", public_id)
    return organisation_page(request, queries.organisation_seen_by(public_id, actor), renew_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def suspend(request: HttpRequest, public_id: str) -> HttpResponse:
    sentence = _("Suspended. Its officers read why, and it can post and propose no more.")
    return _decided(request, public_id, supervising.suspend_organisation, sentence)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def restore(request: HttpRequest, public_id: str) -> HttpResponse:
    sentence = _("Restored: it can post and propose again.")
    return _decided(request, public_id, supervising.restore_organisation, sentence)


def _decided(
    request: HttpRequest, public_id: str, verb: Callable[..., Organisation], sentence: str | Promise
) -> HttpResponse:
    queries.organisation_seen_by(public_id, request.user)
    if request.method != "POST":
        return redirect("accounts:organisation", public_id)
    form, actor = SupervisionForm(request.POST), signed_in(request)
    if attempt(form, lambda: verb(public_id=public_id, actor=actor, **form.cleaned_data)):
        messages.success(request, str(sentence))
        return redirect("accounts:organisation", public_id)
    return organisation_page(request, queries.organisation_seen_by(public_id, actor), supervision_form=form)
