"""Pages of real-name verification: one's own, and the officers' list."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.accounts.web.viewer import signed_in
from marketplace.identity import policy, queries, scans, services
from marketplace.identity.lifecycle import RealNameState
from marketplace.identity.models import RealNameVerification
from marketplace.identity.web.forms import CompareForm, RealNameForm, ReturnForm
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound

SECRETS = ("real_name", "id_number", "passport_lines", "other_number", "number_read")
"""What no report of an error may repeat."""


@sensitive_post_parameters(*SECRETS)
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = RealNameForm(_posted(request))
    if attempt(form, lambda: services.apply_for_verification(actor=person, application=form.application)):
        messages.success(request, _("Thank you. You will be told when your document has been compared."))
        return redirect("identity:mine")
    own = queries.of(person)
    wanted = own is not None and own.state in scans.CHANGEABLE
    context = {
        "own": own,
        "form": form,
        "may_apply": policy.may_apply(person, own),
        "scans_wanted": wanted,
        **waiting_time(),
    }
    return render(request, "identity/mine.html", context, status=status_of(form))


@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """What the page of one's own shows of it, alone. Raises NotFound where there is nothing."""
    own = queries.of(request.user)
    if own is None:
        raise NotFound
    return render(request, "identity/_state_live.html", {"own": own, **waiting_time()})


@require_safe
@login_required
def waiting(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    if not policy.may_see_waiting(person):
        raise NotFound
    return render(request, "identity/waiting.html", {"waiting": queries.waiting_for(person)})


@never_cache
@sensitive_post_parameters(*SECRETS)
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def compare(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    form = CompareForm(_posted(request))
    seen = queries.seen_by(public_id, person)
    if attempt(form, lambda: services.verify(public_id=public_id, actor=person, **form.cleaned_data)):
        messages.success(request, _("Verified. The person has been told."))
        return redirect("identity:waiting")
    return _page(request, seen, compare_form=form)


@never_cache
@require_POST
@login_required
def send_back(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    form = ReturnForm(request.POST)
    seen = queries.seen_by(public_id, person)
    if attempt(form, lambda: services.return_application(public_id=public_id, actor=person, **form.cleaned_data)):
        messages.success(request, _("Sent back. The person reads what has to be corrected."))
        return redirect("identity:waiting")
    return _page(request, seen, return_form=form)


def waiting_time() -> dict[str, Any]:
    """What a form may say of how long it takes: by experience, or else what is aimed at."""
    return {"usual_wait": queries.usual_wait(), "working_days": settings.REAL_NAME_WORKING_DAYS}


def _page(request: HttpRequest, seen: RealNameVerification, **forms: Form) -> HttpResponse:
    """The application with both forms, a failed one with what was typed; of a decided one nothing is shown any more."""
    if seen.state != RealNameState.PENDING:
        messages.info(request, _("This has been decided already."))
        return redirect("identity:waiting")
    failed = next((form for form in forms.values() if form.is_bound), None)
    initial = {"version": seen.version}
    context = {
        "application": seen,
        "verdict": policy.may_compare(request.user, seen),
        "failed": failed,
        "compare_form": CompareForm(initial=initial),
        "return_form": ReturnForm(initial=initial),
        **{name: form for name, form in forms.items() if form.is_bound},
    }
    return render(request, "identity/compare.html", context, status=status_of(failed) if failed else 200)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
