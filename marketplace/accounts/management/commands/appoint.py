from argparse import ArgumentTypeError
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import CommandError, CommandParser

from marketplace.accounts import appointing
from marketplace.accounts.models import Organisation
from marketplace.accounts.roles import Role, Scope
from marketplace.accounts.terminal import OperatorCommand, ask_for_office, person_at, region_of
from marketplace.kernel.moments import BEIJING
from marketplace.registry.calendar import ONE_DAY
from marketplace.registry.services import Outcome


class Command(OperatorCommand):
    help = "Give a person an office: everywhere, or for one region and what lies in it."

    def add_arguments(self, parser: CommandParser) -> None:
        ask_for_office(parser)
        place = parser.add_mutually_exclusive_group()
        place.add_argument("--region", metavar="CODE", help="for this region and those in it; everywhere without it")
        place.add_argument("--organisation", metavar="ID", help="kept, but no page asks for such an office yet")
        parser.add_argument("--until", metavar="DATE", type=_day, help="last day of the office, as 2027-12-31")

    def carry_out(self, **said: Any) -> str:
        person, role = person_at(said["email"]), Role(said["role"])
        scope, scope_id = _place(said["region"], said["organisation"])
        outcome = appointing.appoint(
            user=person, role=role, scope=scope, scope_id=scope_id, until=_end_of(said["until"])
        )
        last = f" until {said['until']}" if said["until"] else ""
        office = f"{person.email} is {role.value} {f'for {scope_id}' if scope_id else 'everywhere'}{last}"
        return f"{office} already: nothing changed." if outcome is Outcome.UNCHANGED else f"{office} from now on."


def _place(region: str | None, organisation: str | None) -> tuple[Scope, str]:
    if region:
        return Scope.REGION, region_of(region).code
    if not organisation:
        return Scope.PLATFORM, ""
    if not Organisation.objects.filter(public_id=organisation).exists():
        raise CommandError(f"There is no organisation {organisation}: its id stands in the address of its page.")
    return Scope.ORGANISATION, organisation


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise ArgumentTypeError(f"{typed} is no day written like 2027-12-31.") from None


def _end_of(day: date | None) -> datetime | None:
    """The first moment after this day, Beijing time."""
    return datetime.combine(day + ONE_DAY, time.min, BEIJING) if day else None
