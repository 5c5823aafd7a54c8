"""Addresses of the lists. What happens to a challenge stands under /challenges/<id>/ and belongs to tasks."""

from django.urls import path

from search.web import views

app_name = "search"
urlpatterns = [
    path("challenges/", views.challenges, name="challenges"),
    path("challenges/counts/", views.challenge_counts, name="challenge_counts"),
    path("challenges/<public_id:public_id>/alike/", views.alike, name="alike"),
    path("experts/counts/", views.expert_counts, name="expert_counts"),
    path("experts/", views.experts, name="experts"),
    path("experts/<public_id:public_id>/", views.expert, name="expert"),
]
