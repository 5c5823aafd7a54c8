"""Reads about the judging of challenges."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from marketplace.accounts import queries as people
from marketplace.accounts.models import User
from marketplace.accounts.queries import Person
from marketplace.kernel.errors import NotFound
from marketplace.kernel.lifecycle import expect
from marketplace.registry.codes import covers
from tasks.adjudication import scoring
from tasks.adjudication.lifecycle import SEATED, AssignmentState, ReviewState
from tasks.adjudication.models import (
    Assignment,
    ChallengeAward,
    Draw,
    OpeningConfirmation,
    PublicNotice,
    RankedProposal,
    Review,
    ReviewPanel,
)
from tasks.adjudication.scoring import Ranked
from tasks.adjudication.turns import QUORUM, Progress
from tasks.challenges import queries as challenges
from tasks.challenges.choices import Audience
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge, Criterion
from tasks.diagnosis import queries as diagnosis
from tasks.proposals import queries as proposals
from tasks.proposals.lifecycle import OPENED, ProposalState
from tasks.proposals.models import Proposal
from tasks.teams import queries as teams


def panel_of(challenge: Challenge) -> ReviewPanel | None:
    """The panel, if one was drawn."""
    found = ReviewPanel.objects.filter(challenge=challenge).first()
    if found is not None:
        found.challenge = challenge
    return found


def seated(challenge: Challenge) -> QuerySet[Assignment]:
    """Those who hold a seat on the panel now, in the order they were invited."""
    rows = Assignment.objects.filter(panel__challenge=challenge, state__in=SEATED)
    return rows.select_related("reviewer").order_by("pk")


def assignments_of(person: Person) -> QuerySet[Assignment]:
    """The person's seats on panels, the longest waiting first; none as long as they administer the platform (I18)."""
    if not isinstance(person, User):
        return Assignment.objects.none()
    rows = Assignment.objects.filter(people.no_administrator("reviewer"), reviewer=person, state__in=SEATED)
    joined = ("reviewer", "panel__challenge__sponsor", "panel__challenge__region")
    return rows.select_related(*joined).order_by("moved_at")


def judging() -> Exists:
    """A condition on rows of people: they are invited to judge, or do. What they read asks for a second factor."""
    return Exists(Assignment.objects.filter(reviewer=OuterRef("pk"), state__in=SEATED))


def own_assignment(public_id: str, person: Person) -> Assignment:
    """One of the person's seats. Raises NotFound alike for missing, somebody else's and given up."""
    rows = assignments_of(person).select_related(None).select_related("panel__challenge").order_by()
    assignment = rows.filter(public_id=public_id).first()
    if assignment is None or not isinstance(person, User):
        raise NotFound
    assignment.reviewer = person
    return assignment


def criteria_judged(public_id: str, person: Person) -> list[Criterion]:
    """What this seat of the person scores, in its order; nothing for a seat that `own_assignment` would not find."""
    if not isinstance(person, User):
        return []
    seat = {"public_id": public_id, "reviewer": person, "state__in": SEATED}
    named = {f"challenge__panel__assignments__{name}": value for name, value in seat.items()}
    return list(Criterion.objects.filter(**named).order_by("order"))


_TO_ACT = (
    *("public_id", "version", "state", "reviewer", "panel__size"),
    *(f"panel__challenge__{name}" for name in ("public_id", "state", "author", "sponsor", "adjudicator", "supervisor")),
)
"""What decides on an act in a seat; neither the posting's text nor the panel's draw, which are long."""


def locked_own_assignment(public_id: str, person: User, version: int | None = None) -> Assignment:
    """One of the person's seats as an act needs it, its challenge locked before it.

    Raises NotFound as `own_assignment` does, or Stale.
    """
    rows = Assignment.objects.select_for_update(of=("panel__challenge", "self")).select_related("panel__challenge")
    rows = rows.only(*_TO_ACT).filter(people.no_administrator("reviewer"), reviewer=person, state__in=SEATED)
    assignment = rows.filter(public_id=public_id).order_by().first()
    if assignment is None:
        raise NotFound
    expect(assignment, version)
    assignment.reviewer = person
    return assignment


