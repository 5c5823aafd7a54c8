"""Addresses of organisations and of one's own profile."""

from django.urls import path

from marketplace.accounts.web import views

app_name = "accounts"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/new/", views.register, name="organisation_new"),
    path("organisations/<public_id:public_id>/", views.organisation, name="organisation"),
    path("organisations/<public_id:public_id>/verify/", views.verify, name="organisation_verify"),
    path("organisations/<public_id:public_id>/return/", views.send_back, name="organisation_return"),
    path("organisations/<public_id:public_id>/resubmit/", views.resubmit, name="organisation_resubmit"),
]
