"""The same with the two middlewares that know who is asking."""

from bench.bare.settings import *  # noqa: F403  # settings extend each other by design

LEFT = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
