"""The tests' settings with nobody listening: tasks must not notice."""

from marketplace.settings.test import *  # noqa: F403  # settings extend each other by design
from marketplace.settings.test import INSTALLED_APPS

INSTALLED_APPS = [app for app in INSTALLED_APPS if app not in {"search", "realtime", "marketplace.notices"}]
ROOT_URLCONF = "tests.urls_unheard"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
