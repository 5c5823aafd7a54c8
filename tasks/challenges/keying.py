"""The key that a challenge's proposals are sealed to, and who can hold a part of it. Part of the services (I9)."""

from collections.abc import Callable, Collection

from django.db import transaction

from marketplace.accounts import queries as people
from marketplace.accounts.models import User
from marketplace.kernel.errors import Stale
from marketplace.kernel.verdicts import SYSTEM
from marketplace.outbox.record import record
from marketplace.sealing import queries as sealed
from marketplace.sealing import services as sealing
from tasks import events
from tasks.challenges import queries
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge


def able_officers(challenge: Challenge) -> int:
    """How many opening officers could hold a part of its key now; who will adjudicate or supervise it is not known."""
    assert challenge.region  # noqa: S101  # nothing is handed in without one
    return len(sealed.able(challenge.region, unfit=_unfit(challenge, ())))


def make_key(challenge: Challenge, in_office: Collection[int]) -> None:
    """Make it and entrust it, within the caller's transaction. `in_office` are who adjudicates and who supervises.

    Nobody holds a part who has anything to do with the challenge. Raises Refusal while too few can hold it.
    """
    assert challenge.region  # noqa: S101  # nothing is handed in without one
    unfit = _unfit(challenge, in_office)
    key = sealing.make_key(matter=challenge.public_id, region=challenge.region, unfit=unfit)
    holders = " ".join(sorted(one.public_id for one in sealed.holders_of(challenge.public_id)))
    record(events.ChallengeKeyMade.of(challenge, key=key.public_key, holders=holders), by=SYSTEM)


def make_missing_key(*, public_id: str) -> Challenge:
    """Make the key of a call that was published before there were keys. Raises Refusal while too few can hold it."""
    with transaction.atomic():
        challenge = queries.locked(public_id)
        if sealed.key_of(public_id) is not None or challenge.state not in {State.OPEN, State.SEALED}:
            raise Stale(challenge)
        make_key(challenge, {challenge.adjudicator_id or 0, challenge.supervisor_id or 0})
    return challenge


def _unfit(challenge: Challenge, in_office: Collection[int]) -> Callable[[User], bool]:
    return lambda person: person.pk in in_office or people.belonged_lately(person, challenge.sponsor_id)
