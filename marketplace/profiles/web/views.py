"""One's own profile: fill it in, publish it, take it back, name publications and patents."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.accounts.web.viewer import signed_in
from marketplace.identity import queries as identity
from marketplace.kernel.boundary import attempt, status_of
from marketplace.profiles import policy, queries, services
from marketplace.profiles.models import LONGEST_TEXT
from marketplace.profiles.showing import Part, Said, completeness
from marketplace.profiles.web.clash import adopt
from marketplace.profiles.web.forms import ProfileForm, ReferenceForm, anchor, initial_of

NOTHING = Said(published=False, values={})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    profile, typed = queries.of(person), _typed(request)
    form = ProfileForm(typed, initial=initial_of(profile))
    if attempt(form, lambda: services.save_profile(actor=person, content=form.content, version=form.seen_version)):
        messages.success(request, _("Your profile is saved."))
        return redirect("profiles:mine")
    said = queries.whole(profile) if profile else NOTHING
    context = {
        "form": form,
        "differences": adopt(form, typed, queries.of(person)) if typed else None,
        "profile": profile,
        "references": said.values.get(Part.REFERENCES, []),
        "orcid": said.values[Part.ORCID] if profile else queries.orcid_of(person),
        "is_verified": identity.is_verified(person),
        "may_publish": policy.may_publish(person, profile),
        "longest": LONGEST_TEXT,
        **_meter(said),
    }
    return render(request, "profiles/mine.html", context, status=status_of(form))


@require_POST
@login_required
def publish(request: HttpRequest) -> HttpResponse:
    """Raises Refusal, Stale or NotFound."""
    services.publish(actor=signed_in(request))
    messages.success(request, _("Your page is published."))
    return redirect("profiles:mine")


@require_POST
@login_required
def withdraw(request: HttpRequest) -> HttpResponse:
    """Raises Stale or NotFound."""
    services.withdraw(actor=signed_in(request))
    messages.success(request, _("Your page is taken back: nobody else finds or opens it any more."))
    return redirect("profiles:mine")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def references(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = ReferenceForm(_posted(request))
    if attempt(form, lambda: services.add_reference(actor=person, citation=form.citation)):
        messages.success(request, _("Added."))
        return redirect("profiles:references")
    profile = queries.of(person)
    context = {"form": form, "references": queries.references_of(profile) if profile else []}
    return render(request, "profiles/references.html", context, status=status_of(form))


@require_POST
@login_required
def remove_reference(request: HttpRequest, public_id: str) -> HttpResponse:
    """Raises NotFound."""
    services.remove_reference(actor=signed_in(request), public_id=public_id)
    messages.success(request, _("Removed."))
    return redirect("profiles:references")


def _meter(said: Said) -> dict[str, Any]:
    """How complete it is, and where what is missing is filled in."""
    found = completeness(said)
    return {"per_cent": found.per_cent, "missing": [(one.label, anchor(one)) for one in found.missing]}


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, to be written in: after a clash it takes over the version that is saved."""
    return request.POST.copy() if request.method == "POST" else None


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
