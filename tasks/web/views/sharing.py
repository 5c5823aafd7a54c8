"""Following a challenge, and taking it along: short address, QR code, calendar."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts.web.viewer import signed_in
from tasks.challenges import queries
from tasks.following import services
from tasks.web import sharing

HOUR = "private, max-age=3600"


@require_POST
def follow(request: HttpRequest, public_id: str) -> HttpResponse:
    person, challenge = signed_in(request), queries.visible(public_id, request.user)
    services.follow(actor=person, challenge=challenge)
    messages.success(request, _("You will be told what becomes of this challenge. Nobody else learns of it."))
    return redirect(challenge)


@require_POST
def unfollow(request: HttpRequest, public_id: str) -> HttpResponse:
    person, challenge = signed_in(request), queries.visible(public_id, request.user)
    services.unfollow(actor=person, challenge=challenge)
    messages.success(request, _("You no longer follow this challenge."))
    return redirect(challenge)


@require_safe
def short(request: HttpRequest, public_id: str) -> HttpResponse:
    return redirect(queries.visible(public_id, request.user))


@require_safe
def qr(request: HttpRequest, public_id: str) -> HttpResponse:
    picture = sharing.qr_picture(queries.visible(public_id, request.user))
    return HttpResponse(picture, content_type="image/svg+xml", headers={"Cache-Control": HOUR})


@require_safe
def calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    content = sharing.calendar_file(queries.visible(public_id, request.user))
    named = {"Content-Disposition": f'attachment; filename="{public_id}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=named)
