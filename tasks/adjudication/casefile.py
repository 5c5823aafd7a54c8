"""What the adjudicator and the supervisor of a challenge read: their cases, and one case with its next steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from marketplace.accounts.queries import Person
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound
from marketplace.kernel.verdicts import Verdict
from tasks.adjudication import lottery, openingrecord, policy, queries
from tasks.adjudication.leaving import UNDECIDED, Ground, grounds_for
from tasks.adjudication.lifecycle import AssignmentState, ReviewState
from tasks.adjudication.models import Adjudication, Assignment, Draw, OpeningConfirmation, PublicNotice, ReviewPanel
from tasks.adjudication.scoresheet import ScoreSheet, score_sheet
from tasks.adjudication.turns import QUORUM, Duty, Party, Progress, Turn, turn_of
from tasks.challenges import queries as challenges
from tasks.challenges.lifecycle import OVER, State
from tasks.challenges.models import Challenge
from tasks.proposals import queries as proposals
from tasks.proposals.models import Proposal
from tasks.proposals.policy import may_read

ENDED = OVER
MOST_ENDED = 50
MOST_CALLS = 20


@dataclass(frozen=True)
class DeskRow:
    """One case on a desk: in which office the person has it, whose turn it is, whether it is theirs."""

    challenge: Challenge
    office: Party
    turn: Turn

    @property
    def mine(self) -> bool:
        """Whether the case waits for this person."""
        return self.office in self.turn.whose

    @property
    def parties(self) -> list[Party]:
        """Whose turn it is, always in the same order."""
        return [party for party in Party if party in self.turn.whose]


@dataclass(frozen=True)
class Desk:
    """A person's cases: undecided after the deadline (those that wait for them first), open calls, ended ones.

    Of open calls and of ended cases only the nearest are listed; `calls_in_all` counts the open ones.
    """

    running: list[DeskRow]
    calls: list[Challenge]
    calls_in_all: int
    ended: list[DeskRow]


@dataclass(frozen=True)
class DrawLine:
    """One draw of the panel by its number, the first being 1."""

    number: int
    draw: Draw

    @property
    def recomputed(self) -> bool:
        """Whether the stored draw follows from the stored pool and seed (L11)."""
        draw = self.draw
        return (
            lottery.pool_digest(draw.pool) == draw.pool_digest
            and lottery.drawn_order(draw.pool, draw.seed) == draw.order
        )


@dataclass(frozen=True)
class Offers:
    """Which verbs are open to the person in this case now."""

    confirm: bool
    check: bool
    draw: bool
    draw_further: bool
    start: bool
    decide: bool
    fail: bool
    denied: object = ""


@dataclass(frozen=True, kw_only=True)
class SeatLine:
    """One seat, held or left, as the officers read it.

    `reason` is why its holder declined or gave it up, `void` how many of its reviews do not count, `ground` why it may
    be given to the next now, "" if it may not.
    """

    assignment: Assignment
    reason: str
    void: int
    ground: object = ""


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """One case. Before the opening it holds nothing about proposals, not even how many there are (I9).

    `exhausted` says that a seat is vacant and the expert database holds nobody who could be asked.
    """

    challenge: Challenge
    office: Party
    progress: Progress
    turn: Turn
    confirmations: list[OpeningConfirmation]
    missing: Sequence[Any]
    proposals: list[Proposal]
    panel: ReviewPanel | None
    draws: list[DrawLine]
    seats: list[SeatLine]
    exhausted: bool
    counts: list[tuple[str, int]]
    sheet: ScoreSheet | None
    decision: Adjudication | None
    notice: PublicNotice | None
    may: Offers

    @property
    def mine(self) -> bool:
        """Whether the case waits for this person."""
        return self.office in self.turn.whose

    @property
    def parties(self) -> list[Party]:
        """Whose turn it is, always in the same order."""
        return [party for party in Party if party in self.turn.whose]


def desk_of(person: Person) -> Desk:
    """The person's cases in a fixed number of queries, however many there are."""
    cases = challenges.cases_of(person)
    calls = cases.filter(state=State.OPEN).order_by("deadline")
    running = _rows(cases.exclude(state__in=ENDED | {State.OPEN}), person)
    ended = _rows(cases.filter(state__in=ENDED).order_by("-moved_at")[:MOST_ENDED], person)
    first = sorted(running, key=lambda row: (not row.mine, row.turn.since))
    return Desk(first, list(calls[:MOST_CALLS]), calls.count(), ended)


def case(public_id: str, person: Person) -> Challenge:
    """A challenge this person adjudicates or supervises. Raises NotFound alike for missing and for others' cases."""
    rows = challenges.cases_of(person).select_related("adjudicator", "supervisor").prefetch_related("criteria")
    challenge = rows.filter(public_id=public_id).first()
    if challenge is None:
        raise NotFound
    return challenge


