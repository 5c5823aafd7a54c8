"""Earlier versions of a draft: what is different, and taking one back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.verdicts import require
from tasks.proposals import policy, queries, services, versions
from tasks.proposals.models import Proposal
from tasks.teams import queries as teams
from tasks.teams.lifecycle import TeamState
from tasks.web.forms.inputs import VersionForm


@never_cache
@require_safe
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    """The versions there are, the latest first, and what one of them and the draft of now do not share."""
    proposal = _written(request, public_id)
    context = {"proposal": proposal, "versions": versions.of(proposal)}
    return render(request, "tasks/proposals/versions.html", context)


@never_cache
@require_safe
def compare(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    proposal = _written(request, public_id)
    earlier = versions.numbered(proposal, number)
    context = {
        "proposal": proposal,
        "earlier": earlier,
        "differences": versions.differences(earlier.content, proposal.content, proposal),
        "form": VersionForm(initial={"version": proposal.version}),
    }
    return render(request, "tasks/proposals/compare.html", context)


@require_POST
def take_back(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Go on from an earlier version; what is there now stays among the versions. Raises Stale."""
    person, proposal = signed_in(request), _written(request, public_id)
    form = VersionForm(request.POST)
    services.take_back(
        public_id=public_id,
        actor=person,
        number=number,
        version=form.cleaned_data["version"] if form.is_valid() else 0,
    )
    messages.success(request, _("The earlier version is in the editor again. What was there stays among the versions."))
    return redirect("proposals:edit", proposal.public_id)


@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw the draft away. Raises Stale."""
    form = VersionForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else 0
    person = signed_in(request)
    proposal = services.discard_draft(public_id=public_id, actor=person, version=seen)
    messages.success(request, _("The draft is destroyed."))
    team = teams.one_for(proposal.team.public_id, person) if proposal.is_sealed and proposal.team else None
    if team is not None and team.state != TeamState.HANDED_IN:
        messages.warning(request, _("Your team has changed since it handed in. What was handed in names it as it was."))
    return redirect(proposal if proposal.is_sealed else proposal.challenge)


def _written(request: HttpRequest, public_id: str) -> Proposal:
    person = signed_in(request)
    proposal = queries.own(public_id, person)
    require(policy.may_edit(person, proposal))
    return proposal
