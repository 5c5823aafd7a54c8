from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.demo.telling.loading import load
from marketplace.demo.terminal import SCALE, SEED, Progress


class Command(BaseCommand):
    help = "Load the demo's people and stories by driving the services. Running it again changes nothing."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=SCALE, metavar="N", help="open challenges in units of 104")
        parser.add_argument("--seed", type=int, default=SEED, metavar="S", help="what chance depends on")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo data is for demonstrations only: set DEMO=1.")
        if options["scale"] < 1:
            raise CommandError("--scale is at least 1.")
        progress = Progress(self.stdout)
        load(scale=options["scale"], seed=options["seed"], heard=progress)
        self.stdout.write("The demo data is complete." if progress.heard else "The demo data was there already.")
