"""A challenge on paper: its poster, and the QR code that leads back to it."""

import io

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.kernel.errors import NotFound
from tasks.challenges import queries
from tasks.challenges.lifecycle import PUBLIC
from tasks.challenges.models import Challenge


@require_safe
def poster(request: HttpRequest, public_id: str) -> HttpResponse:
    """One printed page; only of what is published."""
    challenge = _published(request, public_id)
    return render(request, "tasks/challenges/poster.html", {"challenge": challenge, "address": _address(challenge)})


@require_safe
def qr(request: HttpRequest, public_id: str) -> HttpResponse:
    """The challenge's address as a picture, drawn here and by nobody else."""
    out = io.BytesIO()
    code = segno.make(_address(_published(request, public_id)), error="m")
    code.save(out, kind="svg", scale=8, border=2, light="white")
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


def _published(request: HttpRequest, public_id: str) -> Challenge:
    challenge = queries.visible(public_id, request.user)
    if challenge.state not in PUBLIC:
        raise NotFound
    return challenge


def _address(challenge: Challenge) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{challenge.get_absolute_url()}"
