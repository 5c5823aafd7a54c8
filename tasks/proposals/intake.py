"""Handing in: a ticket with the moment it came, then everything else (reliability 2.2).

The ticket is one row, written and committed by itself; its moment alone decides. What follows may take its time, be
done by another process, or be done again after a crash.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.identity import services as identity
from marketplace.identity.services import Application
from marketplace.kernel import clock
from marketplace.kernel.errors import Expected, NotFound, Refusal, Stale
from marketplace.kernel.lifecycle import expect, move, revise
from marketplace.kernel.verdicts import SYSTEM, Allowed, require
from marketplace.outbox.events import Scalar
from marketplace.outbox.models import Fact
from marketplace.outbox.record import record
from marketplace.sealing import draft_keys, envelopes
from marketplace.sealing import queries as sealing
from marketplace.vault import services as vault
from tasks import events
from tasks.challenges import intake as incoming
from tasks.challenges.models import Challenge
from tasks.proposals import content as contents
from tasks.proposals import files, policy, queries, receipts, versions
from tasks.proposals.lifecycle import STEPS, TICKET_STEPS, ProposalState, TicketState
from tasks.proposals.models import IntakeTicket, Proposal, SealedEnvelope
from tasks.teams import queries as team_queries
from tasks.teams import services as teams

FIRST = 1
LONGEST_REFUSAL = 400
YOUNG = timedelta(hours=1)
"""A key file of this age belongs to something that is stored, or to nothing; files have the machine's clock."""


def take_ticket(
    *, public_id: str, actor: User, version: int | None = None, real_name: Application | None = None
) -> IntakeTicket:
    """Note the moment at which this version of a draft came to be handed in. Raises NotFound, Stale or Refusal.

    Nothing is judged yet but whose it is. Whoever has not said who they are says it with it (H29), so that what comes
    after the ticket needs nothing that is in memory alone. While it is taken, closing waits until it is settled.
    """
    seen = queries.to_ticket(public_id, actor)
    expect(seen, version)
    if seen.author_id != actor.pk:
        raise Refusal(policy.LEADS)
    if not policy.is_being_written(seen):
        raise Refusal(_("There is no draft of it to hand in."))
    with transaction.atomic():
        incoming.nobody_closes(seen.challenge.public_id)
        with clock.one_moment():
            ticket = IntakeTicket.objects.create(proposal=seen, of_version=seen.version)
            if real_name is not None and not is_late(ticket):
                identity.apply_for_verification(actor=actor, application=real_name)
    return ticket


def is_late(ticket: IntakeTicket) -> bool:
    """Whether it came after the deadline that was read with it; `settle` asks again, under the lock."""
    deadline = ticket.proposal.challenge.deadline
    return deadline is None or ticket.taken_at >= deadline


def settle(ticket: IntakeTicket) -> Proposal:
    """Seal what a ticket was taken for, or find why not. Raises Refusal (late, incomplete, not allowed), Stale.

    A refusal settles the ticket too: its draft is kept as it is, and may be handed in again.
    """
    try:
        with transaction.atomic():
            return _sealed(ticket)
    except Expected as refusal:
        _settled_otherwise(ticket, refusal)
        if ticket.state != TicketState.ACCEPTED:
            raise
    return Proposal.objects.select_related("challenge", "author").get(pk=ticket.proposal_id)


def seal_earlier(public_id: str) -> Proposal:
    """Seal what was handed in before there were keys. Raises Refusal where there is none yet, Stale if it is done."""
    with transaction.atomic():
        seen = queries.handed_in_unsealed().get(public_id=public_id)
        incoming.nobody_closes(seen.challenge.public_id)
        proposal = queries.locked(public_id)
        proposal.challenge, proposal.author = seen.challenge, seen.author
        if proposal.envelopes.exists() or proposal.state != ProposalState.SUBMITTED or seen.submitted_at is None:
            raise Stale(proposal)
        ticket = IntakeTicket.objects.create(proposal=proposal, of_version=proposal.version, taken_at=seen.submitted_at)
        _seal(proposal, ticket, SYSTEM)
    transaction.on_commit(lambda: forget_key(public_id), robust=True)
    return proposal


def forget_files() -> int:
    """Delete what was sealed of withdrawn proposals once their call is over. Returns of how many."""
    gone = list(queries.withdrawn_with_files(files.CODE))
    for public_id in gone:
        with transaction.atomic():
            vault.clear(code=files.CODE, holder=public_id, by=SYSTEM)
    return len(gone)


