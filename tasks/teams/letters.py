"""Letters of the members' organisations (联合体协议): the click counts before the deadline, the letter may follow."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.queries import Person
from marketplace.kernel.errors import NotFound
from marketplace.vault.doors import Door, Rights
from marketplace.vault.kinds import PAPERS
from tasks.teams import policy
from tasks.teams.lifecycle import SeatState
from tasks.teams.models import Partner, TeamMember

CODE = "team_letter"


class Letter(models.TextChoices):
    """What a member's organisation hands in."""

    CONSORTIUM = "CONSORTIUM", _("agreement of the consortium")
    UNIT = "UNIT", _("letter with the organisation's seal")


def _seat(holder: str) -> TeamMember:
    rows = TeamMember.objects.select_related("team__challenge", "challenge", "team__lead")
    sealed = Q(pk__in=Partner.objects.values("seat"))  # who left after the last submission was sealed all the same
    seat = rows.filter(Q(state=SeatState.JOINED) | sealed, public_id=holder).first()
    if seat is None:
        raise NotFound
    return seat


def _rights(person: Person, holder: str) -> Rights:
    """Its team reads, once opened adjudicator and supervisor too; whoever sits there brings. NotFound for others.

    So before the opening nobody but the team can even read what a file is called (I9).
    """
    seat = _seat(holder)
    read = policy.may_read_letter(person, seat)
    if not read:
        raise NotFound
    bring = policy.may_bring_letter(person, seat)
    return Rights(read=read, bring=bring, take_away=bring)


def _hold(holder: str) -> None:
    TeamMember.objects.select_for_update().filter(public_id=holder).first()


DOOR = Door(
    code=CODE,
    title=_("Letter of your organisation"),
    purposes=dict(Letter.choices),
    kinds=PAPERS,
    largest=20 * 1024 * 1024,
    most=2,
    own=True,
    rights=_rights,
    hold=_hold,
    stream=lambda holder: f"team:{_seat(holder).team.public_id}",
    page=lambda holder: reverse("teams:letters", args=[holder]),
)


def seat_read_by(public_id: str, person: Person) -> TeamMember:
    """A seat whose letter this person may read. Raises NotFound alike for missing and others'."""
    _rights(person, public_id)
    return _seat(public_id)
