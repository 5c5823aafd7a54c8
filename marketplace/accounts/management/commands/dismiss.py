from typing import Any

from django.core.management.base import CommandParser

from marketplace.accounts import appointing, queries
from marketplace.accounts.models import RoleGrant, User
from marketplace.accounts.roles import Role
from marketplace.accounts.terminal import OperatorCommand, ask_for_office, person_at, reach_of, region_of


class Command(OperatorCommand):
    help = "End a person's office from now on: wherever it is held, or for one region alone."

    def add_arguments(self, parser: CommandParser) -> None:
        ask_for_office(parser)
        parser.add_argument("--region", metavar="CODE", help="only the office for this very region")

    def carry_out(self, **said: Any) -> str:
        person, role = person_at(said["email"]), Role(said["role"])
        region = region_of(said["region"]).code if said["region"] else ""
        ended = appointing.dismiss(user=person, role=role, region=region)
        who = f"{person.email} is {'no longer' if ended else 'not'} {role.value}"
        where = _reaches(ended) if ended else f"for {region}" if region else "anywhere"
        return " ".join([who, f"{where}{'.' if ended else ': nothing changed.'}", *_left(person, role)])


def _left(person: User, role: Role) -> list[str]:
    """What is still held, lest a region above be forgotten."""
    grants = [grant for grant in queries.grants_of(person) if grant.role == role]
    return [f"Still held {_reaches(grants)}."] if grants else []


def _reaches(grants: list[RoleGrant]) -> str:
    return ", ".join(reach_of(grant) for grant in grants)
