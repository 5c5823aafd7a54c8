"""The gate: a session that still has to show its second factor reaches only the pages where that is done."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

from marketplace.accounts import second_factor
from marketplace.accounts.models import User
from marketplace.kernel.reading import SAFE

ALWAYS = frozenset({"account_logout", settings.SECOND_FACTOR_NOT_ME})
SETTING_UP = ALWAYS | {"account_reauthenticate", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}
"""Pages for whoever has none yet; adding a first one asks for the password again."""
SHOWING = ALWAYS | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn", settings.SECOND_FACTOR_LOST}
"""Pages for whoever has one: no way to remove it, to add another or to read recovery codes without showing it; and the
page where two administrators are asked, for whoever has lost it."""
WANTED = "second_factor_wanted"
"""Under this name a session holds the page its person was on the way to."""


class SecondFactorGate:
    """Middleware: sends whoever must show a second factor, and has not, to where they set one up or show it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        person = request.user
        if not isinstance(person, User) or not second_factor.must_show(person):
            return None
        if second_factor.has_shown(request.session, person):
            return None
        return _sent_away(request, person)


def _sent_away(request: HttpRequest, person: User) -> HttpResponse | None:
    """None where the page is one of those that stay open.

    What was suspended until the password is typed again is forgotten: it would be carried out behind the gate.
    """
    has_one = second_factor.is_set_up(person)
    request.session.pop(STATE_SESSION_KEY, None)
    match = request.resolver_match
    if match and (match.view_name in (SHOWING if has_one else SETTING_UP) or _spared(match.namespaces)):
        return None
    wanted = request.get_full_path() if _looks_at_a_page(request) else ""
    if not has_one:
        if wanted:
            request.session[WANTED] = wanted
        return redirect("mfa_index")
    onward = urlencode({"next": wanted or resolve_url(settings.LOGIN_REDIRECT_URL)})
    return redirect(f"{resolve_url('mfa_reauthenticate')}?{onward}")


def _looks_at_a_page(request: HttpRequest) -> bool:
    """Somebody goes to a page: not a script that fetches a part of one."""
    asks_for_page = "text/html" in request.headers.get("Accept", "") and "HX-Request" not in request.headers
    return request.method in SAFE and asks_for_page


def _spared(namespaces: list[str]) -> bool:
    """The demo's own pages: they know no person."""
    return settings.DEMO and namespaces == ["demo"]
