"""The small world in which faults happen. Run in the platform's own settings; prints who and what there is as JSON."""

import json
import sys
from collections import deque
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402  # commands need the apps

from marketplace.accounts.models import Expert, User  # noqa: E402  # models need the apps
from marketplace.accounts.roles import Role  # noqa: E402  # needs the apps
from marketplace.demo import clock as movable  # noqa: E402  # needs the apps
from marketplace.demo import codes  # noqa: E402  # needs the apps
from marketplace.kernel import clock  # noqa: E402  # needs the apps
from marketplace.kernel.verdicts import SYSTEM  # noqa: E402  # needs the apps
from tasks.adjudication import queries as judging  # noqa: E402  # needs the apps
from tasks.challenges import services as posting  # noqa: E402  # needs the apps
from tasks.challenges.models import Challenge  # noqa: E402  # needs the apps
from tests import factories  # noqa: E402  # needs the apps

PASSWORD = "a good password"
SOLVERS, EARLIER, OPEN, WAITING, SEALED, REVIEWED = 7, 4, 4, 34, 17, 2


class World:
    """One house that posts, one office of each kind, and solvers from elsewhere."""

    def __init__(self) -> None:
        self.owner = factories.person("出题人")
        self.house = factories.organisation(self.owner)
        self.offices: dict[str, User] = {
            role.lower(): factories.officer_with(role)
            for role in (Role.REGION_ADMIN, Role.ADJUDICATOR, Role.SUPERVISOR)
        }
        self.officers = factories.opening_officers()
        self.solvers = [factories.person(f"解题人{number}") for number in range(SOLVERS)]
        self.earlier = deque(factories.person(f"先到者{number}") for number in range(EARLIER))

    def submitted(self, title: str, days: int) -> Challenge:
        """A posting of the house that waits for its administrator."""
        content = factories.posting_content(title=title, deadline=clock.now() + timedelta(days=days))
        made = posting.draft_challenge(actor=self.owner, content=content, sponsor=self.house)
        return posting.submit_challenge(public_id=made.public_id, actor=self.owner)

    def opened(self, title: str, days: int) -> Challenge:
        """A call of the house that takes proposals."""
        return posting.approve_challenge(
            public_id=self.submitted(title, days).public_id,
            actor=self.offices["region_admin"],
            adjudicator=self.offices["adjudicator"],
            supervisor=self.offices["supervisor"],
        )

    def answered(self, title: str, proposals: int) -> Challenge:
        """A call that soon ends, with so many proposals; in turn, since nobody may have many under way."""
        challenge = self.opened(title, 16)
        for author in list(self.earlier)[:proposals]:
            factories.submitted_proposal(challenge, author)
        self.earlier.rotate()
        return challenge

    def close(self, challenges: list[Challenge]) -> list[Challenge]:
        """Let their deadline pass on the platform's own clock."""
        movable.advance_to(max(one.deadline for one in challenges if one.deadline), by=SYSTEM)
        return [posting.close_challenge(public_id=one.public_id) for one in challenges]


def told() -> dict[str, Any]:
    """Make everything and say what it is."""
    world = World()
    sealed = [world.answered(f"封存需求 {number}", 1) for number in range(SEALED)]
    reviewed = [world.answered(f"评审需求 {number}", 3) for number in range(REVIEWED)]
    closed = world.close([*sealed, *reviewed])
    seats = [seat for one in closed[SEALED:] for seat in seats_of(factories.under_review(factories.opened(one)))]
    for user in (*world.offices.values(), *world.officers, *experts()):
        codes.give_app(user)
    return {
        "people": {name: user.email for name, user in named(world).items()},
        "ids": {name: user.public_id for name, user in named(world).items()},
        "phrases": {f"officer{number}": factories.phrase_of(one) for number, one in enumerate(world.officers)},
        "sealed": [one.public_id for one in sealed],
        "seats": seats,
        "open": [world.opened(f"开放需求 {number}", 90).public_id for number in range(OPEN)],
        "waiting": [world.submitted(f"待审需求 {number}", 90).public_id for number in range(WAITING)],
    }


def seats_of(challenge: Challenge) -> list[list[str]]:
    """Each reviewer's seat with each proposal that is reviewed there."""
    codes = challenge.proposals.filter(state="UNDER_REVIEW").order_by("code").values_list("code", flat=True)
    return [[f"expert{seat.reviewer_id}", seat.public_id, code] for seat in judging.seated(challenge) for code in codes]


def named(world: World) -> dict[str, User]:
    """Everybody who sits at a window, by the name the journey calls them."""
    solvers = {f"solver{number}": user for number, user in enumerate(world.solvers)}
    judges = {f"expert{user.pk}": user for user in experts()}
    officers = {f"officer{number}": user for number, user in enumerate(world.officers)}
    return {"owner": world.owner, **world.offices, **officers, **solvers, **judges}


def experts() -> list[User]:
    """Everybody who can be drawn for a panel."""
    return [one.user for one in Expert.objects.exclude(user=None).select_related("user") if one.user]


def prepared(commands: list[list[str]]) -> dict[str, Any]:
    """The database made ready by these commands, the world in it, and the index of it: all in one process."""
    for command in commands:
        call_command(*command)
    world = told()
    call_command("rebuild_index")
    return world


if __name__ == "__main__":
    sys.stdout.write("WORLD " + json.dumps(prepared(json.loads(sys.argv[1]))))
