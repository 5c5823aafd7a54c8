"""Pages of teams. Before the opening they exist for their own people, and an invitation for whoever was invited."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts.models import User
from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from tasks.challenges import queries as challenges
from tasks.proposals import policy as proposing
from tasks.proposals import queries as proposals
from tasks.proposals import teaming
from tasks.teams import letters as papers
from tasks.teams import policy, queries, services, shares
from tasks.teams.models import Team
from tasks.web.forms.teams import InvitationForm, SharesForm, UnitForm


@require_POST
@login_required
def begin(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    challenges.visible(public_id, person)
    team = teaming.begin_team(challenge_id=public_id, actor=person)
    return redirect(team)


@require_safe
@login_required
def team(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, public_id)


@require_POST
@login_required
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    person, form = signed_in(request), InvitationForm(request.POST)
    queries.one_for(public_id, person)
    done = attempt(form, lambda: services.invite(public_id=public_id, actor=person, **form.cleaned_data))
    if done is None:
        return _page(request, public_id, invite_form=form)
    messages.success(request, _("Invited. A letter is on its way."))
    return redirect("teams:team", public_id)


@require_POST
@login_required
def remove(request: HttpRequest, public_id: str, seat: str) -> HttpResponse:
    services.remove_member(public_id=public_id, seat_id=seat, actor=signed_in(request))
    messages.success(request, _("Removed. Whoever had agreed agrees anew."))
    return redirect("teams:team", public_id)


@require_POST
@login_required
def share(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    found = queries.one_for(public_id, person)
    form = SharesForm(request.POST, members=queries.joined(found), version=found.version)

    def act() -> Team:
        version = form.cleaned_data["version"]
        return services.set_shares(public_id=public_id, actor=person, said=form.said, version=version)

    if attempt(form, act) is None:
        return _page(request, public_id, shares_form=form)
    messages.success(request, _("The shares are set. Every other member now agrees, or agrees anew."))
    return redirect("teams:team", public_id)


@require_POST
@login_required
def unit(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    form = UnitForm(request.POST, person=person, seat=queries.seat_of(person, queries.one_for(public_id, person)))

    def act() -> Team:
        return teaming.choose_unit(public_id=public_id, actor=person, organisation=form.in_the_name_of)

    if attempt(form, act) is None:
        return _page(request, public_id, unit_form=form)
    messages.success(request, _("Changed. Whoever had agreed agrees anew."))
    return redirect("teams:team", public_id)


@require_POST
@login_required
def agree(request: HttpRequest, public_id: str) -> HttpResponse:
    digest = str(request.POST.get("digest", ""))[:64]
    services.agree(public_id=public_id, actor=signed_in(request), digest=digest)
    messages.success(request, _("You have agreed to exactly this composition."))
    return redirect("teams:team", public_id)


@require_POST
@login_required
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    left = services.leave_team(public_id=public_id, actor=signed_in(request))
    messages.success(request, _("You are in the team no longer."))
    return redirect(left.challenge)


@require_POST
@login_required
def dissolve(request: HttpRequest, public_id: str) -> HttpResponse:
    challenge = teaming.dissolve_team(public_id=public_id, actor=signed_in(request))
    messages.success(request, _("Dissolved. You go on alone."))
    return redirect(challenge)


@require_safe
@login_required
def letters(request: HttpRequest, public_id: str) -> HttpResponse:
    """The letter of one member's organisation, on a page of its own: its address is the door's."""
    seat = papers.seat_read_by(public_id, request.user)
    return render(request, "tasks/teams/letters.html", {"seat": seat, "team": seat.team})


@require_safe
@login_required
def invitation(request: HttpRequest, public_id: str) -> HttpResponse:
    return _invitation(request, public_id)


@require_POST
@login_required
def accept(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    queries.invitation_to(public_id, person)
    form = UnitForm(request.POST, person=person)

    def act() -> Team:
        return teaming.join_team(invitation_id=public_id, actor=person, organisation=form.in_the_name_of)

    joined = attempt(form, act)
    if joined is None:
        return _invitation(request, public_id, form)
    messages.success(request, _("You are in the team now. Its lead sets the shares; then you agree to them."))
    return redirect(joined)


@require_POST
@login_required
def decline(request: HttpRequest, public_id: str) -> HttpResponse:
    services.decline_invitation(public_id=public_id, actor=signed_in(request))
    messages.success(request, _("Declined. The lead of the team learns of it."))
    return redirect("work:mine")


def _page(request: HttpRequest, public_id: str, **answered: forms.Form) -> HttpResponse:
    """The team with its forms; one that failed keeps what was typed."""
    person = signed_in(request)
    found = queries.one_for(public_id, person)
    members = queries.joined(found)
    seat = next((one for one in members if one.person_id == person.pk), None)
    lacking = policy.incomplete(found, members)
    leads, changes = found.lead_id == person.pk, policy.may_change(person, found)
    context: dict[str, Any] = {
        "team": found,
        "challenge": found.challenge,
        "proposal": proposals.with_team(found),
        "members": [(one, one.agreed_to == shares.digest(members)) for one in members],
        "invited": queries.invited(found),
        "seat": seat,
        "leads": leads,
        "digest": shares.digest(members),
        "problems": list(shares.problems(members)),
        "incomplete": lacking.reason if lacking is not None else "",
        "may_change": bool(changes),
        "may_agree": bool(policy.may_agree(person, found)),
        "agreed": seat is not None and seat.agreed_to == shares.digest(members),
        "leaving": policy.may_leave(person, found),
        "merges_close": policy.merges_close(found.challenge),
        "failed": next(iter(answered.values()), None),
        **_forms(found, members, person),
        **answered,
    }
    status = status_of(next(iter(answered.values()))) if answered else 200
    return render(request, "tasks/teams/team.html", context, status=status)


def _forms(found: Team, members: list[Any], person: User) -> dict[str, forms.Form]:
    seat = next((one for one in members if one.person_id == person.pk), None)
    return {
        "invite_form": InvitationForm(),
        "shares_form": SharesForm(members=members, version=found.version),
        "unit_form": UnitForm(person=person, seat=seat),
    }


def _invitation(request: HttpRequest, public_id: str, form: UnitForm | None = None) -> HttpResponse:
    person = signed_in(request)
    found = queries.invitation_to(public_id, person)
    own = proposals.live_one(found.challenge, person)
    called = proposing.may_propose(person, found.challenge)
    verdict = policy.may_join(person, found) if called else called
    context = {
        "invitation": found,
        "challenge": found.challenge,
        "verdict": verdict,
        "own": own,
        "form": form or UnitForm(person=person),
        "merges_close": policy.merges_close(found.challenge),
    }
    return render(request, "tasks/teams/invitation.html", context, status=status_of(form) if form else 200)
