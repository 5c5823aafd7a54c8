"""Reviewers' pages: their seats, an invitation, scoring one proposal. Other reviewers' scores are never here."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.accounts.roles import ActingAs
from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import Stale
from tasks.adjudication import queries, services
from tasks.adjudication.leaving import ANSWER_WORKING_DAYS, REVIEW_WORKING_DAYS
from tasks.adjudication.lifecycle import AssignmentState, ReviewState
from tasks.adjudication.models import Assignment, Review
from tasks.adjudication.policy import may_recuse
from tasks.adjudication.reviewing import MaskedProposal, Seat, proposals_for, seats_of
from tasks.challenges import queries as challenges
from tasks.challenges.lifecycle import State
from tasks.proposals import reads
from tasks.proposals.models import Proposal
from tasks.proposals.reads import Part
from tasks.web.forms.adjudication import AcceptForm, DeclineForm, RecuseForm, ScoreForm

verb = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def reviews(request: HttpRequest) -> HttpResponse:
    return render(request, "tasks/adjudication/reviews.html", {"seats": seats_of(request.user)})


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return render(request, "tasks/adjudication/_reviews.html", {"seats": seats_of(signed_in(request))})


@require_safe
@login_required
def assignment(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = queries.own_assignment(public_id, request.user)
    return _page(request, seat, accept_form=AcceptForm(), decline_form=DeclineForm())


@require_safe
def assignment_live(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = queries.own_assignment(public_id, request.user)
    return render(request, "tasks/adjudication/_seat.html", _seat_context(seat))


@verb
@login_required
def accept(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = queries.own_assignment(public_id, request.user)
    if request.method != "POST":
        return redirect(seat)
    form, actor = AcceptForm(request.POST), signed_in(request)

    def act() -> Assignment:
        version = form.cleaned_data["version"]
        return services.accept_invitation(
            public_id=public_id, actor=actor, declaration=form.declaration, version=version
        )

    if attempt(form, act):
        messages.success(request, _("You have taken the seat."))
        return redirect(seat)
    return _page(request, queries.own_assignment(public_id, actor), form, accept_form=form, decline_form=DeclineForm())


@verb
@login_required
def decline(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = queries.own_assignment(public_id, request.user)
    if request.method != "POST":
        return redirect(seat)
    form, actor = DeclineForm(request.POST), signed_in(request)
    if attempt(form, lambda: services.decline_invitation(public_id=public_id, actor=actor, **form.cleaned_data)):
        messages.success(request, _("You have declined. The next expert of the drawn order is invited."))
        return redirect("adjudication:reviews")
    return _page(request, queries.own_assignment(public_id, actor), form, accept_form=AcceptForm(), decline_form=form)


@verb
@login_required
def recuse(request: HttpRequest, public_id: str) -> HttpResponse:
    seat, actor = queries.own_assignment(public_id, request.user), signed_in(request)
    form = RecuseForm(request.POST if request.method == "POST" else None)

    def act() -> Assignment:
        given = {name: form.cleaned_data[name] for name in ("reason", "version")}
        return services.recuse_reviewer(public_id=public_id, actor=actor, **given)

    if attempt(form, act):
        messages.success(request, _("You have given up the seat. Your scores for it do not count."))
        return redirect("adjudication:reviews")
    seat = queries.own_assignment(public_id, actor)
    verdict = may_recuse(actor, seat)
    context = {
        "assignment": seat,
        "challenge": seat.panel.challenge,
        "form": form,
        "open": bool(verdict),
        "denied": getattr(verdict, "reason", ""),
    }
    return render(request, "tasks/adjudication/recuse.html", context, status=status_of(form))


@verb
@login_required
def score(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    typed = request.POST.copy() if request.method == "POST" else None
    form = ScoreForm(typed, criteria=queries.criteria_judged(public_id, request.user))
    act = services.lock_review if form.locking else services.save_review
    if attempt(form, lambda: act(public_id=public_id, code=code, actor=signed_in(request), **form.given)):
        return _kept(request, public_id, code, locked=form.locking)
    seat = queries.own_assignment(public_id, request.user)
    if form.is_bound and seat.panel.challenge.state != State.REVIEWING:
        return _too_late(request, seat)
    proposal = queries.masked(seat, code)
    form = form if form.is_bound else _score_form(None, seat, proposal)
    clash = _adopt(form, typed, seat, proposal)
    if clash and not clash.differences and not form.locking:
        return _kept(request, public_id, code, locked=False)
    context = _score_context(seat, proposal) | {"form": form, "clash": clash}
    return render(request, "tasks/adjudication/score.html", context, status=status_of(form))


def _score_context(seat: Assignment, proposal: Proposal) -> dict[str, Any]:
    review = queries.review_of(seat, proposal)
    others = proposals_for(seat)
    _note(seat, [one.code for one in others], Part.HEAD)
    _note(seat, [proposal.code], Part.WHOLE)
    return {
        "assignment": seat,
        "challenge": seat.panel.challenge,
        "proposal": MaskedProposal.of(proposal, review),
        "review": review,
        "locked": _is_locked(review),
        "others": others,
    }


def _note(seat: Assignment, codes: list[str], part: Part) -> None:
    """Write down that these are being shown to the reviewer of this seat."""
    challenge = seat.panel.challenge
    reads.note(reader=seat.reviewer, role=ActingAs.REVIEWER, challenge=challenge, codes=codes, part=part)


def _is_locked(review: Review | None) -> bool:
    return review is not None and review.state == ReviewState.LOCKED


def _score_form(typed: QueryDict | None, seat: Assignment, proposal: Proposal) -> ScoreForm:
    return ScoreForm(typed, criteria=seat.panel.challenge.criteria.all(), review=queries.review_of(seat, proposal))


def _adopt(form: ScoreForm, typed: QueryDict | None, seat: Assignment, proposal: Proposal) -> ScoreForm | None:
    """After a clash: what was typed beside what the other window saved.

    Its version is put into the form, so that saving again replaces it knowingly.
    """
    if typed is None or status_of(form) != Stale.status or _is_locked(queries.review_of(seat, proposal)):
        return None
    both = _score_form(typed, seat, proposal)
    both.full_clean()
    typed["version"] = str(both["version"].initial)
    return both


def _too_late(request: HttpRequest, seat: Assignment) -> HttpResponse:
    """The review ended while the form was open: nothing is taken, and what was written is given back."""
    context = {**_seat_context(seat), "challenge": seat.panel.challenge, "lost": request.POST.get("comment", "")}
    return render(request, "tasks/adjudication/assignment.html", context, status=Stale.status)


def _kept(request: HttpRequest, seat: str, code: str, *, locked: bool) -> HttpResponse:
    if locked:
        messages.success(request, _("Your scores for %(code)s are locked.") % {"code": code})
        return redirect("adjudication:assignment", seat)
    messages.success(request, _("Saved. Nobody else sees these scores before you lock them."))
    return redirect("adjudication:score", seat, code)


def _page(request: HttpRequest, seat: Assignment, failed: Any = None, **forms: Any) -> HttpResponse:
    """An open invitation with its two answers, or the seat that was taken."""
    invited = seat.state == AssignmentState.INVITED
    challenge = challenges.visible(seat.panel.challenge.public_id, request.user)
    context = {**_seat_context(seat), **forms, "challenge": challenge, "failed": failed}
    template = "tasks/adjudication/invitation.html" if invited else "tasks/adjudication/assignment.html"
    return render(request, template, context, status=status_of(failed) if failed else 200)


def _seat_context(seat: Assignment) -> dict[str, Any]:
    proposals = proposals_for(seat)
    _note(seat, [one.code for one in proposals], Part.HEAD)
    locked = sum(one.state == ReviewState.LOCKED for one in proposals)
    leaving = bool(may_recuse(seat.reviewer, seat))
    return {
        "assignment": seat,
        "proposals": proposals,
        "seat": Seat(seat, len(proposals), locked),
        "answer_days": ANSWER_WORKING_DAYS,
        "review_days": REVIEW_WORKING_DAYS,
        "may_recuse": leaving,
        "conflict": leaving and queries.conflicts(seat.reviewer, seat.panel.challenge),
    }
