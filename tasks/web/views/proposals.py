"""Pages of a solver's own proposal. To everybody else, whoever they are, it does not exist."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.accounts.models import User
from marketplace.accounts.web.viewer import signed_in
from marketplace.identity import queries as identity
from marketplace.identity.policy import may_apply
from marketplace.identity.web.views import SECRETS, waiting_time
from marketplace.kernel import clock
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import Stale
from marketplace.kernel.verdicts import Denied, require
from tasks.adjudication import queries as judging
from tasks.challenges import queries as challenges
from tasks.proposals import content, files, intake, policy, queries, reads, services
from tasks.proposals.desk import DESK, LEFT_BEHIND
from tasks.proposals.keeping import KeptText
from tasks.proposals.lifecycle import ProposalState, TicketState
from tasks.proposals.models import IntakeTicket, Proposal
from tasks.teams import queries as teams
from tasks.web.forms.inputs import VersionForm
from tasks.web.forms.proposals import NamedSubmissionForm, ProposalForm
from tasks.web.forms.receipts import LONGEST_CODE, CodeForm
from tasks.web.outlook import next_for
from tasks.web.readers import readers_of

NAMED_BY = "real_name"
"""A field of the form that says who one is: it is sent with the first submission alone."""


@require_POST
def start(request: HttpRequest, public_id: str) -> HttpResponse:
    challenge = challenges.visible(public_id, request.user)
    if not isinstance(request.user, User):
        return redirect_to_login(challenge.get_absolute_url())
    code = str(request.POST.get("code", ""))[:LONGEST_CODE]
    proposal = services.start_proposal(challenge_id=public_id, actor=request.user, code=code)
    if proposal.state == ProposalState.DRAFT:
        return redirect("proposals:edit", proposal.public_id)
    return redirect(proposal)


@never_cache
@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    return render(request, "tasks/proposals/detail.html", {**_standing(request, public_id), "code_form": CodeForm()})


@never_cache
@require_safe
def standing(request: HttpRequest, public_id: str) -> HttpResponse:
    """The fragment that a live message makes the page fetch again."""
    return render(request, "tasks/proposals/_standing.html", _standing(request, public_id))


def _standing(request: HttpRequest, public_id: str) -> dict[str, Any]:
    proposal = queries.own(public_id, request.user)
    result = judging.result_of(proposal)
    return {
        "proposal": proposal,
        "next_words": next_for(proposal, clock.now()),
        "may_edit": bool(policy.may_edit(request.user, proposal)),
        "leads": bool(policy.may_lead(request.user, proposal)),
        "may_withdraw": bool(policy.may_withdraw(request.user, proposal)),
        "may_start_again": _may_start_again(request, proposal),
        "may_replace": bool(policy.may_replace(request.user, proposal)) and not proposal.kept,
        "may_reread": bool(policy.may_reread(request.user, proposal)),
        "replacing": proposal.is_sealed and bool(proposal.kept),
        "receipts": queries.receipts_of(proposal),
        "ticket": queries.last_ticket(proposal),
        "readings": reads.of(proposal),
        "result": result,
        "comments": judging.comments_on(proposal) if result else [],
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    proposal = queries.own(public_id, person)
    typed = request.POST.copy() if request.method == "POST" else None
    if typed is None:
        require(policy.may_edit(person, proposal))
    form = ProposalForm(typed, proposal=proposal)
    saved = attempt(form, lambda: _save(form, public_id, person, by_hand=True)) if form.is_bound else None
    if saved:
        return _after_saving(request, saved)
    clash = _adopt(form, typed, public_id, person)
    return _editor(request, proposal, form, clash=clash)


@never_cache
@require_POST
def autosave(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the editor sends by itself; the answer is one line that says what became of it."""
    person = signed_in(request)
    proposal = queries.own(public_id, person)
    form = ProposalForm(request.POST, proposal=proposal)
    saved = attempt(form, lambda: _save(form, public_id, person, by_hand=False))
    context = {"proposal": saved or proposal, "saved": saved, "form": form, "clash": status_of(form) == Stale.status}
    if saved:
        saved.challenge = proposal.challenge
        context |= _checklist(saved)
    return render(request, "tasks/proposals/_saved.html", context, status=200 if saved else status_of(form))


