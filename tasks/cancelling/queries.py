"""Reads about requests for cancellation."""

from marketplace.accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound
from marketplace.kernel.lifecycle import expect
from tasks.cancelling.lifecycle import RequestState
from tasks.cancelling.models import CancellationRequest
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge


def last_for(challenge: Challenge) -> CancellationRequest | None:
    """The latest request of this challenge, whatever became of it; for its sponsor, its adjudicator, its supervisor."""
    rows = CancellationRequest.objects.filter(challenge=challenge).select_related("asker", "decider")
    return rows.order_by("-pk").first()


def granted_for(challenge: Challenge) -> CancellationRequest | None:
    """Why a cancelled call was cancelled: everybody reads ground and decision."""
    return CancellationRequest.objects.filter(challenge=challenge, state=RequestState.GRANTED).first()


def waits_for(challenge: Challenge) -> bool:
    """Whether a request of this challenge awaits its decision."""
    return CancellationRequest.objects.filter(challenge=challenge, state=RequestState.ASKED).exists()


def to_decide(person: User, limit: int) -> list[CancellationRequest]:
    """What waits for this person as adjudicator while the call runs, the longest wait first."""
    now = clock.now()
    rows = CancellationRequest.objects.filter(state=RequestState.ASKED, challenge__adjudicator=person)
    running = rows.filter(challenge__state=State.OPEN, challenge__deadline__gt=now).select_related("challenge")
    return list(running.order_by("asked_at")[:limit])


def locked(challenge: Challenge, version: int | None = None, which: str | None = None) -> CancellationRequest:
    """The one that waits, locked after its challenge. Raises NotFound or Stale.

    `which` is the one the actor read: another may have taken its place, with the same version.
    """
    rows = CancellationRequest.objects.select_for_update(of=("self",))
    request = rows.filter(challenge=challenge, state=RequestState.ASKED).order_by().first()
    if request is None:
        raise NotFound
    expect(request, version, which)
    return request
