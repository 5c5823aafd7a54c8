"""The verbs of proposing: start, save, submit, withdraw; and what opening and judging do to a proposal."""

import secrets

from django.db import IntegrityError, transaction

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, User
from marketplace.identity import services as identity
from marketplace.identity.services import Application
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.kernel.lifecycle import Step, move, revise
from marketplace.kernel.verdicts import SYSTEM, Allowed, require
from marketplace.outbox.record import record
from tasks import events
from tasks.challenges import queries as challenges
from tasks.challenges.models import Challenge
from tasks.proposals import content as contents
from tasks.proposals import policy, queries
from tasks.proposals.content import Content
from tasks.proposals.lifecycle import STEPS, ProposalState
from tasks.proposals.models import Proposal


def start_proposal(*, challenge_id: str, actor: User) -> Proposal:
    """Begin an answer, or return the one already begun; a withdrawn one lends its text. Raises Refusal or NotFound."""
    try:
        with transaction.atomic():
            challenge = challenges.locked(challenge_id)
            allowed = require(policy.may_propose(actor, challenge))
            existing = queries.live_one(challenge, actor)
            return existing or _begin(challenge, actor, allowed)
    except IntegrityError as two_at_once:
        raise Stale(None) from two_at_once


def save_proposal(
    *, public_id: str, actor: User, content: Content, organisation: Organisation | None, version: int | None = None
) -> Proposal:
    """Keep what was typed so far; called by the editor every few seconds. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        proposal = _own_locked(public_id, actor, version)
        with clock.one_moment():
            require(policy.may_edit(actor, proposal))
            _refuse_foreign(actor, organisation)
            for problem in contents.shape_problems(content):
                raise Refusal(problem.message, field=problem.field)
            revise(proposal, organisation=organisation, saved_at=clock.now(), **content.columns())
    return proposal


def submit_proposal(
    *, public_id: str, actor: User, version: int | None = None, real_name: Application | None = None
) -> Proposal:
    """Submit before the deadline (L07); decided by the database's clock after the challenge is locked.

    Whoever has not said who they are says it with it (H29), in the same form and transaction: both or neither.
    Raises Refusal (late, incomplete, not allowed), Stale or NotFound. A refused draft is kept as it is.
    """
    with transaction.atomic():
        proposal = _own_locked(public_id, actor, version)
        if real_name is not None:
            identity.apply_for_verification(actor=actor, application=real_name)
        with clock.one_moment():
            allowed = require(policy.may_submit(actor, proposal))
            for problem in contents.problems(queries.content_of(proposal), proposal.challenge):
                raise Refusal(problem.message, field=problem.field)
            move(proposal, STEPS["submit"], submitted_at=clock.now())
            record(events.ProposalSubmitted.of(proposal), by=allowed)
    return proposal


def withdraw_proposal(*, public_id: str, actor: User, version: int | None = None) -> Proposal:
    """Take a submitted proposal back before the deadline (4.5). Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        proposal = _own_locked(public_id, actor, version)
        with clock.one_moment():
            allowed = require(policy.may_withdraw(actor, proposal))
            move(proposal, STEPS["withdraw"])
            record(events.ProposalWithdrawn.of(proposal), by=allowed)
    return proposal


def open_all(challenge: Challenge) -> int:
    """Open every submitted proposal of a closed challenge, giving each a random code; returns how many (L12).

    Called inside the opening's transaction, under its lock.
    """
    submitted = list(queries.submitted_to(challenge))
    secrets.SystemRandom().shuffle(submitted)
    for number, proposal in enumerate(submitted, start=1):
        move(proposal, STEPS["open"], code=f"P{number:02d}")
        record(events.ProposalOpened.of(proposal), by=SYSTEM)
    return len(submitted)


def admit(proposal: Proposal, *, by: Allowed) -> None:
    """The formal check was passed (L12). Called under the challenge's lock."""
    move(proposal, STEPS["admit"])
    record(events.ProposalAdmitted.of(proposal), by=by)


def reject(proposal: Proposal, *, reason: str, by: Allowed) -> None:
    """The formal check was not passed; the reason goes to the solver (L12). Called under the challenge's lock."""
    move(proposal, STEPS["reject"], rejection=reason)
    record(events.ProposalRejected.of(proposal, reason=reason), by=by)


def settle(proposal: Proposal, *, outcome: str, by: Allowed) -> None:
    """Write the outcome "win", "reserve" or "pass_over" (L14, L15). Called under the challenge's lock."""
    step: Step = STEPS[outcome]
    move(proposal, step)
    record(events.ProposalSettled.of(proposal, outcome=outcome), by=by)


def _begin(challenge: Challenge, actor: User, allowed: Allowed) -> Proposal:
    earlier = queries.last_one(challenge, actor)
    lent = queries.content_of(earlier) if earlier and earlier.state == ProposalState.WITHDRAWN else Content()
    organisation = people.verified_organisations_of(actor).first()
    proposal = Proposal.objects.create(challenge=challenge, author=actor, organisation=organisation, **lent.columns())
    record(events.ProposalStarted.of(proposal), by=allowed)
    return proposal


def _own_locked(public_id: str, actor: User, version: int | None) -> Proposal:
    """Lock the challenge first, then the proposal: closing takes the same order, so neither can pass the other."""
    challenge = challenges.locked_through(proposals__public_id=public_id, proposals__author=actor)
    proposal = queries.locked(public_id, version)
    if proposal.author_id != actor.pk:
        raise NotFound
    proposal.challenge, proposal.author = challenge, actor
    return proposal


def _refuse_foreign(actor: User, organisation: Organisation | None) -> None:
    wrong = policy.wrong_name(actor, organisation)
    if wrong is not None:
        raise Refusal(wrong.reason, field="organisation")