def locked_assignment(public_id: str, version: int | None = None) -> Assignment:
    """The assignment, locked until the end of the transaction. Raises NotFound or Stale."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("panel").order_by()
    assignment = rows.filter(public_id=public_id).first()
    if assignment is None:
        raise NotFound
    expect(assignment, version)
    return assignment


def to_review(assignment: Assignment) -> list[tuple[Proposal, Review | None]]:
    """The proposals this reviewer scores, by code, each with the review begun.

    Nothing before the review starts, nor from the moment the records show a conflict (I14).
    """
    challenge = assignment.panel.challenge
    if challenge.state != State.REVIEWING or assignment.state != AssignmentState.ACCEPTED:
        return []
    if conflicts(assignment.reviewer, challenge):
        return []
    begun = {review.proposal_id: review for review in assignment.reviews.prefetch_related("scores")}
    admitted = proposals.in_state(challenge, ProposalState.UNDER_REVIEW)
    return [(proposal, begun.get(proposal.pk)) for proposal in admitted]


def masked(assignment: Assignment, code: str) -> Proposal:
    """One proposal as this reviewer may read it. Raises NotFound."""
    challenge = assignment.panel.challenge
    if challenge.state != State.REVIEWING or assignment.state != AssignmentState.ACCEPTED:
        raise NotFound
    proposal = under_review(challenge, code)
    if conflicts(assignment.reviewer, challenge):
        raise NotFound
    return proposal


def under_review(challenge: Challenge, code: str) -> Proposal:
    """The admitted proposal of that code, whoever asks. Raises NotFound."""
    rows = proposals.in_state(challenge, ProposalState.UNDER_REVIEW).select_related(None).order_by()
    proposal = rows.filter(code=code).first()
    if proposal is None:
        raise NotFound
    return proposal


def review_of(assignment: Assignment, proposal: Proposal) -> Review | None:
    """The review this reviewer has begun or locked."""
    return Review.objects.filter(assignment=assignment, proposal=proposal).prefetch_related("scores").first()


def locked_counts(challenge: Challenge) -> dict[str, int]:
    """How many reviews are locked for each admitted proposal, by code."""
    counts = {proposal.code: 0 for proposal in proposals.in_state(challenge, ProposalState.UNDER_REVIEW)}
    for review in _counted(challenge):
        if review.proposal.code in counts:
            counts[review.proposal.code] += 1
    return counts


def is_scored(challenge: Challenge) -> bool:
    """Whether each admitted proposal has its quorum of locked reviews, so that the ranking is shown (L15)."""
    return all(count >= QUORUM for count in locked_counts(challenge).values())


def counts_bound_reviewer(challenge: Challenge) -> bool:
    """Whether a locked review counts whose reviewer, by the records of now, may not judge this challenge (4.5)."""
    return _counted(challenge).filter(assignment__reviewer__in=bound_to(challenge)).exists()


def standing(challenge: Challenge) -> list[Ranked]:
    """The ranking by the locked reviews of seated reviewers; proposals without one are left out."""
    weights = {str(one.pk): one.weight for one in challenge.criteria.all()}
    totals: dict[str, list[Fraction]] = {}
    for review in _counted(challenge):
        points = {str(score.criterion_id): score.points for score in review.scores.all()}
        totals.setdefault(review.proposal.code, []).append(scoring.weighted_total(points, weights))
    return scoring.ranking(totals)


def progress_of(cases: Iterable[Challenge]) -> dict[int, Progress]:
    """How far each of these cases has come, by primary key, in four queries however many they are."""
    rows = {challenge.pk: challenge for challenge in cases}
    counted: dict[int, dict[str, Any]] = defaultdict(dict)
    for part in (_confirmed(rows), _checked(rows), _paneled(rows), _scored(rows)):
        for pk, values in part.items():
            counted[pk].update(values)
    return {
        pk: Progress(state=one.state, moved_at=one.moved_at, opened_at=one.proposals_opened_at, **counted[pk])
        for pk, one in rows.items()
    }


def notices() -> QuerySet[PublicNotice]:
    """All public notices, the newest first, with what a list shows."""
    return _notices().exclude(challenge__audience=Audience.INTERNAL)


def _notices() -> QuerySet[PublicNotice]:
    rows = PublicNotice.objects.select_related("challenge__sponsor", "challenge__region__parent__parent")
    shown = (f"challenge__awards__proposal__{one}" for one in ("organisation", "author", *teams.SEALED_WITH))
    return rows.prefetch_related(*shown).order_by("-starts_at", "-pk")


def notice(public_id: str, person: Person) -> PublicNotice:
    """One notice, to whoever may see its challenge. Raises NotFound."""
    found = _notices().filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    if not found.challenge.is_public and not challenges.found([found.challenge.public_id], person):
        raise NotFound
    return found


def notices_over(now: datetime) -> list[str]:
    """Public ids of challenges whose notice has run its time."""
    over = PublicNotice.objects.filter(challenge__state=State.NOTICE, ends_at__lte=now).order_by("ends_at")
    return list(over.values_list("challenge__public_id", flat=True))


def awards_of(challenge: Challenge) -> list[ChallengeAward]:
    """Who is to get what, by place; empty before the decision. Public from the notice on (4.3)."""
    rows = ChallengeAward.objects.filter(challenge=challenge).order_by("place")
    rows = rows.select_related(*(f"proposal__{one}" for one in ("author", "organisation", "team")))
    return list(rows.prefetch_related(*(f"proposal__{one}" for one in teams.SEALED_WITH)))


def result_of(proposal: Proposal) -> RankedProposal | None:
    """The proposal's place and points in the panel's ranking, once the decision has been announced."""
    told = {"adjudication__challenge__state__in": [State.NOTICE, State.AWARDED, State.FAILED]}
    return RankedProposal.objects.filter(proposal=proposal, **told).select_related("adjudication").first()


def comments_on(proposal: Proposal) -> list[str]:
    """What the panel wrote to the proposal's author, once the decision has been announced; never who wrote it."""
    if result_of(proposal) is None:
        return []
    locked = _counted(proposal.challenge).filter(proposal=proposal).order_by("comment")
    return [review.comment for review in locked]


