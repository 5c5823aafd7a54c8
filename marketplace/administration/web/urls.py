"""Addresses of the back office."""

from django.urls import path

from marketplace.administration.web import grants, resets, trail, views

app_name = "administration"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("queue/", views.queue, name="queue"),
    path("grants/", grants.listing, name="grants"),
    path("grants/propose/", grants.propose, name="propose"),
    path("grants/<public_id:public_id>/", grants.request_page, name="request"),
    path("grants/<public_id:public_id>/confirm/", grants.confirm, name="confirm"),
    path("grants/<public_id:public_id>/refuse/", grants.refuse, name="refuse"),
    path("grants/<public_id:public_id>/withdraw/", grants.withdraw, name="withdraw"),
    path("second-factors/", resets.listing, name="resets"),
    path("second-factors/<public_id:public_id>/", resets.show, name="reset"),
    path("second-factors/<public_id:public_id>/vouch/", resets.vouch, name="reset_vouch"),
    path("second-factors/<public_id:public_id>/confirm/", resets.confirm, name="reset_confirm"),
    path("second-factors/<public_id:public_id>/refuse/", resets.refuse, name="reset_refuse"),
    path("trail/", trail.listing, name="trail"),
    path("trail/export/", trail.export, name="export"),
]
