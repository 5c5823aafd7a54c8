"""The verbs of proposing: start, save, submit, replace, withdraw; and what opening and judging do to a proposal."""

import secrets
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, User
from marketplace.identity.services import Application
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.kernel.lifecycle import Step, expect, move, revise
from marketplace.kernel.one_at_a_time import one_at_a_time
from marketplace.kernel.verdicts import SYSTEM, Allowed, require
from marketplace.outbox.models import Fact
from marketplace.outbox.record import record
from marketplace.sealing import draft_keys, envelopes
from marketplace.sealing.envelopes import Envelope
from marketplace.sealing.keys import Unopenable
from tasks import events
from tasks.challenges import intake as incoming
from tasks.challenges.models import Challenge
from tasks.proposals import content as contents
from tasks.proposals import files, intake, keeping, policy, queries, receipts, standing, versions
from tasks.proposals.content import Content
from tasks.proposals.keeping import KeptText
from tasks.proposals.lifecycle import STEPS, ProposalState
from tasks.proposals.models import Proposal, SealedEnvelope
from tasks.teams import queries as teams
from tasks.teams import services as team_services

HANDED_IN_AS = _("It was handed in in that name. To propose in another, withdraw it and begin anew with its text.")
LOST_KEY = _(
    "The platform lacks a key with which receipts of this challenge were signed, so nothing is opened. Its operators "
    "must put it back (SIGNING_KEYS); then please confirm once more."
)


def start_proposal(*, challenge_id: str, actor: User, code: str = "") -> Proposal:
    """Begin an answer, or return the one already begun; with its reading code a withdrawn one lends its text.

    Raises Refusal or NotFound.
    """
    try:
        with transaction.atomic():
            challenge = incoming.taking_in(challenge_id)
            allowed = require(policy.may_propose(actor, challenge))
            one_at_a_time(f"proposals-of:{actor.pk}")  # of two at once the second counts the first
            queries.answering(challenge, actor)
            existing = queries.live_one(challenge, actor)
            return existing or begin(challenge, actor, allowed, code)
    except IntegrityError as two_at_once:
        raise Stale(None) from two_at_once


def begin(challenge: Challenge, actor: User, allowed: Allowed, code: str = "") -> Proposal:
    """A draft for whoever has none: of the team they lead, if they do. Called inside a transaction. Raises Refusal."""
    seat = teams.seat_in(challenge, actor)
    if seat is not None and seat.team.lead_id != actor.pk:
        raise Refusal(_("You are in a team that answers this challenge. Its lead begins; leave it to answer alone."))
    many = standing.too_many(actor)
    if many is not None:
        raise Refusal(many)
    earlier = queries.last_one(challenge, actor)
    lent = _lent(earlier, code)
    organisation = seat.organisation if seat else people.verified_organisations_of(actor).first()
    team = seat.team if seat else None
    proposal = Proposal(challenge=challenge, author=actor, organisation=organisation, team=team)
    proposal.kept = keeping.as_draft(lent, of=proposal.public_id)
    proposal.save(force_insert=True)
    files.lent(lent.files, proposal, earlier=earlier)
    record(events.ProposalStarted.of(proposal), by=allowed)
    return proposal


def save_proposal(
    *,
    public_id: str,
    actor: User,
    content: Content,
    organisation: Organisation | None,
    version: int | None = None,
    by_hand: bool = True,
) -> Proposal:
    """Keep what was typed so far; called by the editor every few seconds, and by hand. Raises Refusal or Stale."""
    with transaction.atomic():
        proposal = _own_locked(public_id, actor, version)
        with clock.one_moment():
            allowed = require(policy.may_edit(actor, proposal))
            _refuse_handed_in(proposal)
            organisation = _named(proposal, actor, organisation, allowed)
            for problem in contents.shape_problems(content):
                raise Refusal(problem.message, field=problem.field)
            code = proposal.as_kept.code or envelopes.new_code()
            kept = keeping.as_draft(KeptText(content, code), of=proposal.public_id)
            revise(proposal, organisation=organisation, saved_at=clock.now(), kept=kept)
            versions.keep(proposal, by=actor, asked=by_hand)
    return proposal


def take_back(*, public_id: str, actor: User, number: int, version: int | None = None) -> Proposal:
    """Go on from an earlier version of the draft; what is there now is kept as one. Raises Refusal, Stale, NotFound."""
    with transaction.atomic():
        proposal = _own_locked(public_id, actor, version)
        versions.keep(proposal, by=actor, asked=True)
        earlier = versions.numbered(proposal, number).content
        return save_proposal(
            public_id=public_id, actor=actor, content=earlier, organisation=proposal.organisation, version=version
        )