def candidates(challenge: Challenge, panel: ReviewPanel | None = None) -> tuple[list[User], bool]:
    """People of the expert database fit to judge this challenge, and whether the fields had to be left aside.

    Matched by field; where that gives fewer than seven, everybody in the database. Nobody with a conflict, and nobody
    whom this panel has asked before.
    """
    bound = bound_to(challenge)
    fit = [person for person in _unasked(challenge, panel) if person.pk not in bound]
    matched = [person for person in fit if person.matches]  # type: ignore[attr-defined]  # annotated below
    widened = len(matched) < WIDEN_BELOW
    return (fit if widened else matched), widened


WIDEN_BELOW = 7
"""Fewer matching experts than this would make the panel guessable, so the draw is from the whole database."""


def somebody_is_left(panel: ReviewPanel) -> bool:
    """Whether the expert database holds anybody without a conflict whom this panel has not asked."""
    return _unasked(panel.challenge, panel).exclude(pk__in=bound_to(panel.challenge)).exists()


def vacant_seats(panel: ReviewPanel) -> int:
    """How many seats nobody holds and nobody is invited to."""
    return int(panel.size) - panel.assignments.filter(state__in=SEATED).count()


def is_complete(panel: ReviewPanel) -> bool:
    """Whether every seat is held or invited; with nobody left to ask, whether at least a quorum is (L11)."""
    vacant = vacant_seats(panel)
    return vacant < 1 or (panel.size - vacant >= QUORUM and not somebody_is_left(panel))


def draws_of(panel: ReviewPanel) -> list[Draw]:
    """Every draw for this panel, the first one first."""
    return [panel, *panel.further_draws.all()]


def whole_order(panel: ReviewPanel) -> list[str]:
    """The public ids in the order of all draws, one after the other, each person once."""
    return list(dict.fromkeys(one for draw in draws_of(panel) for one in draw.order))


def conflicts(person: User, challenge: Challenge) -> bool:
    """Whether the person may not judge: party to the challenge, or, once opened, to one of its proposals (4.5, I14)."""
    return person.pk in bound_to(challenge)


def bound_to(challenge: Challenge) -> set[int]:
    """Primary keys of everybody who may not review this challenge, in one query however many they are."""
    return parties_to(challenge) | {pk for pk in (challenge.adjudicator_id, challenge.supervisor_id) if pk is not None}


def parties_to(challenge: Challenge) -> set[int]:
    """Primary keys of the sponsor's and, once opened, solvers' people of three years, and the draft's readers (L15)."""
    opened = Proposal.objects.filter(challenge=challenge, state__in=OPENED)
    partners = teams.sealed_in(opened.values("team"))
    houses, allied = (Q(organisation__in=rows.values("organisation")) for rows in (opened, partners))
    theirs = Q(organisation=challenge.sponsor_id) | houses | allied
    members = people.belonging_lately().filter(theirs).values_list("user", flat=True)
    solvers, allies = opened.values_list("author", flat=True), partners.values_list("person", flat=True)
    return {challenge.author_id, *members.union(solvers, allies, diagnosis.readers_of(challenge))}


