"""Going to the provider of `provider.py` and coming back, as a browser does."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.settings.providers import signing_in
from tests.journeys.platform import free_port

PATIENCE = 60
PASSWORD = "a good password"


@dataclass
class Elsewhere:
    """The provider's process, by its address."""

    address: str

    def settings(self) -> dict[str, Any]:
        """Two names for it, one of which is believed about addresses, and ORCID."""
        entry = {"client_id": "zhongyan", "client_secret": "secret", "issuer": self.address}
        gov = {**entry, "id": "gov", "name": "政务服务网", "name_en": "Government services", "confirms_email": True}
        firm = {**entry, "id": "firm", "name": "企业统一认证", "name_en": "Company sign-in"}
        site = f"{self.address}/orcid"
        found = signing_in([gov, firm], {"client_id": "us", "secret": "orcid secret", "site": site})
        found["orcid"]["APPS"][0]["settings"]["api"] = f"{self.address}/orcid-api"
        return found

    def listed(self) -> str:
        """What OIDC_PROVIDERS says of it, for a platform of its own."""
        entry = {"id": "gov", "name": "政务服务网", "name_en": "Government services", "issuer": self.address}
        return json.dumps([{**entry, "client_id": "zhongyan", "client_secret": "secret", "confirms_email": True}])

    def next(self, **faults: str) -> None:
        """What it does wrong from now on."""
        httpx.post(f"{self.address}/_next", data=faults).raise_for_status()

    def agreed(self, onward: str, subject: str, **claims: Any) -> str:
        """Somebody signs in there: the path by which they come back."""
        httpx.put(f"{self.address}/users/{subject}", json=claims).raise_for_status()
        return back(httpx.post(onward, data={"sub": subject}))

    def denied(self, onward: str) -> str:
        """Somebody says no there; the state, which this one forgets then, goes back as RFC 6749 4.1.2.1 has it."""
        return f"{back(httpx.post(onward, data={'action': 'deny'}))}&state={asked(onward)['state']}"


def back(answer: httpx.Response) -> str:
    """The path of our own that an answer leads to."""
    assert answer.status_code == 302, answer.text
    place = urlsplit(answer.headers["location"])
    return f"{place.path}?{place.query}"


@contextmanager
def running() -> Iterator[Elsewhere]:
    """The provider for as long as the block lasts."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.accounts.provider", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/.well-known/openid-configuration")
        yield Elsewhere(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(timeout=30)


def leave(client: Client, provider: str = "gov", process: str = "login") -> str:
    """The button of this provider: the address there that it leads to."""
    answer = client.post(f"{door(provider)}?process={process}")
    assert answer.status_code == 200, answer.headers
    onward = str(answer.context["onward"])
    assert answer.headers["Refresh"] == f"0; url={onward}"
    return onward


def door(provider: str) -> str:
    """Where the button of this provider leads."""
    return reverse("orcid_login") if provider == "orcid" else reverse("openid_connect_login", args=[provider])


def asked(onward: str) -> dict[str, str]:
    """What the provider is asked with."""
    return {name: values[0] for name, values in parse_qs(urlsplit(onward).query).items()}


def through(client: Client, elsewhere: Elsewhere, subject: str, provider: str = "gov", **claims: Any) -> HttpResponse:
    """To the provider, in there, and back."""
    return client.get(elsewhere.agreed(leave(client, provider), subject, **claims))


def signed_up(client: Client, elsewhere: Elsewhere, subject: str, provider: str = "gov", **claims: Any) -> User:
    """Somebody new, come through the provider."""
    email = claims.get("email", f"{subject}@example.org")
    answer = through(client, elsewhere, subject, provider, **claims)
    assert answer.headers["Location"] == reverse("socialaccount_signup")
    typed = {"email": email, "display_name": "韩梅梅", "agreed": "on"}
    assert client.post(reverse("socialaccount_signup"), typed).status_code == 302
    return User.objects.get(email=email)


def connected(elsewhere: Elsewhere, person: User, subject: str, provider: str = "gov") -> Client:
    """The person's browser after they have connected this account, by password."""
    client = by_password(person)
    answer = client.get(elsewhere.agreed(leave(client, provider, "connect"), subject))
    assert answer.headers["Location"] == reverse("account_reauthenticate")
    assert client.post(answer.headers["Location"], {"password": PASSWORD}).status_code == 302
    assert SocialAccount.objects.get(provider=provider, uid=subject).user == person
    return client


def by_password(person: User) -> Client:
    """A browser in which the person has typed address and password."""
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    """Whether somebody is signed in."""
    return client.get(reverse("accounts:profile")).status_code == 200


def orcid_back(client: Client) -> str:
    """To ORCID and back, without coming in yet."""
    return back(httpx.get(leave(client, "orcid")))


def _wait(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(httpx.HTTPError):
            if httpx.get(address).status_code == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"{address} never answered")
