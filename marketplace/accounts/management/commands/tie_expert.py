from typing import Any

from django.core.management.base import CommandParser

from marketplace.accounts import appointing
from marketplace.accounts.terminal import OperatorCommand, person_at
from marketplace.registry.services import Outcome


class Command(OperatorCommand):
    help = "Let an entry of the expert database belong to a person, who can be drawn for panels from then on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source_id", metavar="SOURCE_ID", help="the entry's id in the imported file, as E001")
        parser.add_argument("email", metavar="EMAIL", help="the address the person signs in with")

    def carry_out(self, **said: Any) -> str:
        person = person_at(said["email"])
        outcome = appointing.tie_expert(source_id=said["source_id"], user=person)
        tied = f"The entry {said['source_id']} belongs to {person.email}"
        return f"{tied} already: nothing changed." if outcome is Outcome.UNCHANGED else f"{tied} from now on."
