from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import indexing
from search.backends.base import EngineUnavailable
from search.indexing import Differences
from search.projection import Kind


class Command(BaseCommand):
    """Compare the search index with the database, document by document, and put right what differs (I23)."""

    help = (
        "Compare the search index with the database, document by document, and put right what differs."
        " Exit code 0: they agree now. 1: they do not, or the engine did not answer."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--report-only", action="store_true", help="change nothing; differences are exit code 1")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            left = sum(self._verify(kind, mend=not options["report_only"]) for kind in Kind)
        except EngineUnavailable as failure:
            raise CommandError(f"The search engine failed: {failure}") from failure
        if left:
            raise CommandError(f"{left} documents differ.")

    def _verify(self, kind: Kind, *, mend: bool) -> int:
        """Report on one kind, mend it if asked to, and return how many differences are left."""
        found = indexing.compare(kind)
        self._tell(kind, found)
        if not found.count or not mend:
            return found.count
        indexing.repair(kind, found)
        left = indexing.compare(kind).count
        self.stdout.write(f"{kind}: {found.count - left} put right.")
        return left

    def _tell(self, kind: Kind, found: Differences) -> None:
        named = {"absent": found.absent, "outdated": found.outdated, "surplus": found.surplus, "ahead": found.ahead}
        for what, ids in named.items():
            for public_id in ids:
                self.stdout.write(f"{kind} {public_id}: {what}")
        if not found.count:
            self.stdout.write(self.style.SUCCESS(f"{kind}: index and database agree."))
