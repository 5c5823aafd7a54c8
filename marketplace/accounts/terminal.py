"""What the commands of this room share: people and regions by what an operator types, refusals as sentences."""

from abc import abstractmethod
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.accounts.models import RoleGrant, User
from marketplace.accounts.roles import Role, Scope
from marketplace.kernel.errors import Expected
from marketplace.registry.models import Region


class OperatorCommand(BaseCommand):
    """Does one thing and says what came of it; what may not be ends with the reason and status 1."""

    @abstractmethod
    def carry_out(self, **said: Any) -> str:
        """Do it and say what changed. Raises CommandError or an expected failure, changing nothing."""

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(self.carry_out(**options))
        except Expected as failure:
            raise CommandError(str(failure)) from failure


def ask_for_office(parser: CommandParser) -> None:
    """The arguments EMAIL and ROLE; a role may be typed region-admin or REGION_ADMIN."""
    parser.add_argument("email", metavar="EMAIL", help="the address the person signs in with")
    parser.add_argument("role", metavar="ROLE", type=_role, choices=Role.values, help=", ".join(Role.values))


def person_at(email: str) -> User:
    """Who signs in with this address. Raises CommandError."""
    person = User.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        raise CommandError(f"Nobody has an account with the address {email}.")
    return person


def region_of(code: str) -> Region:
    """The region with this code. Raises CommandError."""
    region = Region.objects.filter(code=code).first()
    if region is None:
        raise CommandError(f"There is no region {code}: regions are GB/T 2260 codes, such as 420000 for Hubei.")
    return region


def reach_of(grant: RoleGrant) -> str:
    """How far a grant reaches, for a terminal."""
    return "everywhere" if grant.scope == Scope.PLATFORM else f"for {grant.scope_id}"


def _role(typed: str) -> str:
    return typed.upper().replace("-", "_")
