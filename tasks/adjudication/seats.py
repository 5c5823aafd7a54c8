"""The seats of a panel: who is drawn, who is invited next, who must leave. For the room's services alone.

Everything here runs inside a service's transaction, under the challenge's lock.
"""

import secrets

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.kernel.errors import Refusal
from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import SYSTEM, Allowed
from marketplace.outbox.record import record
from tasks import events
from tasks.adjudication import lottery, queries
from tasks.adjudication.lifecycle import ASSIGNMENT_STEPS
from tasks.adjudication.models import Assignment, ReviewPanel
from tasks.challenges.models import Challenge


def draw(challenge: Challenge, size: int, allowed: Allowed) -> ReviewPanel:
    """Fix the pool as a fact, then draw the order by a seed that did not exist before (L11). Raises Refusal."""
    people, widened = queries.candidates(challenge)
    if len(people) < size:
        raise Refusal(_("The expert database holds too few experts without a conflict for a panel of this size."))
    pool = sorted(person.public_id for person in people)
    digest = lottery.pool_digest(pool)
    record(events.PanelPoolFixed.of(challenge, pool=digest, experts=len(pool), widened=widened), by=allowed)
    seed = secrets.token_hex(32)
    order = lottery.drawn_order(pool, seed)
    panel = ReviewPanel.objects.create(
        challenge=challenge, size=size, pool=pool, pool_digest=digest, widened=widened, seed=seed, order=order
    )
    revise(challenge)
    record(events.PanelDrawn.of(challenge, seed=seed, size=size), by=allowed)
    return panel


def invite_first(panel: ReviewPanel) -> None:
    """Invite those whom the order gives a seat, at least one from outside the region if the pool has one (L11)."""
    people = _by_id(panel.order)
    outside = [one for one in panel.order if queries.from_elsewhere(people[one], panel.challenge)]
    for one in lottery.seats(panel.order, panel.size, outside):
        _invite(panel, people[one])


def substitute(panel: ReviewPanel) -> None:
    """Invite the next of the drawn order who has not been asked and has no conflict, if there is one."""
    asked = set(panel.assignments.values_list("reviewer__public_id", flat=True))
    people = _by_id(panel.order)
    for one in panel.order:
        if one not in asked and not queries.conflicts(people[one], panel.challenge):
            _invite(panel, people[one])
            return


def recuse_conflicted(challenge: Challenge) -> None:
    """Only now are the solvers known: whoever is bound to one leaves the panel, the next comes in (I14)."""
    for assignment in queries.seated(challenge).select_related("panel__challenge"):
        if queries.conflicts(assignment.reviewer, challenge):
            move(assignment, ASSIGNMENT_STEPS["recuse"])
            record(events.ReviewerDeclined.of(assignment, conflict=True), by=SYSTEM)
            substitute(assignment.panel)


def _invite(panel: ReviewPanel, reviewer: User) -> None:
    assignment = Assignment.objects.create(panel=panel, reviewer=reviewer)
    record(events.ReviewerInvited.of(assignment), by=SYSTEM)


def _by_id(public_ids: list[str]) -> dict[str, User]:
    people = User.objects.filter(public_id__in=public_ids).select_related("expert__region")
    return {person.public_id: person for person in people}
