"""The page on which a sponsor's officers amend an open challenge."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound
from marketplace.kernel.ids import is_public_id
from marketplace.kernel.verdicts import require
from tasks.amendments import policy, queries, rules, services
from tasks.amendments.lifecycle import AmendmentState
from tasks.challenges import policy as challenges
from tasks.challenges import queries as posted
from tasks.challenges.models import Challenge
from tasks.questions import queries as questions
from tasks.questions.models import Question
from tasks.web.forms.amendments import AmendmentForm
from tasks.web.forms.inputs import WhichForm


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, public_id: str) -> HttpResponse:
    person, challenge = signed_in(request), _of_mine(request, public_id)
    require(policy.may_amend(person, challenge))
    call = queries.call_of(challenge)
    span = queries.span_from(call.now)
    form = AmendmentForm(
        request.POST if request.method == "POST" else None,
        challenge=challenge,
        proposed=rules.proposed(call, earliest=span.end),
        answered=_taken_up(request, challenge),
    )
    if form.is_bound:
        done = attempt(form, lambda: services.amend_challenge(public_id=public_id, actor=person, **form.amendment))
        if done:
            return _done(request, challenge, done.state)
    return render(request, "tasks/amendments/amend.html", _context(challenge, form, span), status=status_of(form))


@require_POST
def release(request: HttpRequest, public_id: str) -> HttpResponse:
    person, challenge = signed_in(request), _of_mine(request, public_id)
    services.release_amendment(public_id=public_id, actor=person, **_seen(request))
    return _done(request, challenge, AmendmentState.PUBLISHED)


@require_POST
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    person, challenge = signed_in(request), _of_mine(request, public_id)
    services.drop_amendment(public_id=public_id, actor=person, **_seen(request))
    messages.success(request, _("Dropped. Nothing was published."))
    return redirect(challenge)


def _of_mine(request: HttpRequest, public_id: str) -> Challenge:
    """A challenge of an organisation this person acts for. Raises NotFound alike for missing and foreign."""
    challenge = posted.visible(public_id, request.user)
    if not challenges.as_its_sponsor(request.user, challenge):
        raise NotFound
    return challenge


def _taken_up(request: HttpRequest, challenge: Challenge) -> Question | None:
    """The answer from which the amendment begins, if the address names one."""
    named = request.GET.get("question", "")
    return questions.answered(named, challenge) if is_public_id(named) else None


def _seen(request: HttpRequest) -> dict[str, Any]:
    """Which amendment the page showed, and in what version; what nobody can have seen is stale."""
    form = WhichForm(request.POST)
    return form.cleaned_data if form.is_valid() else {"version": 0}


def _done(request: HttpRequest, challenge: Challenge, state: str) -> HttpResponse:
    if state == AmendmentState.RELEASED:
        messages.info(request, _("Released. Another officer has to publish it; they have been told."))
        return redirect("challenges:amend", challenge.public_id)
    messages.success(request, _("Published. Whoever follows or answers the call is told."))
    return redirect(challenge)


def _context(challenge: Challenge, form: AmendmentForm, span: Any) -> dict[str, Any]:
    return {
        "challenge": challenge,
        "form": form,
        "span": span,
        "waiting": queries.waiting_for(challenge),
        "by_two": challenge.sponsor is not None and challenge.sponsor.released_by_two,
    }
