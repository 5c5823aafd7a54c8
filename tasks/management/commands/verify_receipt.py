"""`manage.py verify_receipt FILE`: whether a receipt is this platform's, and what is kept is what it was given for."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.kernel import timestamps
from tasks.proposals import checking
from tasks.proposals.checking import NoReceipt

LONGEST = 120
"""Characters of it that are shown."""
STAMPS = {checking.UNKNOWN: "not checked: name the authority's certificates with --authority"}


def _in_a_line(said: object) -> str:
    """What a stranger's file says, where it can neither begin a line nor tell the terminal anything."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in str(said))[:LONGEST]


class Command(BaseCommand):
    help = (
        "Check a submission receipt (JSON, or the PDF that carries it) against the platform's keys and what it keeps."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--stamp", type=Path, help="its time stamp (.tsr), where no PDF carries it")
        parser.add_argument("--authority", type=Path, help="certificates of the authority of time (PEM)")
        parser.add_argument("--key", help="check the signature alone, against this public key (base64)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            given = checking.read(options["file"].read_bytes())
            stamp = options["stamp"].read_bytes() if options["stamp"] else given.stamp
            trusted = options["authority"].read_bytes() if options["authority"] else b""
        except (OSError, NoReceipt) as error:
            raise CommandError(f"{options['file']} is no receipt that can be read.") from error
        said = given.said
        if options["key"]:
            finding = checking.Finding(said, signed=checking.signature_of(said, [options["key"]]))
        else:
            finding = checking.checked(said)
        finding = finding.with_stamp(stamp, timestamps.authority(trusted))
        self.stdout.write(f"decided at  {_in_a_line(said.get('decided_at'))}")
        self.stdout.write(f"signature   {'right' if finding.signed else 'WRONG'}")
        if finding.kept is not None:
            self.stdout.write(f"kept        {'as the receipt says' if finding.kept else 'NOT as the receipt says'}")
        if finding.stamp:
            self.stdout.write(f"stamp       {finding.stamp.at.isoformat()} {_in_a_line(finding.stamp.authority)}")
        elif finding.stamp_fault:
            self.stdout.write(f"stamp       {STAMPS.get(finding.stamp_fault, 'WRONG')}")
        if not finding.holds:
            raise CommandError("This receipt does not hold.")
