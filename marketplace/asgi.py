"""One entry for pages and sockets (embedded), and for the live process behind nginx (production)."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")

from channels.routing import ProtocolTypeRouter  # noqa: E402  # the settings module must be named first
from django.core.asgi import get_asgi_application  # noqa: E402

pages = get_asgi_application()

from marketplace.celery import app as celery_app  # noqa: E402  # so that jobs find their application
from realtime.routing import sockets  # noqa: E402  # imports models, hence after the apps are loaded

application = ProtocolTypeRouter({"http": pages, "websocket": sockets})

__all__ = ["application", "celery_app"]
