"""Entry of the page processes (gunicorn)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")
application = get_wsgi_application()

from marketplace.boot import refuse_unsafe  # noqa: E402  # checks need the apps, which the line above loads
from marketplace.celery import app as celery_app  # noqa: E402  # so that jobs find their application

refuse_unsafe()

__all__ = ["application", "celery_app"]
