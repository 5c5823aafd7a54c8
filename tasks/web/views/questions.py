"""Pages of questions: ask one; as the sponsor's officer answer it or say why not."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.verdicts import Denied, require
from tasks.challenges import queries as posted
from tasks.questions import policy, queries, rules, services
from tasks.questions.models import Question
from tasks.web.forms.questions import AnswerForm, QuestionForm, RefusalForm

APART = "refusal_%s"
"""Both forms stand on one page, and no two fields of a page have the same id."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    person, challenge = signed_in(request), posted.visible(public_id, request.user)
    require(policy.may_ask(person, challenge))
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: services.ask_question(public_id=public_id, actor=person, **form.cleaned_data)):
        messages.success(request, _("Asked. Everybody reads it once it is answered; nobody learns that it is yours."))
        return redirect(f"{challenge.get_absolute_url()}#challenge-questions")
    context = {
        "challenge": challenge,
        "form": form,
        "closes": rules.until(challenge.deadline) if challenge.deadline else None,
        "working_days": rules.WORKING_DAYS,
    }
    return render(request, "tasks/questions/ask.html", context, status=status_of(form))


@require_safe
def question(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, queries.one_for(public_id, request.user))


@require_POST
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    person, found = signed_in(request), queries.one_for(public_id, request.user)
    form = AnswerForm(request.POST)
    done = attempt(form, lambda: services.answer_question(public_id=public_id, actor=person, **form.cleaned_data))
    if done is None:
        return _page(request, found, answer_form=form)
    messages.success(request, _("Answered. Everybody reads question and answer."))
    if done.clarifies:
        address = reverse("challenges:amend", args=[found.challenge.public_id])
        return redirect(f"{address}?question={done.public_id}")
    return redirect(f"{found.challenge.get_absolute_url()}#challenge-questions")


@require_POST
def refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    person, found = signed_in(request), queries.one_for(public_id, request.user)
    form = RefusalForm(request.POST, auto_id=APART)
    done = attempt(form, lambda: services.refuse_question(public_id=public_id, actor=person, **form.cleaned_data))
    if done is None:
        return _page(request, found, refusal_form=form)
    messages.success(request, _("Not answered. Everybody reads the reason."))
    return redirect(f"{found.challenge.get_absolute_url()}#challenge-questions")


def _page(request: HttpRequest, found: Question, **answered: Any) -> HttpResponse:
    """The question with both forms; one that failed keeps what was typed."""
    verdict = policy.may_answer(request.user, found)
    seen = {"version": found.version}
    context = {
        "question": found,
        "challenge": found.challenge,
        "denial": verdict.reason if isinstance(verdict, Denied) else "",
        "due_at": queries.due_at(found),
        "answer_form": AnswerForm(initial=seen),
        "refusal_form": RefusalForm(initial=seen, auto_id=APART),
        **answered,
    }
    status = status_of(next(iter(answered.values()))) if answered else 200
    return render(request, "tasks/questions/question.html", context, status=status)
