"""Addresses of personal information."""

from django.urls import path

from marketplace.privacy.web import views

app_name = "privacy"
urlpatterns = [
    path("personal-information/", views.table, name="table"),
    path("profile/data/", views.mine, name="mine"),
    path("profile/data/download/", views.download, name="download"),
    path("profile/data/erase/", views.erase, name="erase"),
]
