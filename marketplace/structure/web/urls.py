"""Addresses of how an organisation is made up."""

from django.urls import path

from marketplace.structure.web import views

app_name = "structure"
HERE = "<public_id:public_id>/structure/"
urlpatterns = [
    path(HERE, views.structure, name="structure"),
    path(f"{HERE}departments/", views.open_department, name="department_open"),
    path(f"{HERE}departments/<public_id:department>/rename/", views.rename_department, name="department_rename"),
    path(f"{HERE}departments/<public_id:department>/close/", views.close_department, name="department_close"),
    path(f"{HERE}members/<public_id:member>/", views.place_member, name="member_place"),
    path(f"{HERE}parent/", views.propose_parent, name="parent"),
    path(f"{HERE}affiliations/<public_id:affiliation>/confirm/", views.confirm, name="affiliation_confirm"),
    path(f"{HERE}affiliations/<public_id:affiliation>/decline/", views.decline, name="affiliation_decline"),
    path(f"{HERE}affiliations/<public_id:affiliation>/end/", views.end, name="affiliation_end"),
    path(f"{HERE}domains/", views.claim_domain, name="domain_claim"),
    path(f"{HERE}domains/<public_id:domain>/prove/", views.prove_domain, name="domain_prove"),
    path(f"{HERE}domains/<public_id:domain>/give-up/", views.give_domain_up, name="domain_give_up"),
    path("<public_id:public_id>/join/", views.join, name="join"),
]
