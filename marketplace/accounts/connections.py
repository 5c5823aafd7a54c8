"""Accounts elsewhere that sign somebody in here: whose they are, how they come and go.

An account elsewhere is known by provider and subject, never by an address: whoever comes for the first time signs up,
and somebody with an account here signs in and connects it. See docs/decisions/0011-the-doors.md.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import structlog
from allauth.account import app_settings as account_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings, get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess, Provider
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import devices, events, queries, services
from marketplace.accounts.models import User
from marketplace.accounts.roles import ActingAs
from marketplace.kernel.verdicts import Allowed
from marketplace.outbox.record import record
from marketplace.workbooks.lines import one_line

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Connection:
    """An account elsewhere as its owner sees it; `provider` is empty where the settings name it no longer."""

    pk: int
    provider: str
    shown: str


class ConnectionsAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """How django-allauth writes people who come through a provider (settings.SOCIALACCOUNT_ADAPTER)."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": _("This is your only way in: please set a password first."),
        "no_verified_email": _("Please confirm your e-mail address first: without one a password cannot be renewed."),
    }

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The providers of the settings; the library would also ask its table, at each page that shows them."""
        kinds = _build_apps_from_settings(provider=provider, client_id=client_id).values()
        return [one for apps in kinds for one in apps]

    def is_email_verified(self, provider: Provider, email: str) -> bool:
        """No address for its ending alone; what a provider says of one is in `openid.py`."""
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Nobody's account is entered by an address."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Forget the token, which a session would keep while somebody signs up or types a password again.

        The library connects to whoever has no password without asking for proof: they are sent for it.
        """
        sociallogin.token = None
        connects = sociallogin.state.get("process") == AuthProcess.CONNECT
        if connects and (provider := proves_with(request)) is not None:
            raise ImmediateHttpResponse(redirect(way_to_proof(request, provider)))

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Propose what the provider tells: address and name, which the person may change."""
        user: User = super().populate_user(request, sociallogin, data)
        told = data.get("name") or " ".join(filter(None, (data.get("first_name"), data.get("last_name"))))
        longest = User._meta.get_field("display_name").max_length
        user.display_name = one_line(str(told))[:longest]
        return user

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        """What stands in the form before anything is typed."""
        given: dict[str, Any] = super().get_signup_form_initial_data(sociallogin)
        return {**given, "display_name": sociallogin.user.display_name}

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """Write person, agreement and connection together. An address nobody confirmed comes from the form alone."""
        sociallogin.email_addresses = [one for one in sociallogin.email_addresses if one.verified]
        with transaction.atomic():
            user: User = super().save_user(request, sociallogin, form)
            return user

    def on_authentication_error(self, request: HttpRequest, provider: Provider, *args: Any, **kwargs: Any) -> None:
        """A line for the operator, without anything that was exchanged."""
        failure = kwargs.get("exception")
        log.warning("provider refused or misunderstood", provider=provider.sub_id, why=type(failure).__name__)


def providers(request: HttpRequest) -> Sequence[Provider]:
    """Those that the settings name, in the order of the settings."""
    found: Sequence[Provider] = get_adapter().list_providers(request)
    return found


def connections_of(person: User, known: Sequence[Provider]) -> list[Connection]:
    """The person's accounts elsewhere, the oldest first."""
    names = {one.sub_id: str(one.name) for one in known}
    rows = SocialAccount.objects.filter(user=person).order_by("pk")
    return [Connection(one.pk, names.get(one.provider, ""), one.extra_data.get("shown", "")) for one in rows]


def proves_with(request: HttpRequest) -> Provider | None:
    """The provider at which somebody without password and second factor has to prove who they are.

    None for whoever has one of these, which the library asks for, for whoever has just come from a provider, and for
    nobody.
    """
    person = request.user
    if not isinstance(person, User) or get_reauthentication_flows(person) or _came_just_now(request, person):
        return None
    known = {one.sub_id: one for one in providers(request)}
    used = SocialAccount.objects.filter(user=person, provider__in=known).order_by("pk").first()
    return known[used.provider] if used else None


def way_to_proof(request: HttpRequest, provider: Provider, back: str = "") -> str:
    """The address at which somebody signs in there once more; they come back to this page, or their connections."""
    page = back or reverse("socialaccount_connections")
    address: str = provider.get_login_url(request, process=AuthProcess.LOGIN, next=page)
    return address


def forget_unproved(user: User, **_signal: Any) -> None:
    """A new password by letter shows who has the mailbox; what was tied to an address nobody had confirmed goes.

    Else somebody could sign up with another's address by their own provider, and keep a way into the account that the
    owner of the address later takes over.
    """
    if not queries.has_verified_mail(user):
        with transaction.atomic():
            SocialAccount.objects.filter(user=user).delete()
            Authenticator.objects.filter(user=user).delete()
            services.end_all_sessions(user)


def note_removed(request: HttpRequest, socialaccount: SocialAccount, **_signal: Any) -> None:
    """Other sessions may have begun with the account that is gone: they end, which is a fact too."""
    devices.go_on_alone(request, services.end_sessions(actor=socialaccount.user))


def state_connected(instance: SocialAccount, *, created: bool, **_signal: Any) -> None:
    """A way in is a fact (Django's signal, so that it is stated with the row)."""
    if created:
        _state(events.Connected, instance)


def state_disconnected(instance: SocialAccount, **_signal: Any) -> None:
    """And so is its end."""
    _state(events.Disconnected, instance)


def _state(fact: type[events.Connected], row: SocialAccount) -> None:
    with transaction.atomic():
        record(fact.of(row.user, row.provider), by=Allowed(row.user.public_id, ActingAs.USER))


def _came_just_now(request: HttpRequest, person: User) -> bool:
    earliest = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
    ways = get_authentication_records(request, person)
    return any(one["method"] == "socialaccount" and one["at"] > earliest for one in ways)
