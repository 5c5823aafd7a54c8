from django.urls import path

from marketplace.notices.web import views

app_name = "notices"
urlpatterns = [
    path("notifications/", views.listing, name="list"),
    path("notifications/count/", views.count, name="count"),
    path("notifications/read/", views.read, name="read"),
]
