from typing import Any

from django.core.management.base import CommandParser

from marketplace.accounts.terminal import OperatorCommand, person_at
from marketplace.identity import services


class Command(OperatorCommand):
    help = "Take a person's real-name verification back; they read why, and can say anew who they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="the address the person signs in with")
        parser.add_argument("--reason", metavar="TEXT", required=True, help="why; the person reads it")

    def carry_out(self, **said: Any) -> str:
        person = person_at(said["email"])
        services.revoke(user=person, reason=said["reason"])
        return f"The real name of {person.email} is verified no longer."
