from typing import Any

from django.core.management.base import CommandParser

from marketplace.accounts.terminal import OperatorCommand, person_at
from marketplace.privacy import services


class Command(OperatorCommand):
    help = "Close a person's account and erase it by the clock; what they did stays, under a label without a name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="the address the person signs in with")
        parser.add_argument("--now", action="store_true", help="erase at once instead of half a day later")

    def carry_out(self, **said: Any) -> str:
        person = person_at(said["email"])
        address = person.email
        asked = services.order_erasure(user=person)
        if said["now"]:
            services.erase(user=person)
            return f"The account of {address} is erased; it reads as {person.public_id} from now on."
        told = f"The account of {address} is closed and will be erased in {services.HOURS} hours"
        return f"{told}." if asked else f"{told} at most, as was asked before."
