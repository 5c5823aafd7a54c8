from typing import Any

from django.core.management.base import CommandParser

from marketplace.accounts.terminal import OperatorCommand, person_at
from marketplace.administration import resetting


class Command(OperatorCommand):
    help = "Forget a person's second factor at once: app, passkeys and recovery codes; they set up another one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="the address the person signs in with")

    def carry_out(self, **said: Any) -> str:
        person = person_at(said["email"])
        if not resetting.reset_by_operator(user=person):
            return f"{person.email} has set up no second factor: nothing changed."
        return f"The second factor of {person.email} is gone, and they are signed out everywhere."
