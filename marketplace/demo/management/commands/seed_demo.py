import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.demo.telling.loading import load


class Command(BaseCommand):
    help = "Load the demo's people and stories by driving the services. Running it again changes nothing."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=1, metavar="N", help="open challenges, in units of 104")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="what chance depends on")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo data is for demonstrations only: set DEMO=1.")
        if options["scale"] < 1:
            raise CommandError("--scale is at least 1.")
        self.heard = False
        load(scale=options["scale"], seed=options["seed"], heard=self._told)
        self.stdout.write("\nThe demo data is loaded." if self.heard else "The demo data was there already.")

    def _told(self, done: int, total: int) -> None:
        """One line that counts up on a terminal, one line a tenth elsewhere."""
        self.heard = True
        if sys.stdout.isatty():
            self.stdout.write(f"\rLoading the demo data: {done}/{total}", ending="")
            self.stdout.flush()
        elif done % max(1, total // 10) == 0 or done == total:
            self.stdout.write(f"Loading the demo data: {done}/{total}")
