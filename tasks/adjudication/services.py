"""The verbs of judging after the opening (`opening.py`): check, draw, review, decide, announce, award."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import SYSTEM, Allowed, require
from marketplace.outbox.record import record
from marketplace.registry import queries as registry
from tasks import events
from tasks.adjudication import deciding, policy, queries, seats
from tasks.adjudication.leaving import Ground, ground_for
from tasks.adjudication.lifecycle import ASSIGNMENT_STEPS, REVIEW_STEPS, AssignmentState, ReviewState
from tasks.adjudication.models import (
    Assignment,
    CriterionScore,
    FurtherDraw,
    PublicNotice,
    Recusal,
    Review,
    ReviewPanel,
)
from tasks.adjudication.scoring import PERCENT
from tasks.challenges import queries as challenges
from tasks.challenges.lifecycle import STEPS, State
from tasks.challenges.models import Challenge, Criterion
from tasks.proposals import queries as proposals
from tasks.proposals import services as proposing
from tasks.proposals.lifecycle import ProposalState
from tasks.proposals.models import Proposal

SIZES = (3, 5, 7)
NOTICE_WORKING_DAYS = 5
NOTHING_SAVED = 0
"""The version of a review that does not exist yet, as a window for scoring shows it."""
FRESH = 1
"""The version of a review that was begun just now: no score of it is written yet."""


def admit_proposal(*, public_id: str, code: str, actor: User) -> Proposal:
    """Find that a proposal meets the formal requirements (L12). Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        proposal, allowed = _to_check(public_id, code, actor)
        proposing.admit(proposal, by=require(policy.once_verified(proposal, allowed)))
    return proposal


def reject_proposal(*, public_id: str, code: str, actor: User, reason: str) -> Proposal:
    """Find that a proposal does not meet the formal requirements; the reason goes to its author (L12)."""
    with transaction.atomic():
        proposal, allowed = _to_check(public_id, code, actor)
        if not reason.strip():
            raise Refusal(_("Please give the reason; the solver will read it."), field="reason")
        proposing.reject(proposal, reason=reason.strip(), by=allowed)
    return proposal


def draw_panel(*, public_id: str, actor: User, size: int = 3, version: int | None = None) -> ReviewPanel:
    """Draw the reviewers by lot from the expert database and invite them (L11).

    The pool is a fact before the seed exists, so nobody can fit one to the other. Raises Refusal, Stale or NotFound.
    """
    with transaction.atomic():
        challenge = challenges.locked(public_id, version)
        allowed = require(policy.may_form_panel(actor, challenge))
        if size not in SIZES:
            raise Refusal(_("A panel has 3, 5 or 7 reviewers."), field="size")
        if queries.panel_of(challenge) is not None:
            raise Stale(challenge, _("The panel has already been drawn."))
        panel = seats.draw(challenge, size, allowed)
        seats.invite_first(panel)
    return panel


def accept_invitation(*, public_id: str, actor: User, declaration: str, version: int | None = None) -> Assignment:
    """Take the seat, declaring to have no conflict of interest, before any proposal can be read (L11)."""
    with transaction.atomic():
        assignment, allowed = _to_answer(public_id, actor, version)
        if queries.conflicts(actor, assignment.panel.challenge):
            raise Refusal(_("The records show a conflict of interest; please decline."))
        move(assignment, ASSIGNMENT_STEPS["accept"], declaration=declaration, answered_at=clock.now())
        record(events.ReviewerAccepted.of(assignment), by=allowed)
    return assignment


def decline_invitation(*, public_id: str, actor: User, reason: str, version: int | None = None) -> Assignment:
    """Leave the seat to the next in the drawn order (L11)."""
    with transaction.atomic():
        assignment, allowed = _to_answer(public_id, actor, version)
        move(assignment, ASSIGNMENT_STEPS["decline"], declaration=reason, answered_at=clock.now())
        record(events.ReviewerDeclined.of(assignment), by=allowed)
        seats.substitute(assignment.panel)
    return assignment


def recuse_reviewer(*, public_id: str, actor: User, reason: str, version: int | None = None) -> Assignment:
    """Leave a seat that was taken, because of a conflict that came up since, until the decision (L13).

    The seat's scores are void, its proposals no longer readable to this person, the next in the drawn order is invited.
    Raises Refusal, Stale or NotFound.
    """
    with transaction.atomic():
        assignment = queries.locked_own_assignment(public_id, actor, version)
        allowed = require(policy.may_recuse(actor, assignment))
        if not reason.strip():
            raise Refusal(_("Please say what the conflict is; adjudicator and supervisor read it."), field="reason")
        Recusal.objects.create(assignment=assignment, reason=reason.strip())
        seats.recuse(assignment, by=allowed)
    return assignment


