"""The platform's own settings with another set of addresses; `wsgi.py` takes the middleware away."""

from marketplace.settings.production import *  # noqa: F403  # settings extend each other by design
from marketplace.settings.production import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench.bare"]
ROOT_URLCONF = "bench.bare.urls"
LEFT: list[str] = []
"""The middleware that is left."""
