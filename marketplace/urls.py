"""Addresses. Chinese has no prefix, English stands under /en/; sockets and health checks have no language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, register_converter

from marketplace.accounts.web.doors import SignUp
from marketplace.accounts.web.passkeys import RemovePasskeyView
from marketplace.kernel.ids import PublicIdConverter

register_converter(PublicIdConverter, "public_id")

urlpatterns = [
    path("", include("marketplace.health")),
    *i18n_patterns(
        path("accounts/signup/", SignUp.as_view(), name="account_signup"),
        path("accounts/", include("allauth.account.urls")),
        path("accounts/", include("marketplace.accounts.web.provider_urls")),
        path("accounts/2fa/webauthn/keys/<int:pk>/remove/", RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
        path("accounts/2fa/", include("allauth.mfa.urls")),
        path("", include("marketplace.accounts.web.urls")),
        path("files/", include("marketplace.vault.web.urls")),
        path("", include("marketplace.privacy.web.urls")),
        path("staff/", include("marketplace.administration.web.urls")),
        path("accounts/2fa/", include("marketplace.administration.web.lost_urls")),
        path("opening-keys/", include("marketplace.sealing.web.urls")),
        path("real-name/", include("marketplace.identity.web.urls")),
        path("consents/", include("marketplace.consents.web.urls")),
        path("organisations/", include("marketplace.structure.web.urls")),
        path("people/", include("marketplace.profiles.web.urls")),
        path("", include("tasks.web.urls")),
        path("", include("search.web.urls")),
        path("", include("marketplace.notices.web.urls")),
        path("", include("marketplace.oversight.web.urls")),
        path("archive/", include("marketplace.registry.web.urls")),
        path("about/", include("marketplace.provisions.web.urls")),
        *([path("demo/", include("marketplace.demo.web.urls"))] if settings.DEMO else []),
        path("", include("marketplace.status")),
        prefix_default_language=False,
    ),
]

handler400 = "marketplace.failures.bad_request"
handler403 = "marketplace.failures.forbidden"
handler404 = "marketplace.failures.not_found"
handler500 = "marketplace.failures.server_error"