@never_cache
@sensitive_post_parameters(*SECRETS)
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Check and submit; whoever has not said who they are says it in the same form."""
    person = signed_in(request)
    if request.method == "POST":
        return _handed_in(request, public_id, person)
    proposal = queries.own(public_id, person)
    require(policy.may_lead(person, proposal))
    if not policy.is_being_written(proposal):
        return redirect(proposal)
    make = VersionForm if identity.has_said(person) else NamedSubmissionForm
    return _check_page(request, proposal, make(initial={"version": proposal.version}))


def _handed_in(request: HttpRequest, public_id: str, person: User) -> HttpResponse:
    """Its moment is noted before anything is asked that takes time; in a crowd it is sealed a little later."""
    named = NAMED_BY in request.POST
    form = NamedSubmissionForm(request.POST) if named else VersionForm(request.POST)
    submitted = attempt(form, lambda: _submit(form, public_id, person))
    if not submitted:
        status = status_of(form)
        if not named and not identity.has_said(person):
            form = NamedSubmissionForm(initial={"version": form["version"].value()})
        return _check_page(request, queries.own(public_id, person), form, status=status)
    if isinstance(submitted, Proposal):
        messages.success(request, _("Submitted and sealed. Until the opening nobody else learns of it."))
    return redirect("proposals:detail", public_id)


@never_cache
@require_safe
def waiting(request: HttpRequest, public_id: str) -> HttpResponse:
    """Nothing while what was handed in is being sealed; then the page is fetched again. Cheap: many may ask."""
    person = signed_in(request)
    ticket = queries.last_ticket(queries.own_to_change(public_id, person))
    answer = HttpResponse(status=HTTPStatus.NO_CONTENT)
    if ticket is None or ticket.state != TicketState.TAKEN:
        answer["HX-Refresh"] = "true"
    elif ticket.taken_at < clock.now() - LEFT_BEHIND:
        DESK.leave(ticket, get_language() or "")
    return answer


@never_cache
@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    proposal = queries.own(public_id, person)
    version = VersionForm(request.POST)
    seen = version.cleaned_data["version"] if version.is_valid() else 0
    services.withdraw_proposal(public_id=public_id, actor=person, version=seen)
    messages.success(request, _("Withdrawn. With its reading code you may start again from its text."))
    return redirect(proposal)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
def replace(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin another version; without the code from an empty page."""
    person = signed_in(request)
    if request.method != "POST":
        return redirect(queries.own(public_id, person))
    form = CodeForm(request.POST, optional=True)

    def act() -> Proposal:
        return services.replace_proposal(public_id=public_id, actor=person, code=form.cleaned_data["code"])

    if attempt(form, act):
        return redirect("proposals:edit", public_id)
    return _with_code(request, public_id, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
def reread(request: HttpRequest, public_id: str) -> HttpResponse:
    """The sealed text, for whoever has the code: in this answer alone."""
    person = signed_in(request)
    if request.method != "POST":
        return redirect(queries.own(public_id, person))
    form = CodeForm(request.POST)

    def act() -> KeptText:
        return services.reread_proposal(public_id=public_id, actor=person, code=form.cleaned_data["code"])

    return _with_code(request, public_id, form, read=attempt(form, act))


def _with_code(request: HttpRequest, public_id: str, form: CodeForm, read: KeptText | None = None) -> HttpResponse:
    context = {**_standing(request, public_id), "code_form": form}
    if read:
        context |= {"said": read.content, "sealed_files": read.files}
    return render(request, "tasks/proposals/detail.html", context, status=200 if read else status_of(form))


def _submit(form: VersionForm, public_id: str, person: User) -> Proposal | IntakeTicket:
    """The proposal, sealed; or the ticket of what is going to be."""
    name = form.application if isinstance(form, NamedSubmissionForm) else None
    seen = form.cleaned_data["version"]
    ticket = intake.take_ticket(public_id=public_id, actor=person, version=seen, real_name=name)
    return DESK.settle(ticket, language=get_language() or "") or ticket


def _save(form: ProposalForm, public_id: str, person: User, *, by_hand: bool) -> Proposal:
    return services.save_proposal(
        public_id=public_id,
        actor=person,
        content=form.content,
        organisation=form.in_the_name_of,
        version=form.cleaned_data["version"],
        by_hand=by_hand,
    )


def _after_saving(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    if request.POST.get("then") == "submit":
        return redirect("proposals:submit", proposal.public_id)
    messages.success(request, _("Saved."))
    return redirect("proposals:edit", proposal.public_id)


def _adopt(form: ProposalForm, typed: QueryDict | None, public_id: str, person: User) -> Proposal | None:
    """After a clash: the other text, and its version put into the form, so that saving again replaces it knowingly."""
    if typed is None or status_of(form) != Stale.status:
        return None
    other = queries.own(public_id, person)
    typed["version"] = str(other.version)
    return other


def _editor(request: HttpRequest, proposal: Proposal, form: ProposalForm, clash: Proposal | None) -> HttpResponse:
    context = {
        "proposal": proposal,
        "challenge": proposal.challenge,
        "form": form,
        "leads": bool(policy.may_lead(request.user, proposal)),
        "clash": clash,
        "differences": _differences(form, clash) if clash else [],
        **_checklist(proposal),
    }
    return render(request, "tasks/proposals/edit.html", context, status=status_of(form))


def _checklist(proposal: Proposal) -> dict[str, Any]:
    """What keeps the draft from being submitted, and what reviewers would miss."""
    said, challenge = proposal.content, proposal.challenge
    return {
        "missing": list(content.problems(said, challenge)),
        "advised": list(content.advice(said, challenge.criteria.all())),
    }


def _differences(form: ProposalForm, other: Proposal) -> list[tuple[str, Any, Any]]:
    """Label, what was typed here and what the other window saved, for each text that differs."""
    criteria = list(other.challenge.criteria.all())
    here, there = content.labelled(form.content, criteria), content.labelled(other.content, criteria)
    pairs = zip(here, there, strict=True)
    return [(str(label), typed, saved) for (label, typed), (_same, saved) in pairs if typed != saved]


def _check_page(
    request: HttpRequest, proposal: Proposal, form: VersionForm, *, status: int | None = None
) -> HttpResponse:
    asks_name = isinstance(form, NamedSubmissionForm)
    verdict = policy.may_submit(request.user, proposal)
    if verdict is policy.NAMELESS and asks_name:
        verdict = may_apply(request.user, identity.of(request.user))
    context: dict[str, Any] = {
        "proposal": proposal,
        "form": form,
        "code": proposal.as_kept.code,
        "problems": list(content.problems(proposal.content, proposal.challenge)),
        "denial": verdict.reason if isinstance(verdict, Denied) else "",
        "asks_name": asks_name,
        "files": files.at_hand(proposal),
        "members": teams.joined(proposal.team) if proposal.team else [],
        "readers": readers_of(proposal.challenge),
        "asks_consent": verdict is policy.UNCONSENTED,
        **waiting_time(),
    }
    return render(request, "tasks/proposals/submit.html", context, status=status or status_of(form))


def _may_start_again(request: HttpRequest, proposal: Proposal) -> bool:
    if proposal.state != ProposalState.WITHDRAWN or queries.live_one(proposal.challenge, request.user):
        return False
    return bool(policy.may_propose(request.user, proposal.challenge))
