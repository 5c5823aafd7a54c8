"""One case, and the verbs of its adjudicator and its supervisor."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.verdicts import require
from tasks.adjudication import casefile, openingrecord, services
from tasks.adjudication.policy import may_check, may_see_case
from tasks.adjudication.scoresheet import score_sheet
from tasks.cancelling import queries as cancelling
from tasks.challenges.models import Challenge
from tasks.proposals import reads
from tasks.proposals.lifecycle import ProposalState
from tasks.proposals.reads import Part
from tasks.web.case_stages import case_stages
from tasks.web.forms.adjudication import DecideForm, DrawForm, FailForm, RejectForm, SeenForm

verb = require_http_methods(["GET", "HEAD", "POST"])
"""A verb opened as a page leads back to the case: the address of a failed form can be reloaded or sent on."""


@require_safe
@login_required
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, public_id)


@require_safe
def live(request: HttpRequest, public_id: str) -> HttpResponse:
    return render(request, "tasks/adjudication/_case.html", _context(request, public_id))


@require_safe
@login_required
def proposal(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    challenge = casefile.case(public_id, request.user)
    found = casefile.opened_proposal(challenge, code, request.user)
    _note(request, challenge, [code], Part.WHOLE)
    context = {
        "challenge": challenge,
        "proposal": found,
        "may_check": found.state == ProposalState.OPENED and bool(may_check(request.user, challenge)),
        "form": RejectForm(auto_id=_reject_ids(code)),
    }
    return render(request, "tasks/adjudication/proposal.html", context)


@verb
@login_required
def admit(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    def act(_form: SeenForm) -> object:
        return services.admit_proposal(public_id=public_id, code=code, actor=signed_in(request))

    done = _("%(code)s is admitted to the review.") % {"code": code}
    return _carried_out(request, public_id, SeenForm(request.POST), act, done)


@verb
@login_required
def reject(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    def act(form: RejectForm) -> object:
        reason = form.cleaned_data["reason"]
        return services.reject_proposal(public_id=public_id, code=code, actor=signed_in(request), reason=reason)

    form = RejectForm(request.POST, auto_id=_reject_ids(code))
    done = _("%(code)s is not admitted; its author reads the reason.") % {"code": code}
    return _carried_out(request, public_id, form, act, done, rejecting=code)


@verb
@login_required
def draw(request: HttpRequest, public_id: str) -> HttpResponse:
    def act(form: DrawForm) -> object:
        return services.draw_panel(public_id=public_id, actor=signed_in(request), **form.cleaned_data)

    done = _("The experts are drawn and invited.")
    return _carried_out(request, public_id, DrawForm(request.POST), act, done, draw_form=True)


@verb
@login_required
def draw_further(request: HttpRequest, public_id: str) -> HttpResponse:
    def act(form: SeenForm) -> object:
        return services.draw_further(public_id=public_id, actor=signed_in(request), **form.cleaned_data)

    return _carried_out(request, public_id, SeenForm(request.POST), act, _("Further experts are drawn and invited."))


@verb
@login_required
def release(request: HttpRequest, public_id: str, seat: str) -> HttpResponse:
    def act(form: SeenForm) -> object:
        return services.release_seat(public_id=public_id, seat=seat, actor=signed_in(request), **form.cleaned_data)

    done = _("The seat is passed on. If somebody of the drawn order is left, the next is invited.")
    return _carried_out(request, public_id, SeenForm(request.POST), act, done)


@verb
@login_required
def review_start(request: HttpRequest, public_id: str) -> HttpResponse:
    def act(form: SeenForm) -> object:
        return services.start_review(public_id=public_id, actor=signed_in(request), **form.cleaned_data)

    return _carried_out(request, public_id, SeenForm(request.POST), act, _("The review has begun."))


@verb
@login_required
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    def act(form: DecideForm) -> object:
        return services.adjudicate(public_id=public_id, actor=signed_in(request), **form.cleaned_data)

    sheet = score_sheet(casefile.case(public_id, request.user))
    form = DecideForm(request.POST, lines=sheet.winners if sheet else ())
    done = _("Decided. The public notice has begun.")
    return _carried_out(request, public_id, form, act, done, decide_form=True)


@verb
@login_required
def fail(request: HttpRequest, public_id: str) -> HttpResponse:
    def act(form: FailForm) -> object:
        return services.declare_failed(public_id=public_id, actor=signed_in(request), **form.cleaned_data)

    done = _("The call has ended without an award.")
    return _carried_out(request, public_id, FailForm(request.POST), act, done, fail_form=True)


def _carried_out(
    request: HttpRequest, public_id: str, form: Any, act: Callable[[Any], object], done: str, **shown_as: Any
) -> HttpResponse:
    """Load the case, do the one act, and answer: back to the case, or the case again with what went wrong.

    `shown_as` names the place of the failed form on the page.
    """
    casefile.case(public_id, request.user)
    if request.method == "POST":
        if not attempt(form, lambda: act(form)):
            return _page(request, public_id, form, **shown_as)
        messages.success(request, done)
    return redirect("adjudication:case", public_id)


def _page(request: HttpRequest, public_id: str, failed: BaseForm | None = None, **shown_as: Any) -> HttpResponse:
    context = _context(request, public_id, failed, **shown_as)
    return render(request, "tasks/adjudication/case.html", context, status=status_of(failed) if failed else 200)


def _context(
    request: HttpRequest, public_id: str, failed: BaseForm | None = None, rejecting: str = "", **shown_as: bool
) -> dict[str, Any]:
    file = casefile.case_file(casefile.case(public_id, request.user), request.user)
    _note(request, file.challenge, [one.code for one in file.proposals], Part.HEAD)
    forms: dict[str, BaseForm | None] = {
        "draw_form": DrawForm(),
        "decide_form": DecideForm(lines=file.sheet.winners if file.sheet else ()),
        "fail_form": FailForm(),
        **dict.fromkeys(shown_as, failed),
    }
    rejections = {one.code: RejectForm(auto_id=_reject_ids(one.code)) for one in file.proposals}
    return {
        **forms,
        "file": file,
        "challenge": file.challenge,
        "opened_until": openingrecord.lapses_at(file.challenge),
        "cancellation": cancelling.last_for(file.challenge),
        "stages": case_stages(file.challenge, file.turn),
        "proposals": [(one, failed if one.code == rejecting else rejections[one.code]) for one in file.proposals],
        "failed": failed,
        "lost": _not_shown(file, failed, shown_as),
    }


def _note(request: HttpRequest, challenge: Challenge, codes: list[str], part: Part) -> None:
    """Write down that these are being shown: to its adjudicator or its supervisor, nobody else sees a case."""
    role = require(may_see_case(request.user, challenge)).role
    reads.note(reader=request.user, role=role, challenge=challenge, codes=codes, part=part)


def _not_shown(file: casefile.CaseFile, failed: BaseForm | None, shown_as: dict[str, bool]) -> str:
    """What was typed into a form that the case, having moved on meanwhile, no longer shows: it is not thrown away."""
    gone = ("decide_form" in shown_as and not file.may.decide) or ("fail_form" in shown_as and not file.may.fail)
    if failed is None or not gone:
        return ""
    return "\n\n".join(failed.data.get(name, "") for name in ("reasons", "deviation_reason")).strip()


def _reject_ids(code: str) -> str:
    return f"id_{code}_%s"
