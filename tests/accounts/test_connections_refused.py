"""A provider that says no, is away or proves nothing: a page that says so, and nobody is signed in (provider.py)."""

import re
from typing import Any
from urllib.parse import urlencode

import httpx
import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.test import Client
from django.urls import reverse

from marketplace.accounts.openid import proved
from tests import factories
from tests.accounts.elsewhere import Elsewhere, connected, door, is_in, leave, orcid_back, through

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_english")]

PROVED = {
    "audience": (jwt.InvalidAudienceError, None),
    "two audiences": (OAuth2Error, "for somebody else"),
    "issuer": (jwt.InvalidIssuerError, None),
    "nonce": (OAuth2Error, "another request"),
    "no nonce": (OAuth2Error, "another request"),
    "over": (jwt.ExpiredSignatureError, None),
    "no subject": (jwt.MissingRequiredClaimError, "sub"),
    "signature": (jwt.InvalidSignatureError, None),
    "another key": (OAuth2Error, "no key"),
    "unsigned": (OAuth2Error, "proves nothing"),
    "babble": (jwt.DecodeError, None),
}
"""What is wrong with an ID token, and why it is refused."""


@pytest.mark.parametrize("fault", PROVED)
def test_each_token_is_refused_for_what_is_wrong_with_it(elsewhere: Elsewhere, fault: str) -> None:
    kind, why = PROVED[fault]
    given = {"issuer": elsewhere.address, "client_id": "zhongyan", "nonce": f"for {fault}"}
    keys = httpx.get(f"{elsewhere.address}/jwks").json()
    assert proved(_token(elsewhere, f"{fault}-before"), keys=keys, **{**given, "nonce": f"for {fault}-before"})
    elsewhere.next(token=fault)
    with pytest.raises(kind, match=why):
        proved(_token(elsewhere, fault), keys=keys, **given)


def _token(elsewhere: Elsewhere, name: str) -> str:
    """An ID token of the provider, with the nonce for this name."""
    where = {"redirect_uri": "http://127.0.0.1:8000/back"}
    wanted = {"response_type": "code", "client_id": "zhongyan", "scope": "openid", "nonce": f"for {name}", **where}
    onward = f"{elsewhere.address}/oauth2/authorize?{urlencode(wanted)}"
    code = elsewhere.agreed(onward, "s17").partition("code=")[2]
    sent = {"grant_type": "authorization_code", "code": code, "client_id": "zhongyan", "client_secret": "secret"}
    answer = httpx.post(f"{elsewhere.address}/oauth2/token", data={**sent, **where})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id_token"])


FAULTS: list[dict[str, Any]] = [
    *({"token": fault} for fault in ("audience", "two audiences", "issuer", "nonce", "no nonce", "over", "subject")),
    *({"token": fault} for fault in ("no subject", "signature", "another key", "unsigned", "none", "babble", "expiry")),
    *({kind: path} for path in ("/oauth2/token", "/userinfo", "/jwks") for kind in ("away", "babble", "list")),
    {"issuer": "https://elsewhere.example"},
    {"issuer": "https://elsewhere.example", "token": "issuer"},
    {"subject": "somebody else"},
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_what_proves_nothing_signs_nobody_in(elsewhere: Elsewhere, fault: dict[str, str]) -> None:
    connected(elsewhere, factories.person(known=False), "s14")
    client = Client()
    path = elsewhere.agreed(leave(client), "s14")
    elsewhere.next(**fault)
    _refused(client, path)
    elsewhere.next()
    assert through(Client(), elsewhere, "s14").headers["Location"] == reverse("work:mine")


@pytest.mark.parametrize("kind", ["away", "babble", "list"])
def test_a_provider_that_says_nothing_of_itself_is_said_to_be_away(elsewhere: Elsewhere, kind: str) -> None:
    client = Client()
    path = elsewhere.agreed(leave(client), "s15")
    elsewhere.next(**{kind: "/.well-known/openid-configuration"})
    _refused(client, path)
    answer = client.post(door("gov"))
    assert answer.status_code == 401
    assert "did not answer" in answer.content.decode()


def test_a_wrong_state_a_used_code_and_another_browser_sign_nobody_in(elsewhere: Elsewhere) -> None:
    connected(elsewhere, factories.person(known=False), "s16")
    client = Client()
    path = elsewhere.agreed(leave(client), "s16")
    _refused(Client(), path)
    _refused(client, re.sub(r"state=[^&]+", "state=wrong", path))
    _refused(client, reverse("openid_connect_callback", args=["gov"]))
    assert client.get(path).status_code == 302
    _refused(Client(), path)
    second = Client()
    again = elsewhere.agreed(leave(second), "s16")
    code, used = (re.search(r"code=([^&]+)", one)[1] for one in (again, path))  # type: ignore[index]  # it is there
    _refused(second, again.replace(code, used))


def test_whoever_says_no_there_reads_that_nothing_happened(elsewhere: Elsewhere) -> None:
    client = Client()
    answer = client.get(elsewhere.denied(leave(client)), follow=True)
    assert "You said no there" in answer.content.decode()
    assert not is_in(client)


def test_the_words_are_of_the_readers_language(elsewhere: Elsewhere) -> None:
    for prefix, words in (("/en", "Government services"), ("", "政务服务网")):
        answer = Client().get(f"{prefix}/accounts/oidc/gov/login/callback/?state=wrong&code=x")
        assert answer.status_code == 401
        assert words in answer.content.decode()


@pytest.mark.parametrize(
    "fault",
    [{"orcid": "../../token"}, {"record": "0000-0001-5109-3700"}, {"away": "/orcid/oauth/token"}]
    + [{kind: "/orcid-api/v3.0/0000-0002-1825-0097/record"} for kind in ("away", "babble", "list")],
    ids=str,
)
def test_orcid_out_of_order_signs_nobody_in(elsewhere: Elsewhere, fault: dict[str, str]) -> None:
    client = Client()
    path = orcid_back(client)
    elsewhere.next(**fault)
    _refused(client, path)
    assert not SocialAccount.objects.exists()


def _refused(client: Client, path: str) -> None:
    """A page that says so; nobody is signed in."""
    answer = client.get(path)
    assert answer.status_code == 401, answer.headers
    assert "This sign-in did not work" in answer.content.decode()
    assert not is_in(client)
