"""Reads about proposals. Before opening they answer the author only: not even a number gets out (I9)."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from marketplace.accounts import queries as people
from marketplace.accounts.models import User
from marketplace.accounts.queries import Person
from marketplace.identity import queries as identity
from marketplace.kernel.errors import NotFound
from marketplace.kernel.lifecycle import expect
from tasks.challenges.models import Challenge
from tasks.proposals.content import Content
from tasks.proposals.lifecycle import LIVE, OPENED, ProposalState
from tasks.proposals.models import Proposal

STREAM = "proposal:"


def proposals_of(person: Person) -> QuerySet[Proposal]:
    """The person's own proposals, latest change first; none as long as they administer the platform (I18)."""
    if not isinstance(person, User):
        return Proposal.objects.none()
    rows = Proposal.objects.filter(people.no_administrator("author"), author=person).select_related(
        "challenge__sponsor", "organisation"
    )
    return rows.order_by("-saved_at")


def own(public_id: str, person: Person) -> Proposal:
    """One of the person's own proposals. Raises NotFound alike for missing and somebody else's."""
    proposal = proposals_of(person).select_related("challenge__region").filter(public_id=public_id).first()
    if proposal is None:
        raise NotFound
    return proposal


def live_one(challenge: Challenge, person: Person) -> Proposal | None:
    """The person's draft or submitted proposal for this challenge."""
    return proposals_of(person).filter(challenge=challenge, state__in=LIVE).first()


def last_one(challenge: Challenge, person: Person) -> Proposal | None:
    """The person's latest proposal for this challenge, whatever became of it."""
    return proposals_of(person).select_related(None).filter(challenge=challenge).order_by("-pk").first()


def locked(public_id: str, version: int | None = None) -> Proposal:
    """The proposal, locked until the end of the transaction. Raises NotFound or Stale."""
    proposal = Proposal.objects.select_for_update(of=("self",)).filter(public_id=public_id).order_by().first()
    if proposal is None:
        raise NotFound
    expect(proposal, version)
    return proposal


def submitted_to(challenge: Challenge) -> QuerySet[Proposal]:
    """What the opening opens. For the opening service alone."""
    return Proposal.objects.filter(challenge=challenge, state=ProposalState.SUBMITTED).order_by("pk")


def opened_in(challenge: Challenge) -> QuerySet[Proposal]:
    """Proposals of a challenge after its opening, by their code; each knows whether its author's name is verified."""
    rows = Proposal.objects.filter(challenge=challenge, state__in=OPENED).select_related("author", "organisation")
    return rows.annotate(author_is_verified=identity.verified("author")).order_by("code")


def in_state(challenge: Challenge, state: ProposalState) -> QuerySet[Proposal]:
    """Opened proposals in one state, by code."""
    return opened_in(challenge).filter(state=state)


def content_of(proposal: Proposal) -> Content:
    """The proposal's text as its author wrote it."""
    return Content(**{name: getattr(proposal, name) for name in Content.__dataclass_fields__})


def facts_shown() -> Q:
    """Which facts of proposals audit administrators may see: of those that were opened, since then (I9, I18)."""
    subject = Substr(OuterRef("stream"), len(STREAM) + 1)
    return Q(Exists(Proposal.objects.filter(public_id=subject, state__in=OPENED)), stream__startswith=STREAM)
