"""Addresses of organisations and of one's own profile."""

from django.urls import path

from marketplace.accounts.web import devices, views

app_name = "accounts"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("profile/devices/", devices.show, name="devices"),
    path("profile/devices/end-others/", devices.end_others, name="devices_end_others"),
    path("profile/devices/<public_id:public_id>/end/", devices.end, name="device_end"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/new/", views.register, name="organisation_new"),
    path("organisations/<public_id:public_id>/", views.organisation, name="organisation"),
    path("organisations/<public_id:public_id>/verify/", views.verify, name="organisation_verify"),
    path("organisations/<public_id:public_id>/return/", views.send_back, name="organisation_return"),
    path("organisations/<public_id:public_id>/resubmit/", views.resubmit, name="organisation_resubmit"),
]
