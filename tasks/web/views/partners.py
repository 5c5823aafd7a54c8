"""The board on which partners are looked for. It says nothing of whether anybody proposes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.accounts.models import User
from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound
from marketplace.kernel.verdicts import Denied
from tasks.challenges import queries as challenges
from tasks.challenges.lifecycle import PUBLIC
from tasks.challenges.models import Challenge
from tasks.challenges.policy import no_longer_open
from tasks.teams import partners, policy, queries, services
from tasks.teams.models import PartnerCall
from tasks.web.forms.teams import CallForm, ReplyForm, TakeDownForm

APART = "%s_%%s"
"""Several forms stand on one page, and no two fields of a page have the same id."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def board(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    challenge = _published(public_id, person)
    form = CallForm(request.POST if request.method == "POST" else None, person=person)

    def act() -> PartnerCall:
        said = {name: form.cleaned_data[name] for name in ("offers", "seeks")}
        return partners.post_call(challenge_id=public_id, actor=person, organisation=form.in_the_name_of, **said)

    posted = attempt(form, act)
    if posted:
        messages.success(request, _("Your notice is on the board. Whoever answers writes to you alone."))
        return redirect("partners:board", public_id)
    return _page(request, challenge, call_form=form)


@require_POST
@login_required
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    call = _visible(public_id, person)
    partners.withdraw_call(public_id=public_id, actor=person)
    messages.success(request, _("Withdrawn."))
    return redirect("partners:board", call.challenge.public_id)


@require_POST
@login_required
def take_down(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    call, form = _visible(public_id, person), TakeDownForm(request.POST, auto_id=APART % public_id)
    if attempt(form, lambda: partners.take_down_call(public_id=public_id, actor=person, **form.cleaned_data)):
        messages.success(request, _("Taken down. Its author reads why."))
        return redirect("partners:board", call.challenge.public_id)
    return _page(request, call.challenge, failed=(public_id, form))


@require_POST
@login_required
def reply(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    call, form = _visible(public_id, person), ReplyForm(request.POST, auto_id=APART % public_id)
    if attempt(form, lambda: partners.reply_to_call(public_id=public_id, actor=person, **form.cleaned_data)):
        messages.success(request, _("Sent. They read it with your name, and can invite you."))
        return redirect("partners:board", call.challenge.public_id)
    return _page(request, call.challenge, failed=(public_id, form))


@require_POST
@login_required
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = services.invite_other(reply_id=public_id, actor=signed_in(request))
    messages.success(request, _("Invited. They are told here and by letter."))
    return redirect(seat.team)


def _published(public_id: str, person: User) -> Challenge:
    """A challenge whose board the person may see. Raises NotFound: what is not published has none."""
    challenge = challenges.visible(public_id, person)
    if challenge.state not in PUBLIC:
        raise NotFound
    return challenge


def _visible(public_id: str, person: User) -> PartnerCall:
    """A notice on a board that the person may see. Raises NotFound."""
    call = queries.call(public_id, person)
    challenges.visible(call.challenge.public_id, person)
    return call


def _page(
    request: HttpRequest,
    challenge: Challenge,
    *,
    call_form: CallForm | None = None,
    failed: tuple[str, forms.Form] | None = None,
) -> HttpResponse:
    person = signed_in(request)
    over = no_longer_open(challenge)
    mine = queries.own_call(challenge, person)
    verdict = policy.may_post(person, challenge)
    bound = failed[1] if failed else call_form
    context: dict[str, Any] = {
        "challenge": challenge,
        "over": over.reason if over is not None else "",
        "lines": _lines(person, challenge, failed) if over is None else [],
        "mine": mine,
        "replies": queries.replies_to(mine) if mine else [],
        "may_post": bool(verdict),
        "denied": verdict.reason if isinstance(verdict, Denied) else "",
        "form": call_form or CallForm(person=person),
        "failed": bound,
        "leads": queries.led_by(challenge, person),
        "most": partners.LONGEST,
    }
    status = status_of(bound) if bound is not None and bound.is_bound else 200
    return render(request, "tasks/teams/board.html", context, status=status)


def _lines(person: User, challenge: Challenge, failed: tuple[str, forms.Form] | None) -> list[dict[str, Any]]:
    """Each notice with what this person may do with it."""
    calls = list(queries.board(challenge))
    for call in calls:
        call.challenge = challenge
    answered = queries.replied(person, calls)
    writes, removes = policy.may_write(person, challenge), any(policy.may_take_down(person, call) for call in calls[:1])
    return [
        {
            "call": call,
            "own": call.author_id == person.pk,
            "replied": answered.get(call.pk),
            "reply_form": _form(ReplyForm, call, failed)
            if writes and call.author_id != person.pk and call.pk not in answered
            else None,
            "down_form": _form(TakeDownForm, call, failed) if removes else None,
        }
        for call in calls
    ]


def _form(kind: type[forms.Form], call: PartnerCall, failed: tuple[str, forms.Form] | None) -> forms.Form:
    if failed and failed[0] == call.public_id and isinstance(failed[1], kind):
        return failed[1]
    return kind(auto_id=APART % f"{kind.__name__}_{call.public_id}")
