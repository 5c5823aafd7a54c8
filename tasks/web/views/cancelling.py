"""The page on which a sponsor asks that its call be cancelled, and the adjudicator decides."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound
from tasks.cancelling import policy, queries, services
from tasks.cancelling.lifecycle import RequestState
from tasks.challenges import policy as challenges
from tasks.challenges import queries as posted
from tasks.challenges.models import Challenge
from tasks.web.forms.cancelling import DecisionForm, RequestForm


@require_http_methods(["GET", "HEAD", "POST"])
def cancellation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asking, and reading what was asked and decided."""
    person, challenge = signed_in(request), _seen(request, public_id)
    form = RequestForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: services.ask_for_cancellation(public_id=public_id, actor=person, **form.cleaned_data)):
        messages.success(request, _("The adjudicator decides. Until then the call goes on."))
        return redirect("challenges:cancellation", public_id)
    return _page(request, challenge, form, request_form=form)


@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    person, challenge = signed_in(request), _seen(request, public_id)
    if not queries.waits_for(challenge):
        raise NotFound
    form = DecisionForm(request.POST)
    done = attempt(
        form, lambda: services.decide_on_cancellation(public_id=public_id, actor=person, **form.cleaned_data)
    )
    if done is None:
        return _page(request, challenge, form, decision_form=form)
    messages.success(request, _("Your decision is recorded."))
    return redirect(challenge)


def _seen(request: HttpRequest, public_id: str) -> Challenge:
    """A challenge whose requests this person may see. Raises NotFound alike for missing and foreign."""
    challenge = posted.visible(public_id, request.user)
    if not policy.may_see(request.user, challenge):
        raise NotFound
    return challenge


def _page(request: HttpRequest, challenge: Challenge, form: Any, **forms: Any) -> HttpResponse:
    last = queries.last_for(challenge)
    waiting = last is not None and last.state == RequestState.ASKED
    closed = challenges.no_longer_open(challenge)
    context = {
        "challenge": challenge,
        "last": last,
        "waiting": waiting,
        "closed": closed.reason if closed is not None else "",
        "may_ask": bool(policy.may_ask(request.user, challenge)),
        "may_decide": waiting and bool(policy.may_decide(request.user, challenge)),
        "request_form": RequestForm(),
        "decision_form": DecisionForm(
            initial={"version": last.version if last else None, "which": last.public_id if last else None}
        ),
        "form": form,
        **forms,
    }
    return render(request, "tasks/cancelling/cancellation.html", context, status=status_of(form))
