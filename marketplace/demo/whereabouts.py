"""Which challenge a page is about, read off its address: the bar's clock and reviewers follow it."""

from collections.abc import Callable

from django.http import HttpRequest

from marketplace.accounts.queries import Person
from tasks.adjudication.models import Assignment, PublicNotice
from tasks.challenges import queries as challenges
from tasks.challenges.models import Challenge
from tasks.proposals.models import Proposal

CHALLENGE_PAGES = {
    "challenges:detail",
    "challenges:preview",
    "challenges:edit",
    "challenges:approval",
    "adjudication:case",
}
PROPOSAL_PAGES = {"proposals:detail", "proposals:edit"}
SEAT_PAGES = {"adjudication:assignment", "adjudication:score"}
NOTICE_PAGES = {"adjudication:notice"}

Finder = Callable[[str], str | None]


def challenge_of(request: HttpRequest) -> Challenge | None:
    """The challenge that the page is about, if the viewer may see it."""
    match = request.resolver_match
    if match is None:
        return None
    named = str(match.kwargs.get("public_id", ""))
    found = next((find(named) for pages, find in FINDERS if match.view_name in pages), None)
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


FINDERS: tuple[tuple[set[str], Finder], ...] = (
    (CHALLENGE_PAGES, str),
    (PROPOSAL_PAGES, _of_proposal),
    (SEAT_PAGES, _of_seat),
    (NOTICE_PAGES, _of_notice),
)
