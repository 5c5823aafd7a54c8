from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.outbox import relay
from marketplace.outbox.registry import listener_named


class Command(BaseCommand):
    help = "Owe recorded facts to one listener again; also brings parked deliveries back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("listener", help="its name, as in the column `listener` of verify.delivery")
        parser.add_argument("--kind", default="", help="only facts of this kind")

    def handle(self, *args: Any, **options: Any) -> None:
        listener = listener_named(options["listener"])
        if listener is None:
            raise CommandError(f"No listener is named {options['listener']}.")
        count = relay.replay(listener, kind=options["kind"])
        self.stdout.write(f"{count} deliveries are owed again.")