def submit_proposal(
    *, public_id: str, actor: User, version: int | None = None, real_name: Application | None = None
) -> Proposal:
    """Hand in before the deadline (L07): a ticket notes the moment, and what it was taken for is sealed at once.

    Whoever has not said who they are says it with it (H29). Raises Refusal (late, incomplete, not allowed), Stale or
    NotFound. A refused draft is kept as it is.
    """
    ticket = intake.take_ticket(public_id=public_id, actor=actor, version=version, real_name=real_name)
    return intake.settle(ticket)


def replace_proposal(*, public_id: str, actor: User, code: str = "", version: int | None = None) -> Proposal:
    """Begin another version of a submitted proposal: with its reading code from its text, else from nothing (4.5).

    What was submitted counts until the other version is. Raises Refusal, Stale or NotFound.
    """
    with transaction.atomic():
        proposal = _own_locked(public_id, actor, version)
        allowed = require(policy.may_replace(actor, proposal))
        if proposal.team is not None:
            team_services.reopen(proposal.team, allowed)
        if not proposal.kept:
            lent = _reread(proposal, code) if code else KeptText(Content(), envelopes.new_code())
            revise(proposal, saved_at=clock.now(), kept=keeping.as_draft(lent, of=proposal.public_id))
            files.lent(lent.files, proposal)
            record(events.ProposalReplacing.of(proposal), by=allowed)
    return proposal


def reread_proposal(*, public_id: str, actor: User, code: str) -> KeptText:
    """What was sealed, for its owner's eyes, by the reading code. Raises Refusal or NotFound."""
    with transaction.atomic():
        proposal = _own_locked(public_id, actor, None)
        allowed = require(policy.may_reread(actor, proposal))
        kept = _reread(proposal, code)
        record(events.ProposalReread.of(proposal), by=allowed)
    return kept


def discard_draft(*, public_id: str, actor: User, version: int | None = None) -> Proposal:
    """Throw away what is being written, for good; what was submitted counts on. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        proposal = _own_locked(public_id, actor, version)
        with clock.one_moment():
            allowed = require(policy.may_discard(actor, proposal))
            _refuse_handed_in(proposal)
            if proposal.state == ProposalState.DRAFT:
                move(proposal, STEPS["discard"], kept="")
            else:
                revise(proposal, kept="")
                if proposal.team is not None:
                    team_services.freeze_again(proposal.team, allowed)
            record(events.ProposalDiscarded.of(proposal), by=allowed)
            files.withdrawn(proposal, by=allowed)
            versions.forget(proposal)
        transaction.on_commit(lambda: intake.forget_key(public_id), robust=True)
    return proposal


def withdraw_proposal(*, public_id: str, actor: User, version: int | None = None) -> Proposal:
    """Take a submitted proposal back before the deadline (4.5). Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        proposal = _own_locked(public_id, actor, version)
        with clock.one_moment():
            allowed = require(policy.may_withdraw(actor, proposal))
            _refuse_handed_in(proposal)
            move(proposal, STEPS["withdraw"], kept="")
            if proposal.team is not None:
                team_services.withdrawn(proposal.team, allowed)
            record(events.ProposalWithdrawn.of(proposal), by=allowed)
            files.withdrawn(proposal, by=allowed)
            versions.forget(proposal)
        transaction.on_commit(lambda: intake.forget_key(public_id), robust=True)
    return proposal


def open_all(challenge: Challenge, private: bytes) -> int:
    """Open every submitted proposal of a closed challenge, giving each a random code; returns how many (L12, I10).

    Each is compared with its receipt. What cannot be opened is on record and takes no part. Called inside the
    opening's transaction, under its lock. Raises Refusal where a receipt's key is missing, and then nothing is opened.
    """
    sealed = queries.sealed_in(challenge)
    if receipts.has_lost_key(one.receipt for one in sealed):
        raise Refusal(LOST_KEY)
    secrets.SystemRandom().shuffle(sealed)
    facts = {fact.digest: fact for fact in queries.facts_of_receipts(sealed)}
    for number, envelope in enumerate(sealed, start=1):
        _open(envelope, f"P{number:02d}", private, facts.get(envelope.receipt.fact_digest))
    return len(sealed)


def admit(proposal: Proposal, *, by: Allowed) -> None:
    """The formal check was passed (L12). Called under the challenge's lock."""
    move(proposal, STEPS["admit"])
    record(events.ProposalAdmitted.of(proposal), by=by)


