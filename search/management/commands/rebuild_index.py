from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import indexing, sources
from search.backends.base import EngineUnavailable
from search.engine import engine
from search.projection import Kind


class Command(BaseCommand):
    """Build the search index anew beside the one in use, then switch over."""

    help = "Build the search index anew beside the one in use, then switch over. Searches go on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", action="append", choices=[*map(str, Kind)], help="which index; all without it")
        parser.add_argument("--if-missing", action="store_true", help="only those that do not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for kind in self._chosen(options):
                self._rebuild(kind)
        except EngineUnavailable as failure:
            raise CommandError(
                f"The search engine failed; the index in use is unchanged. It said: {failure}"
            ) from failure

    def _chosen(self, options: dict[str, Any]) -> list[Kind]:
        chosen = [Kind(kind) for kind in options["kind"] or Kind]
        if options["if_missing"]:
            missing = engine().missing()
            chosen = [kind for kind in chosen if kind in missing]
        return chosen

    def _rebuild(self, kind: Kind) -> None:
        size = sources.size(kind)
        written = indexing.rebuild(kind, lambda count: self.stdout.write(f"{kind}: {count} of {size}"))
        self.stdout.write(self.style.SUCCESS(f"{kind}: {written} documents, in use now."))
