from typing import Any

from django.core.management.base import CommandParser

from marketplace.accounts import appointing
from marketplace.accounts.terminal import OperatorCommand, person_at
from marketplace.registry.services import Outcome


class Command(OperatorCommand):
    help = "Let a person sign in no more, in every window from this moment on; what they did stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="the address the person signs in with")
        parser.add_argument("--reason", metavar="TEXT", required=True, help="why; it stays with the account")

    def carry_out(self, **said: Any) -> str:
        person = person_at(said["email"])
        outcome = appointing.close_account(user=person, reason=said["reason"])
        closed = f"The account of {person.email} is closed"
        return f"{closed} already: nothing changed." if outcome is Outcome.UNCHANGED else f"{closed}."
