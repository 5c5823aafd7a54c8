"""Pages of people and organisations: register, verify, send back, correct; one's own profile."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.accounts import papers, policy, queries, services, sms
from marketplace.accounts.lifecycle import OrganisationState
from marketplace.accounts.models import Membership, Organisation, User
from marketplace.accounts.official_register import UNASKED, Finding, compared
from marketplace.accounts.particulars import Particulars
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import Role
from marketplace.accounts.web.forms import (
    InviteForm,
    OrganisationForm,
    ProfileForm,
    RegistrationForm,
    RenewForm,
    ReturnForm,
    SupervisionForm,
    VerifyForm,
)
from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.verdicts import require
from marketplace.vault.services import examine
from marketplace.vault.web.bounds import takes_files


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    shown = {"display_name": person.display_name, "language": person.language}
    form = ProfileForm(_posted(request), initial=shown)
    if attempt(form, lambda: services.change_profile(actor=person, **form.cleaned_data)):
        messages.success(request, _("Your profile is saved."))
        return redirect("accounts:profile")
    context = {
        "form": form,
        "memberships": queries.memberships_of(person),
        "roles": queries.held_roles(person),
        "expert": queries.expert_entry_of(person),
        "mail_confirmed": queries.has_verified_mail(person),
        "takes_numbers": sms.offered(),
    }
    return render(request, "accounts/profile.html", context, status=status_of(form))


@require_safe
@login_required
def organisations(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    context = {
        "memberships": queries.memberships_of(person),
        "administers": queries.regions_of(person, Role.REGION_ADMIN) != [],
        "pending": queries.pending_organisations(person),
        "invitations": queries.invitations_to(person),
    }
    return render(request, "accounts/organisations.html", context)


@takes_files(lambda **_address: papers.DOOR)
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def register(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = RegistrationForm(_posted(request), request.FILES or None)
    made = attempt(form, lambda: _registered(person, form))
    if made:
        messages.success(request, _("Registered. An administrator of the region will look at it."))
        return redirect(_address(made))
    return render(request, "accounts/organisation_form.html", {"form": form}, status=status_of(form))


def _verified(public_id: str, actor: User, form: VerifyForm, finding: Finding) -> Organisation:
    return services.verify_organisation(public_id=public_id, actor=actor, finding=finding, **form.cleaned_data)


def _registered(person: User, form: RegistrationForm) -> Organisation:
    """The letter is examined first, which takes a moment, and then kept with the entry or not at all."""
    letter = examine(form.cleaned_data["file"], papers.DOOR, actor=person)
    return services.register_organisation(actor=person, particulars=form.particulars, letter=letter)


@require_safe
def organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    return organisation_page(request, queries.organisation_seen_by(public_id, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def verify(request: HttpRequest, public_id: str) -> HttpResponse:
    seen = queries.organisation_seen_by(public_id, request.user)
    if request.method != "POST":
        return redirect(_address(seen))
    form, actor = VerifyForm(request.POST), signed_in(request)
    # Asked before anything is locked, for it may take seconds; and for nobody else.
    finding = compared(*_as_said(seen)) if policy.may_verify(actor, seen) else UNASKED
    if attempt(form, lambda: _verified(public_id, actor, form, finding)):
        messages.success(request, _("The organisation is verified."))
        return redirect(_address(seen))
    return organisation_page(request, queries.organisation_seen_by(public_id, actor), verify_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def send_back(request: HttpRequest, public_id: str) -> HttpResponse:
    seen = queries.organisation_seen_by(public_id, request.user)
    if request.method != "POST":
        return redirect(_address(seen))
    form, actor = ReturnForm(request.POST), signed_in(request)
    if attempt(form, lambda: services.return_organisation(public_id=public_id, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Sent back. Its officers read what has to be corrected."))
        return redirect(_address(seen))
    return organisation_page(request, queries.organisation_seen_by(public_id, actor), return_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def resubmit(request: HttpRequest, public_id: str) -> HttpResponse:
    seen = queries.organisation_seen_by(public_id, request.user)
    if request.method != "POST":
        require(policy.may_resubmit(request.user, seen))
    form = OrganisationForm(_posted(request), initial=OrganisationForm.initial_of(seen))
    if attempt(form, lambda: _resubmitted(public_id, signed_in(request), form)):
        messages.success(request, _("Handed in again. An administrator of the region will look at it."))
        return redirect(_address(seen))
    context = {"form": form, "organisation": seen, "reason": queries.reason_of(seen)}
    return render(request, "accounts/organisation_form.html", context, status=status_of(form))


def _resubmitted(public_id: str, actor: User, form: OrganisationForm) -> Organisation:
    seen_version = form.cleaned_data["version"]
    return services.resubmit_organisation(
        public_id=public_id, actor=actor, particulars=form.particulars, version=seen_version
    )


def organisation_page(request: HttpRequest, seen: Organisation, **forms: Form) -> HttpResponse:
    """The organisation's page, with the forms of those whose turn it is; a failed form keeps what was typed."""
    own = bool(policy.may_see_members(request.user, seen))
    pending = seen.state == OrganisationState.PENDING
    failed = next(iter(forms.values()), None)
    may_verify = pending and bool(policy.may_verify(request.user, seen))
    may_renew = not pending and bool(policy.may_renew(request.user, seen))
    context = {
        "organisation": seen,
        "members": queries.members_of(seen) if own else [],
        "own": own,
        "may_verify": may_verify,
        "finding": compared(*_as_said(seen)) if may_verify or may_renew else None,
        "may_see_papers": bool(papers.may_see(request.user, seen)),
        "may_resubmit": bool(policy.may_resubmit(request.user, seen)),
        "may_renew": may_renew,
        "may_suspend": bool(policy.may_suspend(request.user, seen)),
        "may_restore": bool(policy.may_restore(request.user, seen)),
        "reason": queries.reason_of(seen) if policy.may_read_reason(request.user, seen) else "",
        "corrections": _corrections(seen) if may_verify or own else [],
        "failed": failed,
        "verify_form": VerifyForm(),
        "return_form": ReturnForm(),
        "renew_form": RenewForm(),
        "supervision_form": SupervisionForm(),
        **_belonging(request.user, seen, own=own),
        **forms,
    }
    return render(request, "accounts/organisation.html", context, status=status_of(failed) if failed else 200)


