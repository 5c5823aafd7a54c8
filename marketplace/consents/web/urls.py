"""Addresses of employers' consents."""

from django.urls import path

from marketplace.consents.web import views

app_name = "consents"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<public_id:public_id>/", views.consent, name="consent"),
    path("<public_id:public_id>/give/", views.give, name="give"),
    path("<public_id:public_id>/refuse/", views.refuse, name="refuse"),
    path("<public_id:public_id>/revoke/", views.revoke, name="revoke"),
    path("<public_id:public_id>/withdraw/", views.withdraw, name="withdraw"),
]