def release_seat(*, public_id: str, seat: str, actor: User, version: int | None = None) -> Assignment:
    """Give a seat to the next because of a conflict in the records or because its reviewer's time is over (L13, 4.5).

    `version` is the seat's. Raises Refusal, Stale or NotFound.
    """
    with transaction.atomic():
        challenge = challenges.locked(public_id)
        assignment = queries.locked_assignment(seat, version)
        if assignment.panel.challenge_id != challenge.pk:
            raise NotFound
        assignment.panel.challenge = challenge
        allowed = require(policy.may_release(actor, assignment))
        if ground_for(assignment, clock.now()) == Ground.CONFLICT:
            seats.recuse(assignment, by=allowed, conflict=True)
        else:
            seats.lapse(assignment, by=allowed)
    return assignment


def draw_further(*, public_id: str, actor: User, version: int | None = None) -> FurtherDraw:
    """Draw anew among those not asked before, when the drawn order has run out and seats are vacant (L11, L13).

    By the same rule as the first draw, with a pool and a seed of its own. Raises Refusal, Stale or NotFound.
    """
    with transaction.atomic():
        challenge = challenges.locked(public_id, version)
        allowed = require(policy.may_draw_further(actor, challenge))
        panel = queries.panel_of(challenge)
        if panel is None:
            raise Refusal(_("The panel has not been drawn yet."))
        return seats.draw_further(panel, allowed)


def start_review(*, public_id: str, actor: User, version: int | None = None) -> Challenge:
    """Begin the review once every proposal is checked, at least one is admitted and every seat is taken (L12).

    Where the whole expert database has been asked, three seats taken are enough (L11).
    """
    with transaction.atomic():
        challenge = challenges.locked(public_id, version)
        allowed = require(policy.may_check(actor, challenge))
        _refuse_unready(challenge)
        move(challenge, STEPS["review"])
        record(events.ReviewStarted.of(challenge), by=allowed)
    return challenge


def save_review(
    *, public_id: str, code: str, actor: User, points: Mapping[Criterion, int], comment: str, version: int | None = None
) -> Review:
    """Keep a reviewer's scores for one proposal, by criterion, as they stand in the window; may be incomplete.

    `version` is the review's as the window was loaded, 0 if nothing had been saved: of two windows of one reviewer
    the second hears Stale and overwrites nothing. Raises Refusal, Stale or NotFound.
    """
    with transaction.atomic():
        seat = queries.locked_own_assignment(public_id, actor)
        with clock.one_moment():
            review, _allowed = _own_review(seat, code, actor, version)
            _write_scores(review, points)
            revise(review, comment=comment)
    return review


def lock_review(
    *, public_id: str, code: str, actor: User, points: Mapping[Criterion, int], comment: str, version: int | None = None
) -> Review:
    """Make the scores final (L13): every criterion scored, a comment written. Raises as `save_review` does."""
    with transaction.atomic():
        seat = queries.locked_own_assignment(public_id, actor)
        with clock.one_moment():
            review, allowed = _own_review(seat, code, actor, version)
            if not _write_scores(review, points):
                raise Refusal(_("Please score every criterion before you lock."), field="points")
            if not comment.strip():
                raise Refusal(_("Please write a comment before you lock; the solver will read it."), field="comment")
            move(review, REVIEW_STEPS["lock"], comment=comment.strip())
            record(events.ReviewLocked.of(review), by=allowed)
    return review


def adjudicate(
    *, public_id: str, actor: User, winner: str, reasons: str, deviation_reason: str = "", version: int | None = None
) -> Challenge:
    """Decide who is to be awarded, by the proposal's code, and announce it (L15, L16).

    Needs a quorum of locked reviews for each admitted proposal, written reasons, and a further reason for any winner
    but the panel's first. Raises Refusal, Stale or NotFound.
    """
    with transaction.atomic():
        challenge = challenges.locked(public_id, version)
        allowed = require(policy.may_adjudicate(actor, challenge))
        ranking = deciding.complete_ranking(challenge)
        chosen = deciding.chosen_of(challenge, ranking, winner, reasons, deviation_reason)
        deciding.write_decision(challenge, actor, ranking, reasons, deviation_reason)
        deciding.settle(challenge, ranking, chosen, by=allowed)
        move(challenge, STEPS["adjudicate"])
        record(events.ChallengeAdjudicated.of(challenge, reason=reasons.strip()), by=allowed)
        _publish(challenge)
    return challenge


