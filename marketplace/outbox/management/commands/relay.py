import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection

from marketplace.kernel.memory import settle
from marketplace.outbox import relay


class Command(BaseCommand):
    help = "Deliver facts to their listeners, for ever: woken by PostgreSQL's NOTIFY, or every second."

    def handle(self, *args: Any, **options: Any) -> None:
        settle()
        self.stdout.write("relay: delivering")
        while True:
            try:
                while relay.deliver_due():
                    pass
                wait_for_news()
            except KeyboardInterrupt:
                return
            except Exception as failure:  # noqa: BLE001  # the database may be away for a while; the relay outlives it
                self.stderr.write(f"relay: {failure!r}")
                close_old_connections()
                pause()


def wait_for_news(seconds: float = 1.0) -> None:
    """Sleep until a transaction says NOTIFY outbox, a second at most."""
    if connection.vendor != "postgresql":
        pause(seconds / 5)
        return
    with connection.cursor() as cursor:
        cursor.execute("LISTEN outbox")
        for _ in connection.connection.notifies(timeout=seconds, stop_after=1):
            pass


def pause(seconds: float = 1.0) -> None:
    time.sleep(seconds)
