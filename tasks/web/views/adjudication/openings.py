"""The opening: what waits for an officer, and one screen for everybody who confirms, from wherever they are."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound
from marketplace.sealing.policy import may_enrol
from marketplace.sealing.web.forms import PhraseForm
from tasks.adjudication import opening as services
from tasks.adjudication import openingrecord, policy
from tasks.challenges import queries as challenges
from tasks.challenges.models import Challenge
from tasks.web.forms.adjudication import SeenForm

PER_PAGE = 25


@never_cache
@require_safe
@login_required
def openings(request: HttpRequest) -> HttpResponse:
    """For opening officers; for everybody else there is no such page."""
    person = signed_in(request)
    if not may_enrol(person):
        raise NotFound
    page = Paginator(openingrecord.to_open(person), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "tasks/adjudication/openings.html", {"page": page})


@never_cache
@require_safe
@login_required
def opening(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, _seen(request, public_id), PhraseForm())


@never_cache
@require_safe
def live(request: HttpRequest, public_id: str) -> HttpResponse:
    context = _record(_seen(request, public_id))
    return render(request, "tasks/adjudication/_opening_record.html", context)


@never_cache
@require_POST
@login_required
@sensitive_post_parameters("phrase")
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """As supervisor by the button alone, as an officer with the phrase."""
    person, challenge = signed_in(request), _seen(request, public_id)
    form = PhraseForm(request.POST) if _is_officer(request, challenge) else SeenForm(request.POST)
    phrase = str(form.data.get("phrase", ""))
    if attempt(form, lambda: services.confirm_opening(public_id=public_id, actor=person, phrase=phrase)):
        messages.success(request, _("Your confirmation is recorded."))
        return redirect("adjudication:opening", public_id)
    return _page(request, _seen(request, public_id), form)


def _seen(request: HttpRequest, public_id: str) -> Challenge:
    challenge = challenges.as_it_is(public_id)
    if not policy.may_see_opening(request.user, challenge):
        raise NotFound
    return challenge


def _is_officer(request: HttpRequest, challenge: Challenge) -> bool:
    return request.user.pk not in {challenge.supervisor_id, challenge.adjudicator_id}


def _page(request: HttpRequest, challenge: Challenge, form: Any) -> HttpResponse:
    person = signed_in(request)
    may = policy.may_confirm_opening(person, challenge)
    context = {
        **_record(challenge),
        "officer": _is_officer(request, challenge),
        "may_confirm": bool(may) and not openingrecord.has_confirmed(person, challenge),
        "denial": "" if may else getattr(may, "reason", ""),
        "form": form,
    }
    return render(request, "tasks/adjudication/opening.html", context, status=status_of(form))


def _record(challenge: Challenge) -> dict[str, Any]:
    return {
        "challenge": challenge,
        "confirmations": openingrecord.confirmations_of(challenge),
        "missing": openingrecord.missing(challenge),
        "opened_until": openingrecord.lapses_at(challenge),
        "lines": openingrecord.lines(challenge),
    }
