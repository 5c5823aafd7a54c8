"""What a browser sends of a passkey, and what may be done with it."""

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal.auth import parse_authentication_response
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.accounts.web.forms import name_field

T = TypeVar("T")
LONGEST_CREDENTIAL = 20_000
"""Characters. A credential with its attestation has a few thousand."""
NO_CREDENTIAL = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What the library's parsers raise for what a browser would never send."""


class CredentialField(forms.JSONField):
    """What the browser's own dialogue answered."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, **options)

    def to_python(self, value: Any) -> Any:
        """The credential. Raises ValidationError for anything longer or deeper than one."""
        if isinstance(value, str) and len(value) > LONGEST_CREDENTIAL:
            raise _refused()
        try:
            found = super().to_python(value)
        except RecursionError:
            raise _refused() from None
        if not isinstance(found, dict):
            raise _refused()
        return found


LONGEST_PASSKEY_NAME = 60


def _passkey_name(*, required: bool) -> forms.CharField:
    return name_field(
        label=_("Name of the passkey"),
        longest=LONGEST_PASSKEY_NAME,
        help_text=_("So that you know it again, such as “my laptop”."),
        required=required,
    )


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    """Adding a passkey, or a key that only stands beside the password (settings.MFA_FORMS)."""

    credential = CredentialField()

    name = _passkey_name(required=False)
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without the password"),
        required=False,
        initial=True,
        help_text=_("Your device then asks for fingerprint, face or PIN each time. Leave it out for a simple USB key."),
    )

    def clean(self) -> dict[str, Any]:
        """As the library does it. Raises ValidationError for what is no credential."""
        return _understood(super().clean)


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    """Another name for a passkey."""

    name = _passkey_name(required=True)


class SecondStepForm(AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    """A passkey or key beside the password."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        """The person's own authenticator that signed. Raises ValidationError."""
        return _understood(super().clean_credential)


class PasskeyReauthenticationForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    """The same, in a session that is under way."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        """The person's own authenticator that signed. Raises ValidationError."""
        return _understood(super().clean_credential)


class PasskeyLoginForm(LoginWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    """Signing in with a passkey alone: it must have asked its owner for finger, face or PIN, and be meant for this.

    The library keeps one challenge a session, whatever it was asked for; so what the device says it did is looked at.
    """

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        """The authenticator that signed. Raises ValidationError."""
        return _understood(self._alone)

    def _alone(self) -> Authenticator:
        said = parse_authentication_response(self.cleaned_data["credential"])
        authenticator = super().clean_credential()
        asked_its_owner = said.response.authenticator_data.is_user_verified()
        if not asked_its_owner or not authenticator.wrap().is_passwordless:
            raise _refused()
        return authenticator


class RemovePasskeyView(RemoveWebAuthnView):  # type: ignore[misc]  # allauth carries no types
    """Taking a passkey away: whoever must have a second factor keeps the last, which the library asks of apps alone."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why not."""
        with transaction.atomic():
            User.objects.select_for_update().get(pk=self.request.user.pk)
            if get_adapter().can_delete_authenticator(self.object):
                removed: HttpResponse = super().form_valid(form)
                return removed
        messages.error(self.request, get_adapter().error_messages["cannot_delete_authenticator"])
        return redirect("mfa_list_webauthn")


def _understood(parse: Callable[[], T]) -> T:
    try:
        return parse()
    except NO_CREDENTIAL:
        raise _refused() from None


def _refused() -> ValidationError:
    return ValidationError(_("This passkey was not understood; please try again."))