def forget_key(public_id: str) -> None:
    """Delete the key of a draft that was sealed or thrown away, unless its owner has begun to write again meanwhile."""
    with transaction.atomic():
        if not queries.locked(public_id).kept:
            draft_keys.forget(public_id)


def forget_keys() -> int:
    """Delete the keys of drafts that are none any more: a crash may have left them. Returns how many."""
    kept = list(draft_keys.kept(before=datetime.now(UTC) - YOUNG))
    gone = set(kept) - set(queries.with_a_draft(kept))
    for public_id in gone:
        draft_keys.forget(public_id)
    return len(gone)


def _sealed(ticket: IntakeTicket) -> Proposal:
    proposal = _locked(ticket)
    with clock.one_moment():
        _refuse_late(ticket, proposal.challenge)
        expect(proposal, ticket.of_version)
        allowed = require(policy.may_submit(proposal.author, proposal))
        for problem in contents.problems(proposal.content, proposal.challenge):
            raise Refusal(problem.message, field=problem.field)
        _seal(proposal, ticket, allowed)
    transaction.on_commit(lambda: forget_key(proposal.public_id), robust=True)
    return proposal


def _seal(proposal: Proposal, ticket: IntakeTicket, allowed: Allowed) -> None:
    key = sealing.key_of(proposal.challenge.public_id)
    if key is None:
        raise Refusal(policy.UNSEALABLE)
    number = proposal.envelopes.count() + FIRST
    kept = replace(proposal.as_kept, files=files.for_envelope(proposal))
    about = queries.about(proposal, number)
    organisation = queries.in_name_of(proposal)
    kept = replace(kept, organisation=organisation.public_id if organisation else "")
    if proposal.team is not None:
        kept = replace(kept, members=tuple(teams.hand_in(proposal.team, allowed)))
    sealed = envelopes.seal(kept.as_bytes(), about=about, public=key.public_bytes, code=kept.code)
    row = SealedEnvelope.objects.create(proposal=proposal, number=number, **vars(sealed))
    if proposal.state == ProposalState.DRAFT:
        move(proposal, STEPS["submit"], kept="", submitted_at=ticket.taken_at, organisation=organisation)
    else:  # 4.5: from here on the earlier envelope counts no more
        revise(proposal, kept="", submitted_at=ticket.taken_at, organisation=organisation)
    files.sealed(proposal)
    versions.forget(proposal)
    receipts.give(row, ticket, _told(proposal, row, ticket, allowed))
    move(ticket, TICKET_STEPS["accept"])


def _told(proposal: Proposal, row: SealedEnvelope, ticket: IntakeTicket, allowed: Allowed) -> Fact:
    said: dict[str, Scalar] = {
        "number": row.number,
        "digest": row.digest,
        "commitment": row.commitment,
        "ticket": ticket.public_id,
    }
    event = events.ProposalSubmitted if row.number == FIRST else events.ProposalReplaced
    return record(event.of(proposal, reason="", **said), by=allowed)


def _locked(ticket: IntakeTicket) -> Proposal:
    """The ticket and what it was taken for, while nobody closes the challenge. Raises Stale if it is settled."""
    challenge = incoming.taking_in(ticket.proposal.challenge.public_id)
    proposal = queries.locked(ticket.proposal.public_id)
    ticket.refresh_from_db(fields=["state", "version"])
    if ticket.state != TicketState.TAKEN:
        raise Stale(ticket)
    if challenge.held_since is not None and ticket.taken_at < challenge.held_since:
        challenge.held_since = None  # it came before the suspension, and its moment alone decides
    proposal.challenge, proposal.author = challenge, ticket.proposal.author
    if proposal.team is not None:  # so nobody changes what is judged now and sealed next
        proposal.team = team_queries.locked(proposal.team.public_id)
        proposal.team.challenge = challenge
    return proposal


def _refuse_late(ticket: IntakeTicket, challenge: Challenge) -> None:
    """Half-open: `t < deadline`, the deadline in force now, which includes whatever moved it before `t` (I12)."""
    if challenge.deadline is None or ticket.taken_at >= challenge.deadline:
        raise Refusal(policy.LATE)


def _settled_otherwise(ticket: IntakeTicket, refusal: Expected) -> None:
    """Of two at once, one settles it."""
    late = isinstance(refusal, Refusal) and refusal.message is policy.LATE
    try:
        with transaction.atomic():
            move(ticket, TICKET_STEPS["come_late" if late else "refuse"], refusal=str(refusal)[:LONGEST_REFUSAL])
    except (Stale, NotFound):
        ticket.refresh_from_db()
