"""The demo's own pages and buttons."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts import second_factor
from marketplace.demo import moments, queries, whereabouts
from marketplace.demo.web import landing_place
from marketplace.kernel.ids import is_public_id

MAILS_A_PAGE = 20


@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people, or out with an empty `person`; back to the same page if it is theirs."""
    wanted = request.POST.get("person", "")
    person = queries.player(wanted) if is_public_id(wanted) else None
    if wanted and person is None:
        raise Http404
    logout(request)
    if person is not None:
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        second_factor.note_shown(request, person)
    return redirect(landing_place.place_for(request, request.POST.get("next", "")))


@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """Take the platform's time to the next moment that matters, and do what has become due."""
    asked = request.POST.get("jump", "")
    if asked not in set(moments.Jump):
        raise Http404
    about = request.POST.get("challenge", "")
    challenge = whereabouts.seen(about, request.user) if is_public_id(about) else None
    moved = moments.jump_to(moments.Jump(asked), challenge=challenge, person=request.user)
    messages.success(request, _told(moved))
    return redirect(landing_place.place_for(request, request.POST.get("next", "")))


@require_safe
def loading(request: HttpRequest) -> HttpResponse:
    """The strip that says how far the demo data has come."""
    return render(request, "demo/_loading.html", {"loading": queries.loading()})


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """Every letter the platform has written, the newest first."""
    to = request.GET.get("to", "").replace("\0", "")  # no address holds it, and PostgreSQL does not take it
    page = Paginator(queries.letters(to), MAILS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "demo/mails.html", {"page": page, "to": to})


@require_safe
def mail(request: HttpRequest, number: int) -> HttpResponse:
    """One letter as its recipient gets it, its links to be clicked."""
    letter = queries.letters().filter(pk=number).first()
    if letter is None:
        raise Http404
    return render(request, "demo/mail.html", {"letter": letter})


def _told(moved: int) -> str:
    if not moved:
        return _("The platform's time has moved on. No challenge was due.")
    return ngettext(
        "The platform's time has moved on. %(count)d challenge took its next step.",
        "The platform's time has moved on. %(count)d challenges took their next step.",
        moved,
    ) % {"count": moved}
