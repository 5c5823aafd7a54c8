"""Addresses for whoever has lost their second factor, and for the owner who says that it was somebody else."""

from django.urls import path

from marketplace.administration.web import lost

app_name = "lost"
urlpatterns = [
    path("lost/", lost.ask, name="ask"),
    path("lost/<public_id:public_id>/disown/", lost.disown, name="disown"),
    path("lost/<public_id:public_id>/withdraw/", lost.withdraw, name="withdraw"),
    path("lost/not-me/<str:token>/", lost.not_me, name="not_me"),
]
