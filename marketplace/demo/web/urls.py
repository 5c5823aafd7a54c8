"""Addresses of the demonstration; included only with DEMO=1."""

from django.urls import path

from marketplace.demo.web import views

app_name = "demo"
urlpatterns = [
    path("become/", views.become, name="become"),
    path("clock/", views.move_clock, name="clock"),
    path("loading/", views.loading, name="loading"),
    path("mails/", views.mails, name="mails"),
    path("mails/<int:number>/", views.mail, name="mail"),
]
