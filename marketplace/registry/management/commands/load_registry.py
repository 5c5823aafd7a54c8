from typing import Any

from django.core.management.base import BaseCommand

from marketplace.registry import services


class Command(BaseCommand):
    help = "Load regions, technology fields, negative list and working-day calendar. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        for table, counts in services.load_reference().items():
            told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in services.Outcome)
            self.stdout.write(f"{table}: {told}")
