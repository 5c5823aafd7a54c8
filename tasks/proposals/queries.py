"""Reads about proposals. Before opening they answer the author only: not even a number gets out (I9)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from marketplace.accounts.models import Organisation, User
from marketplace.accounts.queries import Person
from marketplace.identity import queries as identity
from marketplace.kernel.errors import NotFound
from marketplace.kernel.lifecycle import expect
from marketplace.kernel.one_at_a_time import one_at_a_time
from marketplace.outbox.models import Fact
from marketplace.sealing.models import MatterKey
from marketplace.vault.lifecycle import KEPT
from marketplace.vault.models import StoredFile
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tasks.proposals.lifecycle import LIVE, OPENED, ProposalState, TicketState
from tasks.proposals.models import IntakeTicket, Proposal, SealedEnvelope, SubmissionReceipt
from tasks.teams import queries as teams
from tasks.teams.models import Team

STREAM = "proposal:"
_TO_TICKET = ("public_id", "version", "state", "author", "challenge__public_id", "challenge__deadline")
"""What a ticket needs; a posting's texts are long, and a thousand may come in one second."""


def proposals_of(person: Person) -> QuerySet[Proposal]:
    """What the person hands in or takes part in, latest change first, without drafts they threw away.

    None as long as they administer the platform (I18).
    """
    if not isinstance(person, User):
        return Proposal.objects.none()
    rows = Proposal.objects.filter(teams.no_administrator(person), _of(person)).select_related(
        "challenge__sponsor", "organisation"
    )
    return rows.exclude(state=ProposalState.WITHDRAWN, submitted_at=None, kept="").order_by("-saved_at")


def _of(person: User) -> Q:
    """A condition on proposals: the person's own, or of a team of theirs; once opened, of that which was sealed."""
    sealed, now = teams.sealed_for(person, "team"), teams.seated(person, "team")
    together = Q(sealed, state__in=OPENED) | (Q(now) & ~Q(state__in=OPENED))
    return Q(author=person) | (Q(team__isnull=False) & together)


def authors_of(proposal: Proposal) -> list[User]:
    """Whose it is: its author, and its team as it is now or, once opened, as it was sealed."""
    if proposal.team is None:
        return [proposal.author]
    if proposal.state in OPENED:
        rows = [one.person for one in teams.partners_of(proposal.team)]
    else:
        rows = [one.person for one in teams.joined(proposal.team) if one.person]
    return [proposal.author, *(one for one in rows if one != proposal.author)]


def own(public_id: str, person: Person) -> Proposal:
    """One of the person's own proposals. Raises NotFound alike for missing and somebody else's."""
    proposal = (
        proposals_of(person).select_related("challenge__region", "team", "author").filter(public_id=public_id).first()
    )
    if proposal is None:
        raise NotFound
    return proposal


def answering(challenge: Challenge, person: User) -> None:
    """Until the end of the transaction nobody else begins or joins an answer of this person: they have one."""
    one_at_a_time(f"answer:{challenge.public_id}:{person.public_id}")


def live_one(challenge: Challenge, person: Person) -> Proposal | None:
    """The person's draft or submitted proposal for this challenge."""
    return proposals_of(person).filter(challenge=challenge, state__in=LIVE).first()


def last_one(challenge: Challenge, person: Person) -> Proposal | None:
    """The person's latest proposal for this challenge, whatever became of it."""
    return proposals_of(person).select_related(None).filter(challenge=challenge).order_by("-pk").first()


def shown_one(challenge: Challenge, person: Person) -> Proposal | None:
    """The one that their page of the challenge leads to: the live one, else that of a team, else the latest."""
    rows = proposals_of(person).select_related(None).select_related("team").filter(challenge=challenge)
    rows = rows.alias(live=ExpressionWrapper(Q(state__in=LIVE), output_field=BooleanField()))
    return rows.order_by("-live", F("team").asc(nulls_last=True), "-pk").first()


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
    rows = Proposal.objects.filter(challenge=challenge, state__in=OPENED).select_related(
        "author", "organisation", "team"
    )
    rows = rows.prefetch_related(*teams.SEALED_WITH)
    return rows.annotate(author_is_verified=identity.verified("author")).order_by("code")


def in_state(challenge: Challenge, state: ProposalState) -> QuerySet[Proposal]:
    """Opened proposals in one state, by code."""
    return opened_in(challenge).filter(state=state)


def with_team(team: Team) -> Proposal | None:
    """The draft or submitted proposal of a team."""
    return Proposal.objects.filter(team=team, state__in=LIVE).select_related("challenge", "author").first()


def to_ticket(public_id: str, person: User) -> Proposal:
    """What a ticket is taken for, read with as little as may be: many come in one second. Raises NotFound."""
    rows = Proposal.objects.select_related("challenge").only(*_TO_TICKET).filter(public_id=public_id, author=person)
    found = rows.order_by().first()
    if found is None:
        return own_to_change(public_id, person)
    found.author = person
    return found


