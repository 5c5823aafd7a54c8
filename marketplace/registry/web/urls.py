"""The reference archive of calls published elsewhere (外部公开榜单)."""

from django.urls import path

from marketplace.registry.web import views

app_name = "archive"
urlpatterns = [
    path("", views.archive_list, name="list"),
    path("<public_id:public_id>/", views.archive_detail, name="detail"),
]
