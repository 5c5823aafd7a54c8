from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.outbox import trail
from marketplace.outbox.models import Fact


class Command(BaseCommand):
    help = "Recompute the digest chain of every stream of facts (or of one) and report each break."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stream", default="", help="for example challenge:<id>")

    def handle(self, *args: Any, **options: Any) -> None:
        breaks = list(trail.verify(options["stream"]))
        for found in breaks:
            self.stderr.write(f"{found.stream} #{found.sequence}: {found.what}")
        if breaks:
            raise CommandError(f"The trail does not hold: {len(breaks)} break(s).")
        self.stdout.write(f"The trail holds: {Fact.objects.count()} facts.")
