import io
import ipaddress
import logging
import sys
import threading
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace import serving


class Command(BaseCommand):
    help = "Serve pages and live updates in one process, with relay and jobs inside where no services run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
        parser.add_argument("--port", type=int, default=_port(), help="port to listen on (PORT, else 8000)")
        parser.add_argument("--prepare", action="store_true", help="bring the database to this version first")
        parser.add_argument("--workers", type=int, default=1, help="processes; more than one is refused")

    def handle(self, *args: Any, **options: Any) -> None:
        _mind_the_terminal()
        serving.refuse_crowd(options["workers"])
        _refuse_open_demo(options["host"])
        if options["prepare"]:
            self._prepare()
        serving.refuse_unprepared()
        call_command("createcachetable", verbosity=0)
        self.host, self.port = options["host"], options["port"]
        settings.SITE_URL = self._address()  # links in mails lead to where this process listens
        serving.serve(host=self.host, port=self.port, listening=self._announce, more=self._load_demo)
        self.stdout.write("Stopped.")

    def _prepare(self) -> None:
        """Safe to repeat. In this process, because each start of Django takes seconds on a small machine."""
        self.stdout.write("Preparing the database …")
        self.stdout.flush()
        call_command("migrate", verbosity=0)
        call_command("load_registry", stdout=io.StringIO())

    def _address(self) -> str:
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    def _announce(self) -> None:
        self.stdout.write(f"\nZhongyan is ready: {self._address()}/   in English: {self._address()}/en/")
        if settings.DEMO:
            from marketplace.demo.terminal import welcome

            self.stdout.write(welcome())
        self.stdout.write("Ctrl-C stops it.\n")
        self.stdout.flush()

    def _load_demo(self, stopping: threading.Event) -> list[threading.Thread]:
        if not settings.DEMO:
            return []
        from marketplace.demo.terminal import load_in_background

        return load_in_background(stopping, self.stdout)


def _mind_the_terminal() -> None:
    """A terminal without Chinese shows ? and no traceback, and no line for each request pushes the accounts away."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    if sys.stdout.isatty():
        logging.getLogger("django_structlog.middlewares").setLevel(logging.WARNING)


def _port() -> int:
    """The port of SITE_URL, which the settings make from PORT."""
    return urlsplit(settings.SITE_URL).port or 8000


def _refuse_open_demo(host: str) -> None:
    loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    if settings.DEMO and not loopback:
        raise CommandError("The demo lets everybody act as everybody: it listens on this machine only (127.0.0.1).")
