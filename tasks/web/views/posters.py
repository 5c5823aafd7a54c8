"""A challenge on paper, with the QR code that leads back to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.kernel.errors import NotFound
from tasks.challenges import queries
from tasks.challenges.lifecycle import PUBLIC
from tasks.web.sharing import short_address


@require_safe
def poster(request: HttpRequest, public_id: str) -> HttpResponse:
    """One printed page; only of what is published."""
    challenge = queries.visible(public_id, request.user)
    if challenge.state not in PUBLIC:
        raise NotFound
    context = {"challenge": challenge, "address": short_address(challenge)}
    return render(request, "tasks/challenges/poster.html", context)
