"""The page on which supervision suspends an open call and lets it go on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound
from marketplace.kernel.verdicts import Denied
from tasks.challenges import holding, policy, queries
from tasks.challenges.holds import standing
from tasks.web.forms.holding import HoldForm


@require_http_methods(["GET", "HEAD", "POST"])
def suspension(request: HttpRequest, public_id: str) -> HttpResponse:
    person, challenge = signed_in(request), queries.visible(public_id, request.user)
    if not policy.may_supervise(person, challenge):
        raise NotFound
    held = challenge.held_since is not None
    act = holding.resume_call if held else holding.suspend_call
    form = HoldForm(request.POST if request.method == "POST" else None, initial={"version": challenge.version})
    if attempt(form, lambda: act(public_id=public_id, actor=person, **form.cleaned_data)):
        messages.success(request, _("The call goes on.") if held else _("The call is suspended."))
        return redirect(challenge)
    verdict = policy.may_resume(person, challenge) if held else policy.may_suspend(person, challenge)
    context = {
        "challenge": challenge,
        "form": form,
        "hold": standing(challenge) if held else None,
        "denial": verdict.reason if isinstance(verdict, Denied) else "",
    }
    return render(request, "tasks/challenges/suspension.html", context, status=status_of(form))
