"""OpenID Connect as its specification has it, where django-allauth is satisfied with less.

The library trusts the line to the token endpoint and looks at neither signature nor nonce, takes a person's details
for somebody's whose subject it has not compared, and lets the page's address add parameters to the request. Here the ID
token is proved (OpenID Connect Core 1.0, 3.1.3.7), the details must be of its subject (5.3.2), and the provider must
say that it is the configured issuer (Discovery 1.0, 4.3). Whatever a provider answers otherwise is an OAuth2Error,
which leads to a page and signs nobody in.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language

SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures that only the provider can make; `none` and those under a shared secret are not among them."""
LEEWAY = 60
"""Seconds by which the clocks of two machines may differ."""
MISSHAPEN = (KeyError, IndexError, TypeError, ValueError, AttributeError, ImproperlyConfigured, jwt.PyJWTError)
"""What reading an answer raises that is not what the specification says."""


@contextmanager
def understood() -> Iterator[None]:
    """Reading what a provider answers. Raises OAuth2Error for anything that it should not have said."""
    try:
        yield
    except MISSHAPEN as strange:
        raise OAuth2Error(f"Not what the specification says: {strange!r}") from strange


class OpenIDAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth carries no types
    """What is asked of a provider, and what its answers must say."""

    nonce = ""

    def get_provider(self) -> "OpenIDConnect":
        """The provider named in the address. Raises SocialApp.DoesNotExist for one of another kind too."""
        found = super().get_provider()
        if not isinstance(found, OpenIDConnect):
            raise SocialApp.DoesNotExist
        return found

    @property
    def openid_config(self) -> Mapping[str, Any]:
        """What the provider says of itself. Raises OAuth2Error, or RequestException where it does not answer."""
        with understood():
            said: Mapping[str, Any] = super().openid_config
            if said["issuer"] != self.get_provider().app.settings["server_url"]:
                raise OAuth2Error("It says that it is another issuer.")
        return said

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where people come back to: under SITE_URL, whatever host the request named."""
        path = reverse("openid_connect_callback", kwargs={"provider_id": self.provider_id})
        return settings.SITE_URL.rstrip("/") + path

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        """Exchange the code. The nonce that belongs to it follows from its verifier, which only this session knows."""
        self.nonce = nonce_of(pkce_code_verifier or "")
        with understood():
            return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)

    def parse_token(self, data: dict[str, Any]) -> Any:
        """The token to ask further with. Raises OAuth2Error."""
        with understood():
            return super().parse_token(data)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        """Who it is. Raises OAuth2Error where the provider does not prove it."""
        with understood():
            claims = self._decode_id_token(app, kwargs["response"]["id_token"])
            details = self._fetch_user_info(token.token)
            if details["sub"] != claims["sub"]:
                raise OAuth2Error("The details are somebody else's.")
            return self.get_provider().sociallogin_from_response(request, {"userinfo": details, "id_token": claims})

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        said = self.openid_config
        with get_adapter().get_requests_session() as session:
            answer = session.get(said["jwks_uri"])
            answer.raise_for_status()
        return proved(id_token, keys=answer.json(), issuer=said["issuer"], client_id=app.client_id, nonce=self.nonce)


class OpenIDConnect(OpenIDConnectProvider):  # type: ignore[misc]  # allauth carries no types
    """An identity provider of a government or an enterprise, as the settings name it."""

    pkce_enabled_default = True
    oauth2_adapter_class = OpenIDAdapter

    def __init__(self, request: HttpRequest, app: SocialApp) -> None:
        super().__init__(request, app=app)
        self.name = app.settings["name_en"] if (get_language() or "").startswith("en") else app.name

    def serialize(self) -> dict[str, str]:
        """How a session remembers it: by its own name, for two providers may know us by the same one."""
        return {**super().serialize(), "id": self.app.provider_id}

    def get_pkce_params(self) -> dict[str, str]:
        """What goes along with the request: the challenge of a secret, and the nonce that follows from it."""
        made: dict[str, str] = super().get_pkce_params()
        return {**made, "nonce": nonce_of(made["code_verifier"])}

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """What the page's address may say: sign in or connect, and where to go then; no more is passed on."""
        return narrowed(self, request, super().get_redirect_from_request_kwargs(request))

    def extract_uid(self, data: Mapping[str, Any]) -> str:
        """The subject, by which the provider knows the person for ever. Raises KeyError or TypeError."""
        subject = data["id_token"]["sub"]
        if not isinstance(subject, str):
            raise TypeError("A subject is a string.")
        return subject

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, str]:
        """What is kept of all that it tells: the name by which the person knows their account there."""
        details = data["userinfo"]
        named = details.get("preferred_username") or details.get("email") or details.get("name") or ""
        return {"shown": str(named)[:LONGEST_SHOWN]}

    def extract_email_addresses(self, data: Mapping[str, Any]) -> list[Any]:
        """The address it tells, confirmed only where the provider says so and the settings believe it."""
        addresses: list[Any] = super().extract_email_addresses(data)
        believed = self.app.settings["confirms_email"] and data["userinfo"].get("email_verified") is True
        for address in addresses:
            address.verified = believed
        return addresses


LONGEST_SHOWN = 100


def narrowed(provider: Any, request: HttpRequest, asked: dict[str, Any]) -> dict[str, Any]:
    """What is asked of the provider, without what the page's address adds.

    Whoever is signed in and comes to sign in is to prove who they are: the provider asks for its password again.
    """
    process = "connect" if asked["process"] == "connect" else "login"
    again = {"prompt": "login"} if request.user.is_authenticated and process == "login" else {}
    parameters = {**provider.get_auth_params(), **again}
    return {**asked, "process": process, "scope": provider.get_scope(), "auth_params": parameters}


def nonce_of(verifier: str) -> str:
    """What the ID token must repeat. It follows from the verifier and does not tell it."""
    return salted_hmac("marketplace.accounts.openid.nonce", verifier, algorithm="sha256").hexdigest()


def proved(id_token: str, *, keys: dict[str, Any], issuer: str, client_id: str, nonce: str) -> dict[str, Any]:
    """What the token says, once signature, issuer, audience, times and nonce are found right.

    Raises OAuth2Error, or one of MISSHAPEN.
    """
    header = jwt.get_unverified_header(id_token)
    if header["alg"] not in SIGNED_BY:
        raise OAuth2Error("It is signed in a way that proves nothing.")
    claims: dict[str, Any] = jwt.decode(
        id_token,
        _key(keys, header.get("kid")).key,
        algorithms=[header["alg"]],
        issuer=issuer,
        audience=client_id,
        leeway=LEEWAY,
        options={"require": ["iss", "sub", "aud", "exp", "iat"]},
    )
    if not constant_time_compare(str(claims.get("nonce", "")), nonce):
        raise OAuth2Error("It answers another request.")
    if claims["aud"] not in (client_id, [client_id]) and claims.get("azp") != client_id:
        raise OAuth2Error("It was made for somebody else.")
    return claims


def _key(keys: dict[str, Any], kid: str | None) -> jwt.PyJWK:
    """The key the token names; where it names none, the only one there is."""
    usable = [one for one in jwt.PyJWKSet.from_dict(keys).keys if one.public_key_use in (None, "sig")]
    fitting = [one for one in usable if one.key_id == kid] if kid else usable
    if len(fitting) != 1:
        raise OAuth2Error("It names no key of the provider.")
    return fitting[0]
