"""Who judged, how the ranking came about, what was awarded and when (I5, I7, I14, L04, L21)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from django.db.models import Q, QuerySet

from marketplace.accounts.models import Membership
from marketplace.accounts.queries import LOOK_BACK
from marketplace.invariants.finding import Finding, found, view
from marketplace.outbox.models import Fact
from marketplace.registry import queries as registry
from marketplace.registry.calendar import WorkCalendar
from tasks.adjudication import scoring
from tasks.adjudication.lifecycle import AssignmentState, ReviewState
from tasks.adjudication.models import Adjudication, ChallengeAward, PublicNotice, Review
from tasks.adjudication.services import NOTICE_WORKING_DAYS
from tasks.challenges.lifecycle import EDITABLE, State
from tasks.challenges.models import Challenge
from tasks.proposals.lifecycle import OPENED, ProposalState
from tasks.teams.queries import sealed_in

DECIDED = (State.ADJUDICATED, State.NOTICE, State.AWARDED)


def one_award_set() -> Finding:
    """I5: a decided challenge has one winner of its own, opened and within the reward; no other has any."""
    rows = list(Challenge.objects.prefetch_related("awards__proposal"))
    return found("I5 one award set", len(rows), map(_wrong_award, rows))


def ranking_is_a_function() -> Finding:
    """I7: what was locked, weighted and combined anew gives the ranking that was decided upon."""
    totals = _totals_by_proposal()
    decisions = list(Adjudication.objects.select_related("challenge").prefetch_related("ranking__proposal"))
    return found("I7 ranking", len(decisions), (_wrong_ranking(one, totals) for one in decisions))


def no_conflicted_review() -> Finding:
    """I14: no locked review of a seated reviewer is by a party to the challenge or to one of its proposals."""
    rows = Review.objects.filter(state=ReviewState.LOCKED, assignment__state=AssignmentState.ACCEPTED)
    reviews = list(rows.select_related("assignment__panel__challenge", "assignment__reviewer", "proposal"))
    return found("I14 conflict", len(reviews), map(_conflicted, reviews))


def judged_by_two() -> Finding:
    """L04: adjudicator and supervisor of a published challenge are two people, and the adjudicator decided."""
    published = Challenge.objects.exclude(state__in=[*EDITABLE, State.SUBMITTED])
    rows = list(published.select_related("adjudication"))
    return found("L04 adjudicator is not supervisor", len(rows), map(_badly_staffed, rows))


def notices_ran() -> Finding:
    """L16, L21: a notice lasts its working days, and no award is final before its notice has run."""
    awarded = dict(Fact.objects.filter(kind="challenge.awarded").values_list("subject", "occurred_at").order_by("pk"))
    calendar = registry.work_calendar()
    notices = list(PublicNotice.objects.select_related("challenge"))
    answers = (_cut_short(notice, awarded.get(notice.challenge.public_id), calendar) for notice in notices)
    return found("L21 notice", len(notices), answers)


def _wrong_award(challenge: Challenge) -> str | None:
    awards = list(challenge.awards.all())
    if len(awards) != (1 if challenge.state in DECIDED else 0):
        return f"{challenge.public_id}: {challenge.state} with {len(awards)} awards"
    return next((problem for award in awards for problem in _award_problems(challenge, award)), None)


def _award_problems(challenge: Challenge, award: ChallengeAward) -> Iterator[str]:
    proposal = award.proposal
    if proposal.challenge_id != challenge.pk:
        yield f"{challenge.public_id}: awards a proposal to another challenge"
    if proposal.state != ProposalState.WINNING:
        yield f"{challenge.public_id}: awards a proposal that is {proposal.state}"
    if award.amount > (challenge.bounty_amount or 0):
        yield f"{challenge.public_id}: awards more than the reward"
    if (award.final_at is not None) != (challenge.state == State.AWARDED):
        yield f"{challenge.public_id}: final_at does not fit state {challenge.state}"


def _totals_by_proposal() -> dict[str, list[Fraction]]:
    """One exact total for each locked review of a reviewer who kept the seat, read from the views auditors see."""
    seated = {row["id"] for row in view("assignment", "id, state") if row["state"] == AssignmentState.ACCEPTED}
    reviews: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in view("score", "assignment, proposal, review_state, weight, points"):
        if row["review_state"] == ReviewState.LOCKED and row["assignment"] in seated:
            reviews[row["assignment"], row["proposal"]].append((row["points"], row["weight"]))
    totals: dict[str, list[Fraction]] = defaultdict(list)
    for (_assignment, proposal), scores in reviews.items():
        totals[proposal].append(Fraction(sum(points * weight for points, weight in scores), scoring.PERCENT))
    return totals


def _wrong_ranking(decision: Adjudication, totals: dict[str, list[Fraction]]) -> str | None:
    stored = {line.proposal.code: (line.rank, line.points) for line in decision.ranking.all()}
    anew = {line.proposal.code: totals[line.proposal.public_id] for line in decision.ranking.all()}
    if not all(anew.values()):
        return f"{decision.challenge.public_id}: ranks a proposal without a locked review"
    computed = {line.code: (line.rank, line.hundredths) for line in scoring.ranking(anew)}
    return None if stored == computed else f"{decision.challenge.public_id}: stored {stored}, computed {computed}"


def _conflicted(review: Review) -> str | None:
    challenge, reviewer = review.assignment.panel.challenge, review.assignment.reviewer
    opened = challenge.proposals.filter(state__in=OPENED)
    if reviewer.pk in {challenge.author_id, challenge.adjudicator_id, challenge.supervisor_id}:
        return f"{challenge.public_id}: reviewed by one of its own officers"
    partners = sealed_in(opened.values("team"))
    if opened.filter(author=reviewer).exists() or partners.filter(person=reviewer).exists():
        return f"{challenge.public_id}: reviewed by a solver"
    houses = [rows.exclude(organisation=None).values_list("organisation", flat=True) for rows in (opened, partners)]
    parties = [challenge.sponsor_id, *houses[0], *houses[1]]
    if _belonged(reviewer.pk, review.moved_at).filter(organisation__in=parties).exists():
        return f"{challenge.public_id}: reviewed by somebody of a party to it"
    return None


def _belonged(user_id: int, moment: datetime) -> QuerySet[Membership]:
    """Where the person belonged at that moment or within the three years before it (4.5)."""
    lately = Q(valid_until=None) | Q(valid_until__gt=moment - LOOK_BACK)
    return Membership.objects.filter(lately, user_id=user_id, valid_from__lte=moment)


def _badly_staffed(challenge: Challenge) -> str | None:
    pair = {challenge.adjudicator_id, challenge.supervisor_id}
    if None in pair or len(pair) < 2:
        return f"{challenge.public_id}: adjudicator and supervisor are not two people"
    decision = getattr(challenge, "adjudication", None)
    if decision is not None and decision.adjudicator_id != challenge.adjudicator_id:
        return f"{challenge.public_id}: decided by somebody else than its adjudicator"
    return None


def _cut_short(notice: PublicNotice, awarded_at: datetime | None, calendar: WorkCalendar) -> str | None:
    challenge = notice.challenge
    due = calendar.add_working_days(notice.starts_at, NOTICE_WORKING_DAYS)
    published_since = notice.provisional and not due.provisional
    if notice.working_days < NOTICE_WORKING_DAYS or (notice.ends_at < due.end and not published_since):
        return f"{challenge.public_id}: its notice is shorter than {NOTICE_WORKING_DAYS} working days"
    if challenge.state != State.AWARDED:
        return None
    if awarded_at is None or awarded_at < notice.ends_at:
        return f"{challenge.public_id}: awarded before its notice had run"
    return None
