"""Addresses of the back office."""

from django.urls import path

from marketplace.administration.web import grants, trail, views

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
    path("trail/", trail.listing, name="trail"),
    path("trail/export/", trail.export, name="export"),
]
