"""Addresses of opening officers' keys."""

from django.urls import path

from marketplace.sealing.web import views

app_name = "sealing"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("enrol/", views.enrol, name="enrol"),
    path("prove/", views.prove, name="prove"),
]
