"""Entry for pages and sockets in one process (embedded), and for the live process behind nginx (production)."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")
pages = get_asgi_application()

from marketplace.boot import refuse_unsafe  # noqa: E402  # checks need the apps, which the line above loads
from marketplace.celery import app as celery_app  # noqa: E402  # so that jobs find their application
from marketplace.kernel.memory import settle  # noqa: E402  # needs nothing, but belongs to the others
from realtime.routing import sockets  # noqa: E402  # imports models

refuse_unsafe()
application = ProtocolTypeRouter({"http": pages, "websocket": sockets})
settle()

__all__ = ["application", "celery_app"]
