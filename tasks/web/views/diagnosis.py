"""Diagnosis of a draft: its sponsor asks up to two experts, who see the draft and write, nothing else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound
from tasks.challenges import policy as posting
from tasks.challenges import queries as challenges
from tasks.diagnosis import policy, queries, services
from tasks.diagnosis.models import Diagnosis
from tasks.web.forms.diagnosis import AskForm, CommentForm
from tasks.web.sheet import sheet


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who was asked and what they wrote, for the draft's own side; a POST asks one more."""
    person = signed_in(request)
    draft = challenges.visible(public_id, person)
    if not posting.may_edit(person, draft):
        raise NotFound
    form = AskForm(request.POST if request.method == "POST" else None, experts=queries.askable(draft))
    if form.is_bound:
        asked = attempt(
            form, lambda: services.ask(challenge=public_id, actor=person, expert=form.cleaned_data["expert"])
        )
        if asked:
            messages.success(request, _("Asked. They see the draft among their work from now on."))
            return redirect("diagnosis:ask", public_id)
    context = {
        "challenge": draft,
        "form": form,
        "asked": queries.of(draft),
        "may_ask": bool(policy.may_ask(person, draft)),
    }
    return render(request, "tasks/diagnosis/ask.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def comment(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    row = queries.own(public_id, person)
    if row.read_at is None:
        return _unread(request, row)
    form = CommentForm(request.POST) if request.method == "POST" else CommentForm(initial={"text": row.comment})
    if form.is_bound:
        said = attempt(
            form, lambda: services.comment(public_id=public_id, actor=person, text=form.cleaned_data["text"])
        )
        if said:
            messages.success(request, _("Thank you. The sponsor reads your comment."))
            return redirect(row)
    context = {**sheet(row.challenge, person), "row": row, "form": form}
    return render(request, "tasks/diagnosis/comment.html", context, status=status_of(form))


def _unread(request: HttpRequest, row: Diagnosis) -> HttpResponse:
    """What reading it means, before anything of it is shown; its button opens the draft."""
    if request.method == "POST":
        services.open_draft(public_id=row.public_id, actor=signed_in(request))
        return redirect(row)
    return render(request, "tasks/diagnosis/unread.html", {"row": row, "challenge": row.challenge})