def reject(proposal: Proposal, *, reason: str, by: Allowed) -> None:
    """The formal check was not passed; the reason goes to the solver (L12). Called under the challenge's lock."""
    move(proposal, STEPS["reject"], rejection=reason)
    record(events.ProposalRejected.of(proposal, reason=reason), by=by)


def write_outcome(proposal: Proposal, *, outcome: str, by: Allowed) -> None:
    """Write the outcome "win", "reserve" or "pass_over" (L14, L15). Called under the challenge's lock."""
    step: Step = STEPS[outcome]
    move(proposal, step)
    if outcome == "win":
        files.won(proposal)
    record(events.ProposalSettled.of(proposal, outcome=outcome), by=by)


def _open(envelope: SealedEnvelope, code: str, private: bytes, fact: Fact | None) -> None:
    proposal = envelope.proposal
    versions.forget(proposal)
    draft_of, agrees = proposal.public_id, receipts.agrees(envelope.receipt, fact)
    try:
        content = envelopes.opened(_of(envelope), about=queries.about(proposal, envelope.number), private=private)
    except Unopenable:
        content = b""
    if content and agrees:
        kept = keeping.from_envelope(content)
        move(proposal, STEPS["open"], code=code, kept=keeping.as_opened(kept), **_name_in(kept))
        files.opened(kept.files, proposal, by=SYSTEM)
        if proposal.team is not None:
            team_services.make_known(proposal.team, kept.members)
        record(events.ProposalOpened.of(proposal, digest=envelope.digest), by=SYSTEM)
    else:
        move(proposal, STEPS["fail_to_open"], code=code, kept="")
        record(events.ProposalUnopenable.of(proposal, digest=envelope.digest, agrees=agrees), by=SYSTEM)
    transaction.on_commit(lambda: draft_keys.forget(draft_of))  # of a version that was never submitted


def _name_in(kept: KeptText) -> dict[str, Organisation | None]:
    """In whose name it was sealed, as the envelope says it (I11); nothing of one from before envelopes said so."""
    if kept.organisation is None:
        return {}
    return {"organisation": Organisation.objects.filter(public_id=kept.organisation).first()}


def _of(envelope: SealedEnvelope) -> Envelope:
    return Envelope(
        sealed=bytes(envelope.sealed),
        box=bytes(envelope.box),
        owner_box=bytes(envelope.owner_box),
        digest=envelope.digest,
        commitment=envelope.commitment,
    )


def _reread(proposal: Proposal, code: str) -> KeptText:
    envelope = queries.last_envelope(proposal)
    if envelope is None:
        raise NotFound
    try:
        content = envelopes.reread(_of(envelope), about=queries.about(proposal, envelope.number), code=code)
    except Unopenable:
        raise Refusal(_("This is not the reading code of this proposal."), field="code") from None
    return replace(keeping.from_envelope(content), code=code)


def _lent(earlier: Proposal | None, code: str) -> KeptText:
    """The text of a draft that was set aside, or with its reading code of what was withdrawn; else an empty page."""
    code_of_its_own = envelopes.new_code()
    if earlier is None or earlier.state != ProposalState.WITHDRAWN:
        return KeptText(Content(), code_of_its_own)
    if earlier.kept:
        return KeptText(earlier.content, code_of_its_own, files=files.for_envelope(earlier))
    return _reread(earlier, code) if code else KeptText(Content(), code_of_its_own)


def _own_locked(public_id: str, actor: User, version: int | None) -> Proposal:
    """The proposal locked, while nobody closes its challenge: so nothing changes that the closing has counted."""
    seen = queries.own_to_change(public_id, actor)
    challenge = incoming.taking_in(seen.challenge.public_id)
    proposal = queries.locked(public_id)
    expect(proposal, version)
    proposal.challenge, proposal.author, proposal.team = challenge, seen.author, seen.team
    return proposal


def _refuse_handed_in(proposal: Proposal) -> None:
    """Between its ticket and its envelope it is nobody's to change."""
    if queries.is_being_sealed(proposal):
        raise Refusal(_("It has been handed in and is being sealed. Please wait a moment."))


def _named(proposal: Proposal, actor: User, organisation: Organisation | None, allowed: Allowed) -> Organisation | None:
    """In whose name it is: only its author says so. Of a team it is the lead's seat too."""
    if actor != proposal.author:
        return proposal.organisation
    wrong = policy.wrong_name(actor, organisation)
    if wrong is not None:
        raise Refusal(wrong.reason, field="organisation")
    if proposal.is_sealed and organisation != proposal.organisation:
        raise Refusal(HANDED_IN_AS, field="organisation")
    if proposal.team is not None and organisation != proposal.organisation:
        team_services.follow_unit(proposal.team, actor, organisation, allowed)
    return organisation
