"""Addresses of the directory of people, of their pages, and of one's own profile."""

from django.urls import path

from marketplace.profiles.web import imports, pages, views

app_name = "profiles"
urlpatterns = [
    path("", pages.directory, name="directory"),
    path("<public_id:public_id>/", pages.person, name="person"),
    path("mine/", views.mine, name="mine"),
    path("mine/publish/", views.publish, name="publish"),
    path("mine/withdraw/", views.withdraw, name="withdraw"),
    path("mine/references/", views.references, name="references"),
    path("mine/references/<public_id:public_id>/remove/", views.remove_reference, name="reference_remove"),
    path("mine/import/", imports.bring, name="import"),
    path("mine/import/template.xlsx", imports.template, name="template"),
    path("mine/import/orcid/", imports.fetch, name="fetch"),
    path("mine/import/take/", imports.take, name="take"),
]