def declare_failed(*, public_id: str, actor: User, reasons: str, version: int | None = None) -> Challenge:
    """End a challenge without an award (征集未果): nothing admissible (L10), or nothing reached the threshold (L14)."""
    with transaction.atomic():
        challenge = challenges.locked(public_id, version)
        if challenge.state == State.SEALED:
            allowed, step, why = deciding.fail_unanswered(challenge, actor)
        else:
            allowed, step, why = deciding.fail_below_threshold(challenge, actor, reasons)
        move(challenge, STEPS[step], failure_reason=why)
        record(events.ChallengeFailed.of(challenge, reason=reasons.strip(), why=why), by=allowed)
    return challenge


def finish_notice(*, public_id: str) -> Challenge:
    """Make the award final once the notice has run its working days (L21). Raises Refusal or Stale."""
    with transaction.atomic():
        challenge = challenges.locked(public_id)
        now = clock.now()
        if challenge.state != State.NOTICE:
            raise Stale(challenge)
        if now < challenge.notice.ends_at:
            raise Refusal(_("The notice is still running."))
        challenge.awards.filter(final_at=None).update(final_at=now)
        move(challenge, STEPS["award"])
        record(events.ChallengeAwarded.of(challenge), by=SYSTEM)
    return challenge


def _to_check(public_id: str, code: str, actor: User) -> tuple[Proposal, Allowed]:
    challenge = challenges.locked(public_id)
    allowed = require(policy.may_check(actor, challenge))
    proposal = proposals.opened_in(challenge).filter(code=code).first()
    if proposal is None:
        raise NotFound
    return proposal, allowed


def _to_answer(public_id: str, actor: User, version: int | None) -> tuple[Assignment, Allowed]:
    assignment = queries.locked_own_assignment(public_id, actor, version)
    return assignment, require(policy.may_answer(actor, assignment))


def _refuse_unready(challenge: Challenge) -> None:
    panel = queries.panel_of(challenge)
    taken = list(queries.seated(challenge))
    if panel is None or not queries.is_complete(panel):
        raise Refusal(_("The panel is not complete."))
    if any(seat.state != AssignmentState.ACCEPTED for seat in taken):
        raise Refusal(_("Not every reviewer has accepted yet."))
    if proposals.in_state(challenge, ProposalState.OPENED).exists():
        raise Refusal(_("Please check every proposal first."))
    if not proposals.in_state(challenge, ProposalState.UNDER_REVIEW).exists():
        raise Refusal(_("No proposal was admitted; the call ends without an award."))


def _own_review(assignment: Assignment, code: str, actor: User, version: int | None) -> tuple[Review, Allowed]:
    if assignment.panel.challenge.state != State.REVIEWING:
        raise NotFound
    proposal = queries.under_review(assignment.panel.challenge, code)
    verdict = policy.may_review(actor, assignment, proposal)
    if not verdict:  # what somebody may not review does not exist for them
        raise NotFound
    allowed = require(verdict)
    review = Review.objects.filter(assignment=assignment, proposal=proposal).first()
    if review is not None and review.state == ReviewState.LOCKED:
        raise Stale(review, _("These scores are locked and cannot be changed."))
    if version is not None and version != (review.version if review else NOTHING_SAVED):
        raise Stale(review, _("Another window has saved these scores meanwhile."))
    # The seat is locked, so nobody else begins this review at the same time.
    return review or Review.objects.create(assignment=assignment, proposal=proposal), allowed


def _write_scores(review: Review, points: Mapping[Criterion, int]) -> bool:
    """What is given is all there is: a field that was emptied is not scored, which is not zero.

    Returns whether every criterion is scored now: the weights of all add up to 100 (L02).
    """
    if any(one.challenge_id != review.assignment.panel.challenge_id for one in points):
        raise NotFound
    if not all(0 <= value <= PERCENT for value in points.values()):
        raise Refusal(_("Points run from 0 to 100."), field="points")
    if review.version > FRESH:
        review.scores.exclude(criterion__in=points).delete()
    rows = (CriterionScore(review=review, criterion=one, points=value) for one, value in points.items())
    CriterionScore.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["review", "criterion"], update_fields=["points"]
    )
    return sum(one.weight for one in points) == PERCENT


def _publish(challenge: Challenge) -> None:
    now = clock.now()
    span = registry.add_working_days(now, NOTICE_WORKING_DAYS)
    PublicNotice.objects.create(
        challenge=challenge,
        starts_at=now,
        ends_at=span.end,
        provisional=span.provisional,
        working_days=NOTICE_WORKING_DAYS,
        office=challenge.contact_office,
        person=challenge.contact_person,
        telephone=challenge.contact_telephone,
        address=challenge.contact_address,
    )
    move(challenge, STEPS["publish_notice"])
    record(events.NoticePublished.of(challenge, working_days=NOTICE_WORKING_DAYS), by=SYSTEM)