def from_elsewhere(person: User, challenge: Challenge) -> bool:
    """Whether the expert's region is neither the challenge's nor within it nor above it."""
    region = person.expert.region if hasattr(person, "expert") else None
    if region is None or challenge.region is None:
        return region is not None
    return not (covers(region.code, challenge.region.code) or covers(challenge.region.code, region.code))


def reviewing(person: User, proposal: Proposal) -> bool:
    """Whether this proposal is before this reviewer: as `masked` reads it, by the proposal."""
    if proposal.state != ProposalState.UNDER_REVIEW or proposal.challenge.state != State.REVIEWING:
        return False
    rows = assignments_of(person).filter(panel__challenge=proposal.challenge, state=AssignmentState.ACCEPTED)
    return rows.exists() and not conflicts(person, proposal.challenge)


def _unasked(challenge: Challenge, panel: ReviewPanel | None) -> QuerySet[User]:
    experts = _experts(challenge)
    return experts.exclude(assignments__panel=panel) if panel else experts


def _experts(challenge: Challenge) -> QuerySet[User]:
    entry = people.experts().filter(user=OuterRef("pk"))
    matching = entry.filter(fields__in=challenge.fields.all())
    rows = User.objects.filter(people.no_administrator("pk"), Exists(entry), is_active=True).select_related(
        "expert__region"
    )
    return rows.annotate(matches=Exists(matching)).order_by("public_id")


def _counted(challenge: Challenge) -> QuerySet[Review]:
    rows = Review.objects.filter(
        assignment__panel__challenge=challenge,
        assignment__state=AssignmentState.ACCEPTED,
        state=ReviewState.LOCKED,
    )
    return rows.select_related("proposal").prefetch_related("scores").order_by("pk")


Parts = dict[int, dict[str, Any]]


def _confirmed(cases: Iterable[int]) -> Parts:
    rows = OpeningConfirmation.objects.filter(challenge__in=list(cases)).order_by().values("challenge")
    sides = OpeningConfirmation.Side
    counted = rows.annotate(
        supervised=Count("pk", filter=Q(side=sides.SUPERVISOR)), officers=Count("pk", filter=Q(side=sides.OFFICER))
    )
    return {row["challenge"]: {"supervised": row["supervised"] > 0, "officers": row["officers"]} for row in counted}


def _checked(cases: Iterable[int]) -> Parts:
    opened = Proposal.objects.filter(challenge__in=list(cases), state__in=OPENED).order_by()
    counts = opened.values("challenge").annotate(
        unchecked=Count("pk", filter=Q(state=ProposalState.OPENED)),
        admitted=Count("pk", filter=Q(state=ProposalState.UNDER_REVIEW)),
    )
    return {row["challenge"]: {"unchecked": row["unchecked"], "admitted": row["admitted"]} for row in counts}


def _paneled(cases: Iterable[int]) -> Parts:
    panels = ReviewPanel.objects.filter(challenge__in=list(cases)).annotate(
        seated=Count("assignments", filter=Q(assignments__state__in=SEATED)),
        accepted=Count("assignments", filter=Q(assignments__state=AssignmentState.ACCEPTED)),
        answered_at=Max("assignments__moved_at"),
    )
    names = ("drawn_at", "seated", "accepted", "answered_at")
    rows = panels.values("challenge", "size", *names)
    return {row["challenge"]: {"panel_size": row["size"], **{name: row[name] for name in names}} for row in rows}


def _scored(cases: Iterable[int]) -> Parts:
    locked = Q(reviews__state=ReviewState.LOCKED, reviews__assignment__state=AssignmentState.ACCEPTED)
    admitted = Proposal.objects.filter(challenge__in=list(cases), state=ProposalState.UNDER_REVIEW).order_by()
    counts = admitted.values("challenge", "pk").annotate(
        locked=Count("reviews", filter=locked), last=Max("reviews__moved_at", filter=locked)
    )
    numbers: dict[int, list[int]] = defaultdict(list)
    moments: dict[int, list[datetime]] = defaultdict(list)
    for row in counts:
        numbers[row["challenge"]].append(row["locked"])
        moments[row["challenge"]] += [row["last"]] if row["last"] else []
    return {
        pk: {"fewest_locked": min(found), "locked": sum(found), "locked_at": max(moments[pk], default=None)}
        for pk, found in numbers.items()
    }
