"""Pages of employers' consents: what I asked and was asked, one question, its answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.accounts.web.viewer import signed_in
from marketplace.consents import policy, queries, services
from marketplace.consents.models import EmployerConsent
from marketplace.consents.web.forms import AskForm, GiveForm, ReasonForm
from marketplace.kernel.boundary import attempt, status_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = AskForm(request.POST if request.method == "POST" else None, person=person)
    made = attempt(form, lambda: services.ask_for_consent(actor=person, wish=form.wish))
    if made:
        sentence = _("Hand in the letter below.") if made.by_letter else _("Your employer's officers have been told.")
        messages.success(request, sentence)
        return redirect("consents:consent", made.public_id)
    context = {
        "form": form,
        "asked": queries.of(person),
        "waiting": queries.waiting_for(person),
        "in_force": queries.in_force(person),
        "lacking": queries.is_lacking(person),
    }
    return render(request, "consents/mine.html", context, status=status_of(form))


@require_safe
@login_required
def consent(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, queries.seen_by(public_id, request.user))


@require_POST
@login_required
def give(request: HttpRequest, public_id: str) -> HttpResponse:
    seen = queries.seen_by(public_id, request.user)
    form = GiveForm(request.POST, of=seen)
    return _answered(request, seen, services.give_consent, _("Given. The person has been told."), give_form=form)


@require_POST
@login_required
def refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    seen = queries.seen_by(public_id, request.user)
    form = ReasonForm(request.POST)
    return _answered(request, seen, services.refuse_consent, _("Refused. The person reads why."), refuse_form=form)


@require_POST
@login_required
def revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    seen = queries.seen_by(public_id, request.user)
    form = ReasonForm(request.POST)
    return _answered(request, seen, services.revoke_consent, _("Taken back. The person reads why."), revoke_form=form)


@require_POST
@login_required
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    seen = queries.seen_by(public_id, request.user)
    services.withdraw_question(public_id=seen.public_id, actor=signed_in(request))
    messages.success(request, _("Withdrawn."))
    return redirect("consents:mine")


def _answered(
    request: HttpRequest, seen: EmployerConsent, verb: Callable[..., Any], sentence: str, **forms: Form
) -> HttpResponse:
    form, actor = next(iter(forms.values())), signed_in(request)
    if attempt(form, lambda: verb(public_id=seen.public_id, actor=actor, **form.cleaned_data)):
        messages.success(request, sentence)
        return redirect("consents:consent", seen.public_id)
    return _page(request, queries.seen_by(seen.public_id, actor), **forms)


def _page(request: HttpRequest, seen: EmployerConsent, **forms: Form) -> HttpResponse:
    """The question with the forms of those whose turn it is; a failed form keeps what was typed."""
    person, failed = request.user, next(iter(forms.values()), None)
    initial = {"version": seen.version}
    context = {
        "consent": seen,
        "own": seen.person == person,
        "may_answer": policy.may_answer(person, seen),
        "may_revoke": bool(policy.may_revoke(person, seen)),
        "may_withdraw": bool(policy.may_withdraw(person, seen)),
        "may_read_letter": seen.by_letter and (seen.person == person or bool(policy.may_read_letter(person, seen))),
        "failed": failed,
        "give_form": GiveForm(of=seen, initial=initial),
        "refuse_form": ReasonForm(initial=initial),
        "revoke_form": ReasonForm(initial=initial),
        **forms,
    }
    return render(request, "consents/consent.html", context, status=status_of(failed) if failed else 200)