def own_to_change(public_id: str, person: User) -> Proposal:
    """One's own or one's team's, with what decides on it. Raises NotFound."""
    rows = Proposal.objects.select_related("challenge", "author", "team").filter(_of(person), public_id=public_id)
    found = rows.order_by().first()
    if found is None:
        raise NotFound
    if found.author_id == person.pk:
        found.author = person
    return found


def with_files(public_id: str) -> Proposal:
    """What files are brought for and read of: whose it is, and what decides on it. Raises NotFound."""
    rows = Proposal.objects.select_related("challenge", "author", "organisation").filter(public_id=public_id)
    found = rows.order_by().first()
    if found is None:
        raise NotFound
    return found


def in_name_of(proposal: Proposal) -> Organisation | None:
    """The house in whose name it is handed in: of a team its lead's seat, else what its author has chosen."""
    if proposal.team is None:
        return proposal.organisation
    seat = teams.seat_of(proposal.author, proposal.team)
    return seat.organisation if seat is not None else None


def withdrawn_with_files(code: str) -> QuerySet[Proposal, str]:
    """Withdrawn proposals of calls that are over, whose files are there: nobody may start from them again."""
    there = Exists(StoredFile.objects.filter(door=code, holder=OuterRef("public_id"), state__in=KEPT))
    rows = Proposal.objects.filter(there, state=ProposalState.WITHDRAWN).exclude(challenge__state=State.OPEN)
    return rows.order_by("pk").values_list("public_id", flat=True)


def about(proposal: Proposal, number: int) -> str:
    """What an envelope is bound to, so that it passes for no other (`sealing.envelopes`)."""
    return f"proposal:{proposal.public_id}:{number}"


def last_envelope(proposal: Proposal) -> SealedEnvelope | None:
    """The one that counts: whatever was submitted before was replaced by it."""
    return proposal.envelopes.order_by("number").last()


def sealed_in(challenge: Challenge) -> list[SealedEnvelope]:
    """The envelopes that the opening opens, with what each belongs to and its receipt. For the opening alone."""
    rows = SealedEnvelope.objects.filter(proposal__in=submitted_to(challenge))
    counted = {row.proposal_id: row for row in rows.select_related("proposal", "receipt__ticket").order_by("number")}
    for row in counted.values():
        row.proposal.challenge = challenge
    return [counted[pk] for pk in sorted(counted)]


def to_settle(before: datetime) -> QuerySet[IntakeTicket]:
    """Tickets from before this moment that wait to be settled, the earliest first."""
    rows = IntakeTicket.objects.filter(state=TicketState.TAKEN, taken_at__lte=before).select_related(
        "proposal__challenge", "proposal__author"
    )
    return rows.order_by("pk")


def last_ticket(proposal: Proposal) -> IntakeTicket | None:
    """The latest moment at which it was handed in."""
    return proposal.tickets.order_by("pk").last()


def handed_in_unsealed() -> QuerySet[Proposal]:
    """Proposals handed in before there were keys, whose challenge has one now."""
    rows = Proposal.objects.filter(state=ProposalState.SUBMITTED, envelopes=None)
    keyed = Exists(MatterKey.objects.filter(matter=OuterRef("challenge__public_id")))
    return rows.filter(keyed).select_related("challenge", "author").order_by("pk")


def with_a_draft(public_ids: Iterable[str]) -> QuerySet[Proposal, str]:
    """Those of these proposals that have a text under a key of its own."""
    rows = Proposal.objects.exclude(kept="").exclude(state__in=OPENED).filter(public_id__in=list(public_ids))
    return rows.order_by().values_list("public_id", flat=True)


def is_being_sealed(proposal: Proposal) -> bool:
    """Whether it was handed in and what becomes of it is not known yet."""
    return proposal.tickets.filter(state=TicketState.TAKEN).exists()


def facts_of_receipts(sealed: Iterable[SealedEnvelope]) -> QuerySet[Fact]:
    """The facts that the receipts of these envelopes name."""
    return Fact.objects.filter(stream__in=[f"{STREAM}{one.proposal.public_id}" for one in sealed])


def receipts_of(proposal: Proposal) -> list[SubmissionReceipt]:
    """The receipts of a proposal, the latest first."""
    rows = SubmissionReceipt.objects.filter(envelope__proposal=proposal).select_related("envelope", "ticket")
    found = list(rows.order_by("-envelope__number"))
    for row in found:
        row.envelope.proposal = proposal
    return found


def facts_shown() -> Q:
    """Which facts of proposals and their teams audit administrators may see: of opened ones, since then (I9, I18)."""
    opened = Proposal.objects.filter(state__in=OPENED)
    subject = Substr(OuterRef("stream"), len(STREAM) + 1)
    of_team = Substr(OuterRef("stream"), len(teams.STREAM) + 1)
    return Q(Exists(opened.filter(public_id=subject)), stream__startswith=STREAM) | Q(
        Exists(opened.filter(team__public_id=of_team)), stream__startswith=teams.STREAM
    )
