"""The region administrator's desk: which postings wait, and the decision on each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts import queries as people
from marketplace.accounts.roles import Role
from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel import clock
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound
from marketplace.kernel.moments import BEIJING
from marketplace.kernel.verdicts import Denied
from marketplace.registry import queries as registry
from marketplace.registry.models import Region
from marketplace.sealing.queries import WANTED
from tasks.challenges import keying, policy, queries, services
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tasks.web.forms.approvals import ApprovalForm, ReturnForm
from tasks.web.marks import matters, parts
from tasks.web.sheet import sheet

DAYS_AHEAD = 60
"""How far ahead administrators learn that days cannot be counted for certain."""


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    waiting = _waiting(request)
    today = clock.now().astimezone(BEIJING).date()
    unsettled = registry.first_unsettled_day(since=today, within=DAYS_AHEAD)
    return render(request, "tasks/challenges/approvals.html", {**waiting, "unsettled": unsettled})


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return render(request, "tasks/challenges/_queue.html", _waiting(request))


@require_safe
def approval(request: HttpRequest, public_id: str) -> HttpResponse:
    challenge = _in_my_region(request, public_id)
    if challenge.state != State.SUBMITTED:
        messages.info(request, _("This posting has already been decided."))
        return redirect(challenge)
    return _page(request, challenge)


@require_POST
def approve(request: HttpRequest, public_id: str) -> HttpResponse:
    person, challenge = signed_in(request), _in_my_region(request, public_id)
    form = _approval_form(challenge, data=request.POST)
    if attempt(form, lambda: services.approve_challenge(public_id=public_id, actor=person, **form.decision)):
        messages.success(request, _("Approved and published."))
        return redirect(challenge)
    return _page(request, challenge, approve_form=form)


@require_POST
def send_back(request: HttpRequest, public_id: str) -> HttpResponse:
    person, challenge = signed_in(request), _in_my_region(request, public_id)
    form = ReturnForm(request.POST)
    if attempt(form, lambda: services.return_challenge(public_id=public_id, actor=person, **form.cleaned_data)):
        messages.success(request, _("Returned to its sponsor."))
        return redirect("challenges:approvals")
    return _page(request, challenge, return_form=form)


def _waiting(request: HttpRequest) -> dict[str, Any]:
    """What waits in the regions this person administers. Raises NotFound for anybody else."""
    if people.regions_of(request.user, Role.REGION_ADMIN) == []:
        raise NotFound
    return {
        "challenges": queries.awaiting_approval(request.user),
        "organisations": people.pending_organisations(request.user),
    }


def _in_my_region(request: HttpRequest, public_id: str) -> Challenge:
    """A posting handed in in a region this person administers. Raises NotFound alike for missing and foreign."""
    challenge = queries.visible(public_id, request.user)
    if (
        challenge.state == State.DRAFT
        or challenge.region is None
        or not people.holds(request.user, Role.REGION_ADMIN, region=challenge.region)
    ):
        raise NotFound
    return challenge


def _approval_form(challenge: Challenge, data: Any = None) -> ApprovalForm:
    region = challenge.region
    assert isinstance(region, Region)  # noqa: S101  # a posting without a region cannot have been handed in
    return ApprovalForm(
        data,
        adjudicators=people.holders(Role.ADJUDICATOR, region=region),
        supervisors=people.holders(Role.SUPERVISOR, region=region),
        hits=bool(queries.listed_matters(challenge, on=clock.now().date())),
        initial={"version": challenge.version},
    )


def _page(request: HttpRequest, challenge: Challenge, **answered: Any) -> HttpResponse:
    """The posting with both forms; one that failed keeps what was typed."""
    verdict = policy.may_decide(request.user, challenge)
    found = matters(challenge, queries.listed_matters(challenge, on=clock.now().date()))
    words = [word for matter in found for word in matter.words]
    context = {
        **sheet(challenge, request.user),
        "matters": found,
        "title_parts": parts(challenge.title, words),
        "description_parts": parts(challenge.description, words),
        "officers": able if (able := keying.able_officers(challenge)) < WANTED else None,
        "denial": verdict.reason if isinstance(verdict, Denied) else "",
        "approve_form": _approval_form(challenge),
        "return_form": ReturnForm(initial={"version": challenge.version}),
        **answered,
    }
    status = status_of(next(iter(answered.values()))) if answered else 200
    return render(request, "tasks/challenges/approval.html", context, status=status)
