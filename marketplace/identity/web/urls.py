"""Addresses of real-name verification."""

from django.urls import path

from marketplace.identity.web import views

app_name = "identity"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("state/", views.state, name="state"),
    path("waiting/", views.waiting, name="waiting"),
    path("waiting/<public_id:public_id>/", views.compare, name="compare"),
    path("waiting/<public_id:public_id>/return/", views.send_back, name="return"),
]
