"""The shape of every import command: read, check, take over what is good, report what is bad, sum up."""

import os
from abc import abstractmethod
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.kernel.errors import Expected
from marketplace.registry import queries
from marketplace.registry.jsonlines import BadLine, Line, read_lines

EVERY = 100
"""Lines between two reports of progress."""


class Bad(Exception):
    """This row cannot be taken over; the message says why."""


class ImportCommand(BaseCommand):
    """Reads FILE line by line; bad rows go to stderr with line and reason, good ones are written all the same.

    Ends with 0 when every row was good, with 1 otherwise. The same file again changes nothing.
    """

    default_file: Path | None = None

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="JSON Lines, UTF-8", **self._optional())

    def _optional(self) -> dict[str, Any]:
        return {"nargs": "?", "default": self.default_file} if self.default_file else {}

    def prepare(self) -> None:
        """Load what `take` needs; raise CommandError when it is not there."""

    @abstractmethod
    def take(self, values: dict[str, Any]) -> str:
        """Write one record and say what came of it in a word or two. Raises Bad or an expected failure."""

    def summary(self, counts: Mapping[str, int]) -> str:
        """The last line: how many rows came to what."""
        return ", ".join(f"{count} {outcome}" for outcome, count in counts.items()) or "no rows"

    def handle(self, *args: Any, **options: Any) -> None:
        self.prepare()
        self.taken_from: dict[str, int] = {}
        try:
            with options["file"].open("rb") as stream:
                counts = self._import(stream)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}") from error
        self.stdout.write(self.summary(counts))
        if counts["bad"]:
            raise CommandError(f"{counts['bad']} rows were not taken over; the others were.", returncode=1)

    def _import(self, stream: BinaryIO) -> Counter[str]:
        counts = Counter[str]()
        for line in read_lines(stream):
            counts[self._outcome(line)] += 1
            if counts.total() % EVERY == 0:
                self.stdout.write(f"  {counts.total()} rows{_share(stream)}")
        return counts

    def _outcome(self, line: Line | BadLine) -> str:
        try:
            return self._taken(line)
        except (Bad, Expected) as failure:
            self.stderr.write(f"line {line.number}: {failure}")
            return "bad"

    def _taken(self, line: Line | BadLine) -> str:
        if isinstance(line, BadLine):
            raise Bad(line.reason)
        self._refuse_double(line)
        outcome = self.take(line.values)
        self.taken_from[str(line.values["id"]).strip()] = line.number
        return outcome

    def _refuse_double(self, line: Line) -> None:
        """Two records with one id in one file would overwrite each other at every import."""
        name = str(line.values.get("id", "")).strip()
        if name in self.taken_from:
            raise Bad(f"id {name} occurs already in line {self.taken_from[name]}")


def _share(stream: BinaryIO) -> str:
    """How much of the file has been read; a pipe does not know."""
    if not stream.seekable():
        return ""
    return f", {stream.tell() * 100 // os.fstat(stream.fileno()).st_size} %"


class MappedImportCommand(ImportCommand):
    """An import whose records name industries and regions: `mapping` says what these are in our codes."""

    def prepare(self) -> None:
        self.mapping = queries.mapping()
        if not queries.technology_fields().exists():
            raise CommandError("There are no technology fields yet: run load_registry first.")
