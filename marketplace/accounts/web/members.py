"""Pages and buttons of belonging: inviting, answering, leaving, places, handing over."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts import membership, policy, queries
from marketplace.accounts.models import Membership, User
from marketplace.accounts.web.forms import InviteForm
from marketplace.accounts.web.proof import proved_again
from marketplace.accounts.web.viewer import signed_in
from marketplace.accounts.web.views import organisation_page
from marketplace.kernel.boundary import attempt


@require_POST
@login_required
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who shall act for the house is said with the password: a stolen session appoints nobody."""
    acting, person = Membership.Place.OFFICER, signed_in(request)
    seen = queries.organisation_seen_by(public_id, person)
    if request.POST.get("place") == acting and policy.may_invite(person, seen, acting):
        return _invited_to_act(request, public_id)
    return _invited(request, public_id)


@proved_again
def _invited_to_act(request: HttpRequest, public_id: str) -> HttpResponse:
    return _invited(request, public_id)


def _invited(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    seen = queries.organisation_seen_by(public_id, person)
    form = InviteForm(request.POST, places=policy.places_given_by(person, seen) or tuple(Membership.Place))
    if attempt(form, lambda: membership.invite(organisation_id=public_id, actor=person, **form.cleaned_data)):
        messages.success(request, _("Invited. The letter is on its way."))
        return redirect("accounts:organisation", public_id)
    return organisation_page(request, seen, invite_form=form)


@require_POST
@login_required
def withdraw(request: HttpRequest, public_id: str, invitation: str) -> HttpResponse:
    membership.withdraw_invitation(organisation_id=public_id, public_id=invitation, actor=_seeing(request, public_id))
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("accounts:organisation", public_id)


@require_POST
@login_required
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    membership.leave(organisation_id=public_id, actor=_seeing(request, public_id))
    messages.success(request, _("You belong to it no longer."))
    return redirect("accounts:organisations")


@require_POST
@login_required
@proved_again
def place(request: HttpRequest, public_id: str, member: str) -> HttpResponse:
    membership.change_place(
        organisation_id=public_id,
        member_id=member,
        actor=_seeing(request, public_id),
        place=request.POST.get("place", ""),
    )
    messages.success(request, _("The place is changed."))
    return redirect("accounts:organisation", public_id)


@require_POST
@login_required
def remove(request: HttpRequest, public_id: str, member: str) -> HttpResponse:
    membership.remove_member(organisation_id=public_id, member_id=member, actor=_seeing(request, public_id))
    messages.success(request, _("This person belongs to it no longer."))
    return redirect("accounts:organisation", public_id)


@require_POST
@login_required
@proved_again
def hand_over(request: HttpRequest, public_id: str, member: str) -> HttpResponse:
    """The password is asked for again: nobody hands a house over from a screen left open."""
    membership.hand_over(organisation_id=public_id, member_id=member, actor=_seeing(request, public_id))
    messages.success(request, _("The organisation is handed over. You stay as an officer."))
    return redirect("accounts:organisation", public_id)


@require_POST
@login_required
@proved_again
def release_rule(request: HttpRequest, public_id: str) -> HttpResponse:
    """The password is asked for again: the rule protects against a single stolen session."""
    by_two = request.POST.get("by_two") == "1"
    membership.set_release_rule(organisation_id=public_id, actor=_seeing(request, public_id), by_two=by_two)
    sentence = _("Postings now go out by two hands.") if by_two else _("Postings now go out by one hand.")
    messages.success(request, sentence)
    return redirect("accounts:organisation", public_id)


@require_safe
@login_required
def invitation(request: HttpRequest, public_id: str) -> HttpResponse:
    found = queries.invitation_to(public_id, request.user)
    verdict = policy.may_answer(request.user, found)
    return render(request, "accounts/invitation.html", {"invitation": found, "verdict": verdict})


@require_POST
@login_required
def accept(request: HttpRequest, public_id: str) -> HttpResponse:
    joined = membership.accept_invitation(public_id=public_id, actor=signed_in(request))
    messages.success(request, _("You belong to it now."))
    return redirect("accounts:organisation", joined.organisation.public_id)


@require_POST
@login_required
def decline(request: HttpRequest, public_id: str) -> HttpResponse:
    membership.decline_invitation(public_id=public_id, actor=signed_in(request))
    messages.success(request, _("Declined. The organisation learns of it."))
    return redirect("accounts:organisations")


def _seeing(request: HttpRequest, public_id: str) -> User:
    """The person, if they may see this organisation at all. Raises NotFound: hidden reads like missing."""
    person = signed_in(request)
    queries.organisation_seen_by(public_id, person)
    return person
