"""ORCID, where researchers keep their identifier. Its public interface: https://info.orcid.org/documentation/api-tutorials/"""

import re
from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.orcid.provider import OrcidProvider
from allauth.socialaccount.providers.orcid.views import OrcidOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from marketplace.accounts.openid import narrowed, understood

IDENTIFIER = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


class OrcidAdapter(OrcidOAuth2Adapter):  # type: ignore[misc]  # allauth carries no types
    """What is asked of ORCID, under the addresses that the settings name."""

    @property
    def authorize_url(self) -> str:
        return f"{self._place('site')}/oauth/authorize"

    @property
    def access_token_url(self) -> str:
        return f"{self._place('site')}/oauth/token"

    @property
    def profile_url(self) -> str:
        return f"{self._place('api')}/v3.0/%s/record"

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where people come back to: under SITE_URL, whatever host the request named."""
        return settings.SITE_URL.rstrip("/") + reverse("orcid_callback")

    def get_access_token_data(self, request: HttpRequest, app: SocialApp, client: Any, **kwargs: Any) -> Any:
        """Exchange the code; ORCID answers with the identifier. Raises OAuth2Error for anything else."""
        with understood():
            answer = super().get_access_token_data(request, app, client, **kwargs)
            if not IDENTIFIER.fullmatch(answer["orcid"]):
                raise OAuth2Error("It tells no ORCID identifier.")
        return answer

    def parse_token(self, data: dict[str, Any]) -> Any:
        """The token to ask further with. Raises OAuth2Error."""
        with understood():
            return super().parse_token(data)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        """Who it is: the public record must be the one of the identifier. Raises OAuth2Error."""
        with understood():
            login = super().complete_login(request, app, token, **kwargs)
        if login.account.uid != kwargs["response"]["orcid"]:
            raise OAuth2Error("The record is somebody else's.")
        return login

    def _place(self, name: str) -> str:
        return str(self.get_provider().app.settings[name])


class Orcid(OrcidProvider):  # type: ignore[misc]  # allauth carries no types
    """ORCID. It tells an address only where its owner shows it to everybody, and nobody has confirmed it for us."""

    name = "ORCID"
    oauth2_adapter_class = OrcidAdapter

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """As `openid.narrowed`."""
        return narrowed(self, request, super().get_redirect_from_request_kwargs(request))

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, str]:
        """What is kept of the record: the identifier, which is the account's name there."""
        return {"shown": self.extract_uid(data)}
