"""The verbs of posting: draft, edit, submit, return, approve and open, close."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Manager, Model
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.roles import Role
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import SYSTEM, Allowed, require
from marketplace.outbox.record import record
from tasks import events
from tasks.challenges import intake, keying, policy, posting, queries
from tasks.challenges.choices import BatchKind, NameShown
from tasks.challenges.lifecycle import STEPS
from tasks.challenges.models import (
    Challenge,
    ChallengeBatch,
    ChallengeRelease,
    Criterion,
    Indicator,
    NonDisclosure,
    PlannedMilestone,
    PrizePlace,
)
from tasks.challenges.posting import Posting

TERMS_EDITION = "2026-11-23"
"""The edition of `templates/tasks/challenges/_nondisclosure.html` that is accepted now."""


def draft_challenge(
    *,
    actor: User,
    content: Posting,
    sponsor: Organisation | None = None,
    batch: ChallengeBatch | None = None,
    parent: Challenge | None = None,
) -> Challenge:
    """Begin a posting (L01), incomplete and without an organisation if need be. Raises Refusal."""
    with transaction.atomic():
        allowed = require(policy.may_draft(actor))
        _refuse_shapeless(content)
        _refuse_foreign(actor, sponsor)
        _refuse_foreign_frame(sponsor, batch, parent)
        _refuse_unnamed_part(content, batch, parent)
        columns = content.with_defaults(sponsor.region if sponsor else None).columns()
        challenge = Challenge.objects.create(
            author=actor, sponsor=sponsor, batch=batch, parent=parent, is_sample=actor.is_sample, **columns
        )
        _write_rows(challenge, content)
        record(events.ChallengeDrafted.of(challenge), by=allowed)
    return challenge


def edit_challenge(
    *, public_id: str, actor: User, content: Posting, sponsor: Organisation | None = None, version: int | None = None
) -> Challenge:
    """Replace the content of a draft or a returned posting. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        challenge = queries.locked(public_id, version)
        allowed = require(policy.may_edit(actor, challenge))
        _refuse_shapeless(content)
        sponsor = sponsor or challenge.sponsor
        _refuse_foreign(actor, sponsor)
        _refuse_foreign_frame(sponsor, challenge.batch, challenge.parent)
        _refuse_unnamed_part(content, challenge.batch, challenge.parent)
        columns = content.with_defaults(sponsor.region if sponsor else None).columns()
        revise(challenge, sponsor=sponsor, **columns)
        _write_rows(challenge, content)
        record(events.ChallengeEdited.of(challenge), by=allowed)
    return challenge


def submit_challenge(*, public_id: str, actor: User, version: int | None = None) -> Challenge:
    """Hand the posting to its region's administrator (L02); by the first of two hands it is only released.

    Raises Refusal with the first thing that is missing, Stale or NotFound.
    """
    with transaction.atomic():
        challenge = queries.locked(public_id, version)
        allowed = require(policy.may_submit(actor, challenge))
        for problem in posting.problems(queries.posting_of(challenge), now=clock.now()):
            raise Refusal(problem.message, field=problem.field)
        if policy.lacks_second_hand(actor, challenge):
            _release(challenge, actor, allowed)
        else:
            move(challenge, STEPS["submit"], return_reason="")
            record(events.ChallengeSubmitted.of(challenge), by=allowed)
    return challenge


def _release(challenge: Challenge, actor: User, allowed: Allowed) -> None:
    """Said twice by the same officer it stays one hand."""
    _row, first = ChallengeRelease.objects.get_or_create(
        challenge=challenge, person=actor, of_version=challenge.version
    )
    if first:
        record(events.ChallengeReleased.of(challenge), by=allowed)


