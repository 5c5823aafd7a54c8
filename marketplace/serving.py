"""The embedded server: pages, sockets, relay, jobs and the demo's loading in one process, and its orderly end."""

import signal
import socket
import threading
from collections.abc import Callable

import uvicorn
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from marketplace.outbox import embedded

PATIENCE = 5.0
"""Seconds a thread has for finishing its piece of work when the server is told to stop."""

Begin = Callable[[threading.Event], list[threading.Thread]]


class Server(uvicorn.Server):
    """Says when it listens, so that nothing slow stands before the first page."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self.listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self.listening()


def serve(*, host: str, port: int, listening: Callable[[], None], more: Begin) -> None:
    """Serve until Ctrl-C or SIGTERM. `more` starts further threads once the server listens.

    Raises CommandError when the port is taken. Threads get a few seconds to finish what they are at.
    """
    config = _config()
    door = _bound(host, port)
    stopping = threading.Event()
    threads: list[threading.Thread] = []

    def begin() -> None:
        threads.extend(embedded.start(stopping) if runs_embedded() else [])
        listening()
        threads.extend(more(stopping))

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        Server(config, begin).run(sockets=[door])
    except KeyboardInterrupt:
        pass  # uvicorn has closed its connections and hands the signal on
    finally:
        stopping.set()
        for thread in threads:
            thread.join(PATIENCE)
        door.close()


def runs_embedded() -> bool:
    """Whether relay and jobs live in this process: production has processes of its own for them."""
    return bool(settings.OUTBOX_HANDOFF == "marketplace.outbox.embedded.hand_over")


def refuse_crowd(workers: int) -> None:
    """Raise CommandError for several processes over a channel layer that only reaches its own."""
    in_memory = "InMemory" in settings.CHANNEL_LAYERS["default"]["BACKEND"]
    if workers > 1 and in_memory:
        raise CommandError(
            "The in-memory channel layer reaches one process only: live updates would be lost between "
            f"{workers} workers. Use one worker, or the production settings with REDIS_URL."
        )
    if workers > 1:
        raise CommandError("serve is one process; production runs gunicorn and uvicorn, see docs/operations.md.")


def refuse_unprepared() -> None:
    """Raise CommandError when migrations are missing, with the command that helps."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not prepared. Run: python manage.py migrate")


def _config() -> uvicorn.Config:
    from marketplace.asgi import application  # refuses to be imported where it would be unsafe to serve

    return uvicorn.Config(
        application,
        log_config=None,
        log_level="warning",
        lifespan="off",
        timeout_graceful_shutdown=2,
        ws_max_size=64 * 1024,  # a client's frame is a few hundred bytes; the default would hold 16 MB of anybody's
    )


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as reason:
        door.close()
        raise CommandError(f"Port {port} on {host} cannot be used: {reason.strerror}.") from None
    return door
