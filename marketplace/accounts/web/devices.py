"""The page of one's devices: where one is signed in, and ending that there or everywhere else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts import devices, services
from marketplace.accounts.web.viewer import signed_in


@require_safe
@login_required
def show(request: HttpRequest) -> HttpResponse:
    found = devices.devices_of(signed_in(request), session_key=request.session.session_key or "")
    return render(request, "accounts/devices.html", {"devices": found})


@require_POST
@login_required
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    devices.end_device(signed_in(request), public_id)
    messages.success(request, _("That device is signed out."))
    return redirect("accounts:devices")


@require_POST
@login_required
def end_others(request: HttpRequest) -> HttpResponse:
    """End every session and go on in this one, under another key; all of it at once, or another tab would be out."""
    with transaction.atomic():
        devices.go_on_alone(request, services.end_sessions(actor=signed_in(request)))
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("accounts:devices")
