"""Which challenge a page is about, read off its address: the bar's clock and reviewers follow it."""

from collections.abc import Callable

from django.http import HttpRequest

from marketplace.accounts.queries import Person
from tasks.adjudication.models import Assignment, PublicNotice
from tasks.challenges import queries as challenges
from tasks.challenges.models import Challenge
from tasks.proposals.models import Proposal

ROOMS = {"challenges", "proposals", "adjudication"}

Finder = Callable[[str], str | None]


def challenge_of(request: HttpRequest) -> Challenge | None:
    """The challenge that the page is about, if the viewer may see it."""
    match = request.resolver_match
    if match is None or match.namespace not in ROOMS or "public_id" not in match.kwargs:
        return None
    found = FINDERS.get(match.view_name, str)(str(match.kwargs["public_id"]))
    return seen(found, request.user) if found else None


def seen(public_id: str, person: Person) -> Challenge | None:
    """The challenge, or None when it is missing or hidden from this person."""
    return challenges.visible_to(person).filter(public_id=public_id).first()


def _of_proposal(public_id: str) -> str | None:
    return Proposal.objects.filter(public_id=public_id).values_list("challenge__public_id", flat=True).first()


def _of_seat(public_id: str) -> str | None:
    rows = Assignment.objects.filter(public_id=public_id)
    return rows.values_list("panel__challenge__public_id", flat=True).first()


def _of_notice(public_id: str) -> str | None:
    return PublicNotice.objects.filter(public_id=public_id).values_list("challenge__public_id", flat=True).first()


FINDERS: dict[str, Finder] = {
    **{f"proposals:{page}": _of_proposal for page in ("detail", "edit", "submit", "withdraw")},
    **{f"adjudication:{page}": _of_seat for page in ("assignment", "score", "accept", "decline")},
    "adjudication:notice": _of_notice,
}
"""Pages whose id is not the challenge's own."""
