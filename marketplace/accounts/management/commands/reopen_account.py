from typing import Any

from django.core.management.base import CommandParser

from marketplace.accounts import appointing
from marketplace.accounts.terminal import OperatorCommand, person_at
from marketplace.registry.services import Outcome


class Command(OperatorCommand):
    help = "Let a person whose account was closed sign in again; no session of before comes back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="the address the person signs in with")

    def carry_out(self, **said: Any) -> str:
        person = person_at(said["email"])
        outcome = appointing.reopen_account(user=person)
        reopened = f"The account of {person.email} is open"
        return f"{reopened} already: nothing changed." if outcome is Outcome.UNCHANGED else f"{reopened} again."
