"""Entry of the reference server. Some apps insist on their middleware at start-up, so it is taken away after it."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup()
settings.MIDDLEWARE = getattr(settings, "LEFT")  # noqa: B009  # a setting of the reference alone
application = WSGIHandler()
