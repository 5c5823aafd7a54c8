"""Addresses of the public figures. Everybody may read them, and there are no verbs."""

from django.urls import path

from marketplace.oversight.web import views

app_name = "figures"
urlpatterns = [
    path("figures/", views.overview, name="overview"),
    path("figures/regions/<slug:code>/", views.overview, name="region"),
    path("figures/list/<slug:name>/", views.listing, name="list"),
    path("figures/export.csv", views.export_csv, name="csv"),
    path("figures/export.xlsx", views.export_xlsx, name="xlsx"),
]
