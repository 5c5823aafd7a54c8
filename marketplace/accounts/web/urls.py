"""Addresses of organisations and of one's own profile."""

from django.urls import path

from marketplace.accounts.web import devices, directory, members, mobile, supervising, terms, views

app_name = "accounts"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("profile/devices/", devices.show, name="devices"),
    path("profile/devices/end-others/", devices.end_others, name="devices_end_others"),
    path("profile/devices/<public_id:public_id>/end/", devices.end, name="device_end"),
    path("accounts/phone/", mobile.show, name="phone"),
    path("accounts/phone/code/", mobile.code, name="phone_code"),
    path("accounts/phone/remove/", mobile.remove, name="phone_remove"),
    path("terms/<slug:code>/", terms.show, name="terms"),
    path("terms/<slug:code>/<str:version>/", terms.show, name="terms_version"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/new/", views.register, name="organisation_new"),
    path("organisations/<public_id:public_id>/", views.organisation, name="organisation"),
    path("organisations/<public_id:public_id>/invite/", members.invite, name="invite"),
    path("organisations/<public_id:public_id>/leave/", members.leave, name="leave"),
    path(
        "organisations/<public_id:public_id>/invitations/<public_id:invitation>/withdraw/",
        members.withdraw,
        name="invitation_withdraw",
    ),
    path("organisations/<public_id:public_id>/members/<public_id:member>/place/", members.place, name="member_place"),
    path(
        "organisations/<public_id:public_id>/members/<public_id:member>/remove/", members.remove, name="member_remove"
    ),
    path(
        "organisations/<public_id:public_id>/members/<public_id:member>/hand-over/",
        members.hand_over,
        name="member_hand_over",
    ),
    path("organisations/<public_id:public_id>/release-rule/", members.release_rule, name="release_rule"),
    path("organisations/directory/", directory.listing, name="directory"),
    path("invitations/<public_id:public_id>/", members.invitation, name="invitation"),
    path("invitations/<public_id:public_id>/accept/", members.accept, name="invitation_accept"),
    path("invitations/<public_id:public_id>/decline/", members.decline, name="invitation_decline"),
    path("organisations/<public_id:public_id>/verify/", views.verify, name="organisation_verify"),
    path("organisations/<public_id:public_id>/return/", views.send_back, name="organisation_return"),
    path("organisations/<public_id:public_id>/resubmit/", views.resubmit, name="organisation_resubmit"),
    path("organisations/<public_id:public_id>/renew/", supervising.renew, name="organisation_renew"),
    path("organisations/<public_id:public_id>/suspend/", supervising.suspend, name="organisation_suspend"),
    path("organisations/<public_id:public_id>/restore/", supervising.restore, name="organisation_restore"),
]
