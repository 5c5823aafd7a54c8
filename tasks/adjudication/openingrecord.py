"""What everybody who opens reads of an opening: who confirmed, who is missing, and what came out of each envelope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from marketplace.accounts.models import User
from marketplace.accounts.queries import Person
from marketplace.sealing import queries as sealing
from tasks.adjudication.models import OpeningConfirmation
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tasks.proposals import queries as proposals
from tasks.proposals.lifecycle import ProposalState
from tasks.proposals.models import Proposal

Side = OpeningConfirmation.Side
ASKED = (Side.SUPERVISOR, Side.OFFICER, Side.OFFICER)
LAPSES = timedelta(days=90)
"""A call that has not been opened so long after it closed ends without an award: nobody waits for good.

Officers may have lost their phrases, and then nobody can open it. The rule is ours; no provision knows of keys.
"""


@dataclass(frozen=True)
class Line:
    """One proposal by the code it was given: the digest of its envelope, and whether it is what its receipt says.

    `signed` is False where the platform has lost the key by which that receipt could be checked.
    """

    code: str
    digest: str
    agrees: bool
    signed: bool = True


def supervisor_confirmed(challenge: Challenge) -> bool:
    """Whether the supervisor has confirmed the opening."""
    return challenge.opening_confirmations.filter(side=OpeningConfirmation.Side.SUPERVISOR).exists()


def confirmations_of(challenge: Challenge) -> list[OpeningConfirmation]:
    """Who has confirmed the opening, in that order."""
    return list(challenge.opening_confirmations.select_related("user").order_by("pk"))


def has_confirmed(person: Person, challenge: Challenge) -> bool:
    """Whether this person has."""
    return isinstance(person, User) and challenge.opening_confirmations.filter(user=person).exists()


def to_open(person: Person) -> QuerySet[Challenge]:
    """Closed challenges that wait for this officer's part of the key, the longest waiting first (L12)."""
    matters = sealing.matters_held_by(person)
    rows = Challenge.objects.filter(public_id__in=matters, state=State.SEALED, proposals_opened_at=None)
    return rows.select_related("sponsor", "region").order_by("deadline", "pk")


def lapses_at(challenge: Challenge) -> datetime | None:
    """Until when a closed call can be opened; half-open like its deadline. None unless it waits for that.

    A call of before there were keys has its days from the moment it got one.
    """
    if challenge.state != State.SEALED or challenge.proposals_opened_at is not None:
        return None
    key = sealing.key_of(challenge.public_id)
    return max(challenge.moved_at, key.made_at) + LAPSES if key is not None else None


def lapsed(now: datetime) -> list[str]:
    """Public ids of the calls that nobody has opened in time."""
    before = now - LAPSES
    waiting = Challenge.objects.filter(state=State.SEALED, proposals_opened_at=None, moved_at__lte=before)
    held = sealing.keyed_before(before, path="public_id")
    return list(waiting.filter(held).values_list("public_id", flat=True))


def missing(challenge: Challenge) -> Sequence[Any]:
    """The words for those who have still to confirm; nobody once the proposals are opened."""
    if challenge.proposals_opened_at is not None:
        return []
    given = [one.side for one in confirmations_of(challenge)]
    left = list(ASKED)
    for side in given:
        if side in left:
            left.remove(Side(side))
    return [side.label for side in left]


def lines(challenge: Challenge) -> list[Line]:
    """Nothing before the opening (I9)."""
    if challenge.proposals_opened_at is None:
        return []
    opened = list(proposals.opened_in(challenge).prefetch_related("envelopes__receipt"))
    return [_line(one) for one in opened]


def _line(proposal: Proposal) -> Line:
    agrees = proposal.state != ProposalState.INADMISSIBLE or bool(proposal.kept)
    envelopes = list(proposal.envelopes.all())
    if not envelopes:  # of before there were any
        return Line(proposal.code, "", agrees)
    counted = envelopes[-1]
    return Line(proposal.code, counted.digest, agrees, counted.receipt.key not in settings.SIGNING_KEYS_LOST)
