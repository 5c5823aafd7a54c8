"""Addresses of files."""

from django.urls import path

from marketplace.vault.web import serving, views

app_name = "vault"
urlpatterns = [
    path("at/<slug:door>/<public_id:holder>/", views.at, name="at"),
    path("<public_id:public_id>/", serving.open_file, name="open"),
    path("<public_id:public_id>/remove/", views.remove, name="remove"),
    path("<public_id:public_id>/<str:word>/", serving.content, name="content"),
]
