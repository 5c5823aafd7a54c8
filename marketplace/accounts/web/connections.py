"""Signing in through a provider, and the page of one's connections."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.socialaccount.forms import DisconnectForm
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter, OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.views import SignupView
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from requests import RequestException

from marketplace.accounts import connections
from marketplace.accounts.models import User
from marketplace.accounts.openid import OpenIDAdapter
from marketplace.accounts.orcid import OrcidAdapter
from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import status_of

LEAVE = ("GET", "POST")
"""Without HEAD, which the library takes for somebody who has pressed the button."""


@require_http_methods(LEAVE)
@never_cache
def openid_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _leaving(request, OpenIDAdapter(request, provider_id))


@require_GET
@never_cache
def openid_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _coming_back(request, OpenIDAdapter(request, provider_id))


@require_http_methods(LEAVE)
@never_cache
def orcid_login(request: HttpRequest) -> HttpResponse:
    return _leaving(request, OrcidAdapter(request))


@require_GET
@never_cache
def orcid_callback(request: HttpRequest) -> HttpResponse:
    return _coming_back(request, OrcidAdapter(request))


class ConnectedSignUp(SignupView):  # type: ignore[misc]  # allauth carries no types
    """Signing up as somebody whom a provider has named: written together or not at all."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)
            return answer


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show(request: HttpRequest) -> HttpResponse:
    """One's connections; taking one away, or beginning one, asks for the password again, or the provider."""
    person = signed_in(request)
    form = DisconnectForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound:
        if (elsewhere := _proof_elsewhere(request)) is not None:
            return elsewhere
        if form.is_valid():
            answer: HttpResponse = _disconnect(request, form)
            return answer
    known = connections.providers(request)
    context = {"form": form, "connections": connections.connections_of(person, known), "providers": known}
    return render(request, "socialaccount/connections.html", context, status=status_of(form))


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth carries no types
def _disconnect(request: HttpRequest, form: Any) -> HttpResponse:
    with transaction.atomic():
        User.objects.select_for_update().get(pk=signed_in(request).pk)
        form.full_clean()
        if not form.is_valid():
            return redirect("socialaccount_connections")
        form.save()
    return redirect("socialaccount_connections")


def _leaving(request: HttpRequest, adapter: OAuth2Adapter) -> HttpResponse:
    """To the provider by a page of ours: browsers let no form's answer lead to another host (form-action)."""
    answer = _asked(request, adapter, OAuth2LoginView.adapter_view(adapter))
    if not isinstance(answer, HttpResponseRedirect) or answer.url.startswith("/"):
        return answer
    page = render(request, "socialaccount/leaving.html", {"provider": adapter.get_provider(), "onward": answer.url})
    page["Refresh"] = f"0; url={answer.url}"
    return page


def _coming_back(request: HttpRequest, adapter: OAuth2Adapter) -> HttpResponse:
    return _asked(request, adapter, OAuth2CallbackView.adapter_view(adapter))


def _asked(request: HttpRequest, adapter: OAuth2Adapter, view: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """The library's answer; a page that says so where the provider is away or makes no sense."""
    try:
        provider = adapter.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    if request.GET.get("process") == "connect" and (elsewhere := _proof_elsewhere(request)) is not None:
        return elsewhere
    try:
        return view(request)
    except (OAuth2Error, RequestException) as failure:
        answer: HttpResponse = render_authentication_error(request, provider, exception=failure)
        return answer


def _proof_elsewhere(request: HttpRequest) -> HttpResponse | None:
    """To the provider who knows this person, if nothing else proves who they are."""
    provider = connections.proves_with(request)
    return redirect(connections.way_to_proof(request, provider)) if provider else None