def return_challenge(*, public_id: str, actor: User, reason: str, version: int | None = None) -> Challenge:
    """Send the posting back with a reason (L03). Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        challenge = queries.locked(public_id, version)
        allowed = require(policy.may_decide(actor, challenge))
        if not reason.strip():
            raise Refusal(_("Please say what has to be changed."), field="reason")
        move(challenge, STEPS["return"], return_reason=reason.strip())
        record(events.ChallengeReturned.of(challenge, reason=reason.strip()), by=allowed)
    return challenge


def approve_challenge(
    *,
    public_id: str,
    actor: User,
    adjudicator: User,
    supervisor: User,
    clearance: str = "",
    version: int | None = None,
) -> Challenge:
    """Approve the posting, name who will adjudicate and who will supervise, and open it (L04, L05).

    `clearance` says why a text that reads like an item of the negative list is none (H22, W14); without it such a
    posting is refused. Opening follows at once because no escrow is checked yet (`policy.funding`).
    Raises Refusal, Stale or NotFound.
    """
    with transaction.atomic():
        challenge = queries.locked(public_id, version)
        allowed = require(policy.may_decide(actor, challenge))
        if not people.stands_verified(challenge.sponsor):
            raise Refusal(_("The sponsor's verification does not hold at present, so nothing can be published for it."))
        _refuse_listed(challenge, clearance)
        _refuse_unfit_officers(challenge, adjudicator, supervisor)
        move(challenge, STEPS["approve"], adjudicator=adjudicator, supervisor=supervisor)
        named = {"adjudicator": adjudicator.public_id, "supervisor": supervisor.public_id}
        record(events.ChallengeApproved.of(challenge, reason=clearance.strip(), **named), by=allowed)
        keying.make_key(challenge, {adjudicator.pk, supervisor.pk})
        _open(challenge)
    return challenge


def close_challenge(*, public_id: str) -> Challenge:
    """End the call at its deadline (L09). Raises Stale if it is not open, Refusal if the deadline has not come."""
    with transaction.atomic():
        challenge = queries.locked(public_id)
        if challenge.held_since is not None:
            raise Refusal(policy.SUSPENDED.reason)
        if challenge.deadline is None or clock.now() < challenge.deadline:
            raise Refusal(_("The deadline has not passed yet."))
        if intake.still_coming_in(challenge):
            raise Refusal(_("Something that came before the deadline is being sealed."))
        move(challenge, STEPS["close"])
        record(events.ChallengeClosed.of(challenge), by=SYSTEM)
    return challenge


def accept_terms(*, public_id: str, actor: User) -> NonDisclosure:
    """Accept the non-disclosure terms of a challenge in their present edition. Raises Refusal or NotFound."""
    with transaction.atomic():
        challenge = queries.locked(public_id)
        allowed = require(policy.may_accept_terms(actor, challenge))
        promise, first = NonDisclosure.objects.get_or_create(challenge=challenge, person=actor, edition=TERMS_EDITION)
        if first:
            record(events.DisclosureAccepted.of(promise), by=allowed)
    return promise


def publish_batch(
    *,
    actor: User,
    organisation: Organisation,
    title: str,
    title_en: str,
    study: str,
    kind: str = BatchKind.BATCH,
    opens_on: date | None = None,
    resources: str = "",
) -> ChallengeBatch:
    """Begin a government's batch (N17c) or an enterprise's product programme (H08), to which challenges are drafted.

    With a planned day it is announced at once. Raises Refusal.
    """
    with transaction.atomic():
        require(policy.may_begin_batch(actor, organisation, kind))
        planned = {"opens_on": opens_on, "announced": True} if opens_on else {}
        said = {"title": title, "title_en": title_en, "study": study, "kind": kind, "resources": resources}
        return ChallengeBatch.objects.create(organisation=organisation, is_sample=actor.is_sample, **said, **planned)


def copy_challenge(*, public_id: str, actor: User) -> Challenge:
    """Begin a posting with what an earlier one of one's own says, but for dates and files.

    What is classified is looked through anew. Raises Refusal or NotFound.
    """
    with transaction.atomic():
        earlier = queries.locked(public_id)
        require(policy.may_copy(actor, earlier))
        content = replace(queries.posting_of(earlier), deadline=None, no_secrets=False)
        return draft_challenge(actor=actor, content=content, sponsor=earlier.sponsor)


def _open(challenge: Challenge) -> None:
    if challenge.deadline is None or clock.now() >= challenge.deadline:
        raise Refusal(_("The deadline has already passed; please return the challenge so that it can be moved."))
    move(challenge, STEPS["open"], opened_at=clock.now())
    funding = policy.funding(challenge)
    record(events.ChallengeOpened.of(challenge, funding=funding), by=SYSTEM)


def _write_rows(challenge: Challenge, content: Posting) -> None:
    challenge.fields.set(content.fields)
    challenge.chain.set(content.chain)
    _rewrite(Indicator, challenge, content.indicators)
    _rewrite(Criterion, challenge, content.criteria)
    _rewrite(PrizePlace, challenge, content.places)
    _rewrite(PlannedMilestone, challenge, content.milestones)


def _rewrite(model: type[Model], challenge: Challenge, lines: Iterable[object]) -> None:
    rows: Manager[Model] = model._default_manager
    rows.filter(challenge=challenge).delete()
    rows.bulk_create(model(challenge=challenge, order=order, **vars(line)) for order, line in enumerate(lines))


def _refuse_shapeless(content: Posting) -> None:
    for problem in posting.shape_problems(content):
        raise Refusal(problem.message, field=problem.field)
    if any(not 0 < line.weight <= 100 for line in content.criteria):  # percent
        raise Refusal(_("Each weight must be between 1 and 100."), field="criteria")


def _refuse_foreign(actor: User, sponsor: Organisation | None) -> None:
    if sponsor is not None and not people.officer_of(actor, sponsor):
        raise Refusal(_("You can only post for an organisation you act for."), field="sponsor")


def _refuse_foreign_frame(sponsor: Organisation | None, batch: ChallengeBatch | None, parent: Challenge | None) -> None:
    """N17c, T06: a batch takes its own government's challenges, a challenge its own sponsor's work packages."""
    if batch is not None and batch.organisation != sponsor:
        raise Refusal(_("Only the organisation that publishes a batch can add to it."), field="sponsor")
    if parent is not None and parent.sponsor != sponsor:
        raise Refusal(_("Only the sponsor of a challenge can split it into work packages."), field="sponsor")


def _refuse_unnamed_part(content: Posting, batch: ChallengeBatch | None, parent: Challenge | None) -> None:
    """名称保密: a part of something whose publisher everybody knows would give the name away."""
    named = batch is not None or (parent is not None and parent.names_sponsor)
    if named and content.name_shown != NameShown.SHOWN:
        raise Refusal(_("What it belongs to shows your name; this part has to show it too."), field="name_shown")


def _refuse_listed(challenge: Challenge, clearance: str) -> None:
    hits = queries.listed_matters(challenge, on=clock.now().date())
    if hits and not clearance.strip():
        items = "; ".join(f"{item.code} {item.name}" for item in hits)
        raise Refusal(
            _("This reads like the negative list: %(items)s. Return it, or say why it does not apply.")
            % {"items": items},
            field="clearance",
        )


def _refuse_unfit_officers(challenge: Challenge, adjudicator: User, supervisor: User) -> None:
    if adjudicator == supervisor:
        raise Refusal(_("Adjudicator and supervisor must be two different people."), field="supervisor")
    named = (("adjudicator", adjudicator, Role.ADJUDICATOR), ("supervisor", supervisor, Role.SUPERVISOR))
    for field, person, role in named:
        if not people.holds(person, role, region=challenge.region):
            raise Refusal(_("This person does not hold the role for this region."), field=field)
        lately = people.belonging_lately().filter(user=person, organisation=challenge.sponsor)
        if person == challenge.author or lately.exists():
            raise Refusal(
                _("This person belongs to the sponsor, or did within three years, and cannot judge its challenge."),
                field=field,
            )
        if challenge.diagnoses.filter(expert=person).exclude(read_at=None).exists():
            raise Refusal(_("This person has read the challenge as a draft and cannot judge it."), field=field)
