"""The phones of the demo's people: an authenticator app for whoever needs one, and what it shows now."""

import time
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings

from marketplace.accounts.models import User

PERIOD = 30
"""Seconds for which a code is good, as the library has it."""


def give_app(user: User) -> None:
    """An authenticator app with recovery codes, as the person would have set it up."""
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)


def code_of(person: Any, *, being_set_up: str = "") -> str:
    """The six digits of this moment: of the app that is just being set up, or of the person's own."""
    if not settings.DEMO:
        return ""
    secret = being_set_up or _secret_of(person)
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD)) if secret else ""


def _secret_of(person: Any) -> str:
    if not isinstance(person, User):
        return ""
    app = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    return str(get_adapter().decrypt(app.data["secret"])) if app else ""
