"""The seats of a panel: who is drawn, who is invited next, who must leave. For the room's services alone.

Everything here runs inside a service's transaction, under the challenge's lock.
"""

import secrets
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.kernel.errors import Refusal
from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import SYSTEM, Allowed
from marketplace.outbox.events import Scalar
from marketplace.outbox.record import record
from tasks import events
from tasks.adjudication import lottery, queries
from tasks.adjudication.lifecycle import ASSIGNMENT_STEPS, REVIEW_STEPS, ReviewState
from tasks.adjudication.models import Assignment, FurtherDraw, ReviewPanel
from tasks.challenges.models import Challenge


def draw(challenge: Challenge, size: int, allowed: Allowed) -> ReviewPanel:
    """Fix the pool as a fact, then draw the order by a seed that did not exist before (L11). Raises Refusal."""
    people, widened = queries.candidates(challenge)
    if len(people) < size:
        raise Refusal(_("The expert database holds too few experts without a conflict for a panel of this size."))
    drawn = _lot(challenge, people, size=size, widened=widened, by=allowed, draw=1)
    return ReviewPanel.objects.create(challenge=challenge, **drawn)


def draw_further(panel: ReviewPanel, allowed: Allowed) -> FurtherDraw:
    """Draw anew, by the same rule, among those not asked before, and invite as many as seats are vacant (L11, L13).

    Raises Refusal.
    """
    vacant = queries.vacant_seats(panel)
    if vacant < 1:
        raise Refusal(_("No seat of the panel is vacant."))
    people, widened = queries.candidates(panel.challenge, panel)
    if not people:
        raise Refusal(_("Every expert of the database without a conflict has been asked."))
    number = 2 + panel.further_draws.count()
    drawn = _lot(panel.challenge, people, size=vacant, widened=widened, by=allowed, draw=number)
    made = FurtherDraw.objects.create(panel=panel, number=number, **drawn)
    _invite_drawn(panel, made.order, vacant)
    return made


def invite_first(panel: ReviewPanel) -> None:
    """Invite those whom the order gives a seat, at least one from outside the region if the pool has one (L11)."""
    _invite_drawn(panel, panel.order, panel.size)


def substitute(panel: ReviewPanel) -> None:
    """Invite the next of the drawn order who has not been asked and has no conflict, if there is one."""
    asked = set(panel.assignments.values_list("reviewer__public_id", flat=True))
    order = queries.whole_order(panel)
    people = _by_id(order)
    for one in order:
        if one not in asked and people[one].is_active and not queries.conflicts(people[one], panel.challenge):
            _invite(panel, people[one])
            return


def recuse(assignment: Assignment, *, by: Allowed, **data: Scalar) -> None:
    """Somebody who had accepted leaves because of a conflict: scores become void, the next comes in (L13)."""
    move(assignment, ASSIGNMENT_STEPS["recuse"])
    drafts, locked = _void_reviews(assignment)
    record(events.ReviewerRecused.of(assignment, drafts=drafts, locked=locked, **data), by=by)
    substitute(assignment.panel)


def lapse(assignment: Assignment, *, by: Allowed) -> None:
    """Somebody did not answer or score in time: the seat goes to the next, begun scores become void (L11, L13)."""
    move(assignment, ASSIGNMENT_STEPS["lapse"])
    drafts, locked = _void_reviews(assignment)
    record(events.ReviewerDeclined.of(assignment, lapsed=True, drafts=drafts, locked=locked), by=by)
    substitute(assignment.panel)


def recuse_conflicted(challenge: Challenge) -> None:
    """Only now are the solvers known: whoever is bound to one leaves the panel, the next comes in (I14)."""
    for assignment in queries.seated(challenge).select_related("panel__challenge"):
        if queries.conflicts(assignment.reviewer, challenge):
            move(assignment, ASSIGNMENT_STEPS["recuse"])
            record(events.ReviewerDeclined.of(assignment, conflict=True), by=SYSTEM)
            substitute(assignment.panel)


def _lot(
    challenge: Challenge, people: list[User], *, size: int, widened: bool, by: Allowed, draw: int
) -> dict[str, Any]:
    pool = sorted(person.public_id for person in people)
    digest = lottery.pool_digest(pool)
    record(events.PanelPoolFixed.of(challenge, pool=digest, experts=len(pool), widened=widened, draw=draw), by=by)
    seed = secrets.token_hex(32)
    order = lottery.drawn_order(pool, seed)
    revise(challenge)
    record(events.PanelDrawn.of(challenge, seed=seed, size=size, draw=draw), by=by)
    return {"size": size, "pool": pool, "pool_digest": digest, "widened": widened, "seed": seed, "order": order}


def _invite_drawn(panel: ReviewPanel, order: list[str], number: int) -> None:
    """The first of the order, with one from outside the region unless such a one is seated already (L11)."""
    people, challenge = _by_id(order), panel.challenge
    served = any(queries.from_elsewhere(seat.reviewer, challenge) for seat in queries.seated(challenge))
    outside = [] if served else [one for one in order if queries.from_elsewhere(people[one], challenge)]
    for one in lottery.seats(order, number, outside):
        _invite(panel, people[one])


def _void_reviews(assignment: Assignment) -> tuple[int, int]:
    """Make the seat's reviews void; how many were drafts, how many locked. Locked ones changed the ranking: a fact."""
    reviews = list(assignment.reviews.exclude(state=ReviewState.VOID))
    locked = sum(review.state == ReviewState.LOCKED for review in reviews)
    for review in reviews:
        move(review, REVIEW_STEPS["void"])
    if locked:
        challenge = assignment.panel.challenge
        revise(challenge)
        record(events.ScoresVoided.of(challenge, reviews=locked), by=SYSTEM)
    return len(reviews) - locked, locked


def _invite(panel: ReviewPanel, reviewer: User) -> None:
    assignment = Assignment.objects.create(panel=panel, reviewer=reviewer)
    record(events.ReviewerInvited.of(assignment), by=SYSTEM)


def _by_id(public_ids: list[str]) -> dict[str, User]:
    people = User.objects.filter(public_id__in=public_ids).select_related("expert__region")
    return {person.public_id: person for person in people}
