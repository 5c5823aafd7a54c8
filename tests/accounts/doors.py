"""The five doors where somebody types an address, and what may not be told from their answers: whether it is known."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import Invitation, Organisation, User
from tests import factories

PASSWORD = "a good password"
KINDS = ("confirmed", "unconfirmed", "closed", "with a second factor", "without a password")
"""Whose address is known: each of these has an account with it."""
_numbers = count(1)


def known(kind: str) -> str:
    """The address of an account of this kind."""
    address = unknown()
    password = UNUSABLE_PASSWORD_PREFIX if kind == "without a password" else _hashed()
    person = User.objects.create(email=address, display_name="韩梅梅", password=password, is_active=kind != "closed")
    EmailAddress.objects.create(user=person, email=address, primary=True, verified=kind != "unconfirmed")
    if kind == "with a second factor":
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "concealed"})
    return address


def unknown() -> str:
    """An address nobody has yet; all are of one length and make."""
    return f"somebody{next(_numbers):06}@example.org"


@cache
def _hashed() -> str:
    """The password as accounts keep it: hashed once, for the hasher that is shipped takes its time."""
    return make_password(PASSWORD)


@dataclass
class Host:
    """Somebody signed in, with an organisation, who has just typed the password once more."""

    client: Client = field(default_factory=Client)
    person: User = field(default_factory=factories.person)
    organisation: Organisation = field(init=False)

    def __post_init__(self) -> None:
        self.organisation = factories.organisation(self.person)
        self.client.force_login(self.person)
        self.client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    def forget(self) -> None:
        """Nothing that was asked before stands in the way of the next: no invitation, second address or message."""
        self.client.cookies.pop("messages", None)
        Invitation.objects.all().delete()
        EmailAddress.objects.filter(user=self.person, primary=False).delete()


def _signing_in(_host: Host, address: str) -> Any:
    return _stranger().post(reverse("account_login"), {"login": address, "password": "not the password"})


def _resetting(_host: Host, address: str) -> Any:
    return _stranger().post(reverse("account_reset_password"), {"email": address})


def _signing_up(_host: Host, address: str) -> Any:
    typed = {"email": address, "display_name": "李雷", "password1": PASSWORD, "password2": PASSWORD, "agreed": "on"}
    return _stranger().post(reverse("account_signup"), typed)


def _inviting(host: Host, address: str) -> Any:
    typed = {"email": address, "place": "MEMBER"}
    return host.client.post(reverse("accounts:invite", args=[host.organisation.public_id]), typed)


def _adding(host: Host, address: str) -> Any:
    return host.client.post(reverse("account_email"), {"email": address, "action_add": ""})


def _stranger() -> Client:
    return Client()


DOORS: dict[str, Callable[[Host, str], Any]] = {
    "login": _signing_in,
    "reset": _resetting,
    "sign-up": _signing_up,
    "invitation": _inviting,
    "e-mail change": _adding,
}
