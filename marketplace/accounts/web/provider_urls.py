"""Addresses of providers and of one's connections, under the names that django-allauth looks for."""

from allauth.socialaccount.views import login_cancelled
from django.urls import path

from marketplace.accounts.web import connections

urlpatterns = [
    path("connections/", connections.show, name="socialaccount_connections"),
    path("connections/signup/", connections.ConnectedSignUp.as_view(), name="socialaccount_signup"),
    path("connections/cancelled/", login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/<slug:provider_id>/login/", connections.openid_login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", connections.openid_callback, name="openid_connect_callback"),
    path("orcid/login/", connections.orcid_login, name="orcid_login"),
    path("orcid/login/callback/", connections.orcid_callback, name="orcid_callback"),
]
