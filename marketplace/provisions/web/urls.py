"""What the platform is, and which provisions it carries out."""

from django.urls import path

from marketplace.provisions.web import views

app_name = "about"
urlpatterns = [
    path("", views.about, name="about"),
    path("provisions/", views.provisions, name="provisions"),
]
