"""A project with nothing of ours in it: the packages a page process imports, and one empty view."""

import contextlib
import importlib
import json
import os

from django.http import HttpRequest, HttpResponse
from django.urls import path

SECRET_KEY = "for a measurement"  # noqa: S105  # serves one empty page on this machine
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth"]
USE_TZ = True
ROOT_URLCONF = "bench.bare.packed"
LEFT: list[str] = []


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing at all; by now every package is there."""
    for name in json.loads(os.environ["BENCH_PACKAGES"]):
        with contextlib.suppress(Exception):  # a module that wants more apps than these is left out
            importlib.import_module(name)
    return HttpResponse()


urlpatterns = [path("empty/", empty)]