def opened_proposal(challenge: Challenge, code: str, person: Person) -> Proposal:
    """One opened proposal of a case, with its author, for the formal check. Raises NotFound."""
    proposal = proposals.opened_in(challenge).filter(code=code).first()
    if proposal is None or not may_read(person, proposal):
        raise NotFound
    return proposal


def case_file(challenge: Challenge, person: Person) -> CaseFile:
    """The whole case as this person may read it; ask `case` for the challenge first."""
    progress = queries.progress_of([challenge])[challenge.pk]
    opened = challenge.proposals_opened_at is not None
    sheet = score_sheet(challenge) if opened else None
    panel = queries.panel_of(challenge)
    exhausted = _exhausted(panel, progress)
    return CaseFile(
        challenge=challenge,
        office=_office(challenge, person),
        progress=progress,
        turn=turn_of(progress),
        confirmations=openingrecord.confirmations_of(challenge),
        missing=openingrecord.missing(challenge),
        proposals=list(proposals.opened_in(challenge)) if opened else [],
        panel=panel,
        draws=[DrawLine(number, draw) for number, draw in enumerate(queries.draws_of(panel), 1)] if panel else [],
        seats=_seat_lines(panel, person),
        exhausted=exhausted,
        counts=list(queries.locked_counts(challenge).items()) if challenge.state == State.REVIEWING else [],
        sheet=sheet,
        decision=Adjudication.objects.filter(challenge=challenge).first(),
        notice=PublicNotice.objects.filter(challenge=challenge).first(),
        may=_offers(challenge, person, progress, sheet, exhausted=exhausted),
    )


def _rows(cases: Iterable[Challenge], person: Person) -> list[DeskRow]:
    found = list(cases)
    progress = queries.progress_of(found)
    return [DeskRow(one, _office(one, person), turn_of(progress[one.pk])) for one in found]


def _office(challenge: Challenge, person: Person) -> Party:
    return Party.ADJUDICATOR if challenge.adjudicator_id == person.pk else Party.SUPERVISOR


def _exhausted(panel: ReviewPanel | None, progress: Progress) -> bool:
    undecided = progress.state in UNDECIDED and progress.vacant > 0
    return undecided and panel is not None and not queries.somebody_is_left(panel)


def _seat_lines(panel: ReviewPanel | None, person: Person) -> list[SeatLine]:
    if panel is None:
        return []
    void = Count("reviews", filter=Q(reviews__state=ReviewState.VOID))
    rows = list(panel.assignments.select_related("reviewer", "recusal").annotate(void=void).order_by("pk"))
    asked = person == panel.challenge.adjudicator
    grounds = grounds_for(panel.challenge, rows, clock.now()) if asked else {}
    return [
        SeatLine(assignment=row, reason=_reason(row), void=vars(row)["void"], ground=_label(grounds.get(row.pk)))
        for row in rows
    ]


def _reason(seat: Assignment) -> str:
    if seat.state == AssignmentState.RECUSED and hasattr(seat, "recusal"):
        return str(seat.recusal.reason)
    return seat.declaration if seat.state == AssignmentState.DECLINED else ""


def _label(ground: Ground | None) -> object:
    return ground.label if ground else ""


def _offers(
    challenge: Challenge, person: Person, progress: Progress, sheet: ScoreSheet | None, *, exhausted: bool
) -> Offers:
    duty, confirm = turn_of(progress).duty, policy.may_confirm_opening(person, challenge)
    check, decide = policy.may_check(person, challenge), policy.may_adjudicate(person, challenge)
    draw, vacant = policy.may_form_panel(person, challenge), progress.vacant > 0 and not exhausted
    reached = sheet is not None and bool(sheet.winners)
    return Offers(
        confirm=bool(confirm) and not progress.supervised,
        check=bool(check),
        draw=bool(draw) and progress.panel_size is None,
        draw_further=vacant and bool(policy.may_draw_further(person, challenge)),
        start=bool(check) and _startable(progress, duty, exhausted=exhausted),
        decide=bool(decide) and reached,
        fail=(bool(check) and duty == Duty.END_CALL) or (bool(decide) and sheet is not None and not reached),
        denied=_denial(draw if challenge.state == State.SEALED else decide, challenge, person),
    )


def _startable(progress: Progress, duty: Duty, *, exhausted: bool) -> bool:
    """Every seat taken; with nobody left to ask, a quorum of them (L11)."""
    enough = exhausted and progress.accepted == progress.seated >= QUORUM
    return duty == Duty.START_REVIEW or (duty == Duty.FILL_PANEL and enough)


def _denial(verdict: Verdict, challenge: Challenge, person: Person) -> object:
    """Why the adjudicator may not go on although it is the time to: said before anything is pressed."""
    if challenge.state not in UNDECIDED or _office(challenge, person) != Party.ADJUDICATOR:
        return ""
    return getattr(verdict, "reason", "")
