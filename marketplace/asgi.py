"""Entry for pages and sockets in one process (embedded), and for the live process behind nginx (production)."""

import os
from typing import cast

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")
pages = get_asgi_application()

from marketplace.boot import refuse_unsafe  # noqa: E402  # checks need the apps, which the line above loads
from marketplace.celery import app as celery_app  # noqa: E402  # so that jobs find their application
from marketplace.kernel.bounded import Application, bounded  # noqa: E402  # belongs to the others
from marketplace.kernel.memory import settle  # noqa: E402  # needs nothing, but belongs to the others
from marketplace.vault.intake import LARGEST  # noqa: E402  # imports settings
from realtime.routing import sockets  # noqa: E402  # imports models

REST_OF_A_FORM = 1024 * 1024

refuse_unsafe()
application = ProtocolTypeRouter(
    {"http": bounded(cast(Application, pages), LARGEST + REST_OF_A_FORM), "websocket": sockets}
)
settle()

__all__ = ["application", "celery_app"]
