"""An opening officer's own key: made here, its phrase told once, and typed again each month."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts.models import User
from marketplace.accounts.web.proof import proved_again
from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel import clock
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound
from marketplace.sealing import policy, queries, services
from marketplace.sealing.web.forms import PhraseForm


@never_cache
@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    return _page(request, _officer(request), PhraseForm())


@never_cache
@require_POST
@login_required
@proved_again
@sensitive_variables()
def enrol(request: HttpRequest) -> HttpResponse:
    """The answer itself shows the phrase: it is in no session, no message and no address."""
    person = _officer(request)
    enrolment = services.enrol(actor=person)
    context = _context(person, PhraseForm())
    return render(request, "sealing/enrolled.html", {**context, "words": enrolment.phrase.split()})


@never_cache
@require_POST
@login_required
@sensitive_post_parameters("phrase")
def prove(request: HttpRequest) -> HttpResponse:
    person = _officer(request)
    form = PhraseForm(request.POST)
    if attempt(form, lambda: services.prove(actor=person, phrase=form.cleaned_data["phrase"])):
        messages.success(request, _("Right. Keys are entrusted to you for the next 30 days."))
        return redirect("sealing:mine")
    return _page(request, person, form)


def _officer(request: HttpRequest) -> User:
    person = signed_in(request)
    if not policy.may_enrol(person):
        raise NotFound
    return person


def _page(request: HttpRequest, person: User, form: PhraseForm) -> HttpResponse:
    return render(request, "sealing/mine.html", _context(person, form), status=status_of(form))


def _context(person: User, form: PhraseForm) -> dict[str, Any]:
    key = queries.key_in_force(person)
    until = queries.proven_until(key) if key else None
    return {
        "key": key,
        "until": until,
        "is_able": until is not None and until > clock.now(),
        "form": form,
        "held": len(queries.matters_held_by(person)),
    }