def _as_said(seen: Organisation) -> tuple[str, str]:
    """Name and credit code as they shall hold: what the register is asked about."""
    said = seen.corrections or {}
    return said.get("name", seen.name), said.get("uscc", seen.uscc)


def _corrections(seen: Organisation) -> list[tuple[Any, Any, Any]]:
    """What waits to be verified anew, as far as it differs: name of the field, what holds, what is said now."""
    if not seen.corrections:
        return []
    said = Particulars.of_kept(seen.corrections).columns
    labels = OrganisationForm.base_fields
    return [
        (labels[name].label, getattr(seen, name) or "—", value or "—")
        for name, value in said.items()
        if getattr(seen, name) != value
    ]


def _belonging(person: Person, seen: Organisation, *, own: bool) -> dict[str, Any]:
    """What those who belong there can do about it: invite, leave, and as the owner change everybody's place."""
    place = queries.place_of(person, seen) if own else ""
    may_invite = bool(policy.may_invite(person, seen, Membership.Place.MEMBER))
    given = policy.places_given_by(person, seen)
    return {
        "may_invite": may_invite,
        "owns": place == Membership.Place.OWNER,
        "may_leave": bool(place) and place != Membership.Place.OWNER,
        "invitations": queries.invitations_of(seen) if given else [],
        "places_given": given,
        "invite_form": InviteForm(places=given),
    }


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _address(of: Organisation) -> str:
    return reverse("accounts:organisation", args=[of.public_id])
