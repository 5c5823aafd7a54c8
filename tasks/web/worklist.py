"""My work (我的待办): what waits for this person or for others because of this person; whose turn, since when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts import queries as people
from marketplace.accounts.lifecycle import OrganisationState
from marketplace.accounts.models import User
from marketplace.consents import queries as consents
from marketplace.identity import queries as identity
from marketplace.kernel import clock
from marketplace.sealing import queries as sealing
from marketplace.sealing.policy import may_enrol
from tasks.adjudication import openingrecord
from tasks.adjudication import queries as judging
from tasks.adjudication.lifecycle import AssignmentState, ReviewState
from tasks.adjudication.models import Assignment
from tasks.adjudication.turns import Party, Turn, turn_of
from tasks.cancelling import queries as cancelling
from tasks.challenges import queries as challenges
from tasks.challenges.lifecycle import EDITABLE, OVER, State
from tasks.challenges.models import Challenge
from tasks.diagnosis import queries as diagnosis
from tasks.following import queries as following
from tasks.proposals.lifecycle import ProposalState
from tasks.questions import queries as questions
from tasks.web import solving
from tasks.web.workitem import LONGEST_SECTION, Item

IN_HAND = frozenset({State.SEALED, State.REVIEWING, State.ADJUDICATED, State.NOTICE})


@dataclass(frozen=True)
class Section:
    """A heading with its lines: one's own turn first, then the longest wait."""

    heading: Any
    items: list[Item]
    all_at: str = ""


def sections_for(person: User) -> list[Section]:
    """Everything that waits, by what the person is in it; sections without a line are left out."""
    built = [
        Section(heading, _ordered(items(person)), reverse(page) if page else "")
        for heading, items, page in (
            (gettext_lazy("Reviews"), _reviews, "adjudication:reviews"),
            (gettext_lazy("Cases you adjudicate or supervise"), _cases, "adjudication:desk"),
            (gettext_lazy("Your opening key"), _own_key, "sealing:mine"),
            (gettext_lazy("Openings that wait for your key"), _openings, "adjudication:openings"),
            (gettext_lazy("Requests for cancellation"), _cancellations, ""),
            (gettext_lazy("Postings to approve"), _approvals, "challenges:approvals"),
            (gettext_lazy("Organisations to verify"), _organisations, "accounts:organisations"),
            (gettext_lazy("Real names to compare"), _real_names, "identity:waiting"),
            (gettext_lazy("Employers' consents to answer"), _consents, "consents:mine"),
            (gettext_lazy("Questions to answer"), _questions, ""),
            (gettext_lazy("Drafts to comment on"), _diagnoses, ""),
            (gettext_lazy("Your postings"), _postings, ""),
            (gettext_lazy("Your organisations"), _own_organisations, "accounts:organisations"),
            (gettext_lazy("Invitations to teams"), solving.invitations, ""),
            (gettext_lazy("Teams that wait for your consent"), solving.agreements, ""),
            (gettext_lazy("Your proposals"), solving.own_proposals, ""),
            (gettext_lazy("Challenges you follow"), _followed, ""),
        )
    ]
    return [section for section in built if section.items]


def _ordered(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (not item.mine, item.since))[:LONGEST_SECTION]


def _reviews(person: User) -> Iterator[Item]:
    running = [State.SEALED, State.REVIEWING]
    seats = judging.assignments_of(person).filter(panel__challenge__state__in=running)
    locked = Count("reviews", filter=Q(reviews__state=ReviewState.LOCKED), distinct=True)
    admitted = Count(
        "panel__challenge__proposals",
        filter=Q(panel__challenge__proposals__state=ProposalState.UNDER_REVIEW),
        distinct=True,
    )
    for seat in seats.annotate(locked=locked, admitted=admitted):
        yield _review(seat)


def _review(seat: Any) -> Item:
    challenge = seat.panel.challenge
    what, mine = _review_words(seat, challenge)
    return Item.about(
        challenge,
        what=what,
        since=max(seat.moved_at, challenge.moved_at) if seat.state == AssignmentState.ACCEPTED else seat.moved_at,
        url=reverse("adjudication:assignment", args=[seat.public_id]),
        act=_("Answer") if seat.state == AssignmentState.INVITED else _("Open"),
        mine=mine,
        whose=Party.ADJUDICATOR.label,
    )


def _review_words(seat: Assignment, challenge: Challenge) -> tuple[str, bool]:
    if seat.state == AssignmentState.INVITED:
        return _("You are invited to review: accept or decline"), True
    if challenge.state == State.SEALED:
        return _("You have accepted; the review has not started yet"), False
    left = seat.admitted - seat.locked  # type: ignore[attr-defined]  # annotated by _reviews
    if left > 0:
        return _("Proposals to score and lock: %(left)d") % {"left": left}, True
    return _("All your scores are locked; the decision is next"), False


def _cases(person: User) -> Iterator[Item]:
    """Between deadline and award; while proposals still come in, nothing is to be done: the desk lists those."""
    cases = list(challenges.cases_of(person).filter(state__in=IN_HAND))
    progress = judging.progress_of(cases)
    for challenge in cases:
        yield _case(person, challenge, turn_of(progress[challenge.pk]))


def _case(person: User, challenge: Challenge, turn: Turn) -> Item:
    side = Party.ADJUDICATOR if challenge.adjudicator_id == person.pk else Party.SUPERVISOR
    return Item.about(
        challenge,
        what=turn.duty.label,
        since=turn.since,
        url=reverse("adjudication:case", args=[challenge.public_id]),
        act=_("Open the case"),
        mine=side in turn.whose,
        whose=_names(turn),
    )


def _own_key(person: User) -> Iterator[Item]:
    """An opening officer who has no key yet, or whose phrase is to be typed again: nothing is entrusted to them."""
    if not may_enrol(person):
        return
    key = sealing.key_in_force(person)
    until = sealing.proven_until(key) if key is not None else None
    if until is None or until - sealing.REMINDED_BEFORE <= clock.now():
        yield Item(
            title=_("Your opening key"),
            language="",
            what=_("Type your phrase again") if key is not None else _("Make your key"),
            since=key.moved_at if key is not None else person.date_joined,
            url=reverse("sealing:mine"),
            act=_("Open"),
            deadline=until,
        )


def _openings(person: User) -> Iterator[Item]:
    """Closed challenges of whose key an opening officer holds a part."""
    waiting = list(openingrecord.to_open(person)) if may_enrol(person) else []
    progress = judging.progress_of(waiting)
    for challenge in waiting:
        turn = turn_of(progress[challenge.pk])
        yield Item.about(
            challenge,
            what=turn.duty.label,
            since=turn.since,
            url=reverse("adjudication:opening", args=[challenge.public_id]),
            act=_("Confirm"),
            mine=Party.OFFICERS in turn.whose and not openingrecord.has_confirmed(person, challenge),
            whose=_names(turn),
            deadline=openingrecord.lapses_at(challenge),
        )


def _names(turn: Turn) -> str:
    names = [str(party.label) for party in Party if party in turn.whose]
    if len(names) == 1:
        return names[0]
    return _("%(one)s and %(other)s") % {"one": names[0], "other": names[-1]}


def _cancellations(person: User) -> Iterator[Item]:
    for request in cancelling.to_decide(person, LONGEST_SECTION):
        yield Item.about(
            request.challenge,
            what=_("Grant the cancellation or refuse it, before the call closes"),
            since=request.asked_at,
            url=reverse("challenges:cancellation", args=[request.challenge.public_id]),
            act=_("Decide"),
            deadline=request.challenge.deadline,
        )


def _approvals(person: User) -> Iterator[Item]:
    for challenge in challenges.awaiting_approval(person)[:LONGEST_SECTION]:
        yield Item.about(
            challenge,
            what=_("Approve the posting or return it"),
            since=challenge.moved_at,
            url=reverse("challenges:approval", args=[challenge.public_id]),
            act=_("Decide"),
        )


def _organisations(person: User) -> Iterator[Item]:
    for organisation in people.pending_organisations(person)[:LONGEST_SECTION]:
        yield Item(
            title=str(organisation),
            language="",
            what=_("Verify the organisation or send it back"),
            since=organisation.moved_at,
            url=reverse("accounts:organisation", args=[organisation.public_id]),
            act=_("Look at it"),
        )


def _real_names(person: User) -> Iterator[Item]:
    for application in identity.waiting_for(person)[:LONGEST_SECTION]:
        yield Item(
            title=application.user.display_name,
            language="",
            what=_("Compare the real name with the document"),
            since=application.moved_at,
            url=reverse("identity:compare", args=[application.public_id]),
            act=_("Look at it"),
        )


def _consents(person: User) -> Iterator[Item]:
    for row in consents.waiting_for(person)[:LONGEST_SECTION]:
        yield Item(
            title=str(row.person),
            language="",
            what=_("Consent, or refuse with a reason"),
            since=row.asked_at,
            url=reverse("consents:consent", args=[row.public_id]),
            act=_("Answer"),
        )


def _questions(person: User) -> Iterator[Item]:
    """What was asked of the organisations the person acts for, each with the day on which everybody reads it."""
    for question, due_at in questions.to_answer(person, LONGEST_SECTION):
        yield Item.about(
            question.challenge,
            what=_("Question no. %(number)d: answer it or say why not") % {"number": question.number},
            since=question.asked_at,
            url=reverse("questions:question", args=[question.public_id]),
            act=_("Answer"),
            deadline=due_at,
        )


def _diagnoses(person: User) -> Iterator[Item]:
    """Drafts whose sponsors want this expert's word before they hand them in."""
    for row in diagnosis.asked_of(person):
        yield Item.about(
            row.challenge,
            what=_("Its sponsor asks for your comment") if row.answered_at is None else _("You have commented"),
            since=row.answered_at or row.asked_at,
            url=row.get_absolute_url(),
            act=_("Read and comment"),
            mine=row.answered_at is None,
        )


def _postings(person: User) -> Iterator[Item]:
    for challenge in challenges.drafts_of(person)[:LONGEST_SECTION]:
        yield _draft(challenge)
    for challenge in challenges.posted_by(person).exclude(state__in=OVER)[:LONGEST_SECTION]:
        yield _published(challenge)


def _draft(challenge: Challenge) -> Item:
    mine = challenge.state in EDITABLE
    name = "challenges:edit" if mine else "challenges:detail"
    words = {
        State.DRAFT: _("Draft: complete it and hand it in"),
        State.RETURNED: gettext_lazy("Returned: change it and hand it in again"),
    }
    return Item.about(
        challenge,
        what=words.get(State(challenge.state), _("Handed in; waiting for approval")),
        since=challenge.moved_at,
        url=reverse(name, args=[challenge.public_id]),
        act=_("Go on writing") if mine else _("Open"),
        mine=mine,
        whose=_("region administrator"),
    )


def _published(challenge: Challenge) -> Item:
    taking = challenge.state == State.OPEN and challenge.held_since is None
    return Item.about(
        challenge,
        what=challenge.state_label,
        since=challenge.moved_at,
        url=challenge.get_absolute_url(),
        act=_("Open"),
        mine=False,
        whose=_turn_in(challenge),
        deadline=challenge.deadline if taking else None,
    )


def _turn_in(challenge: Challenge) -> Any:
    if challenge.state in OVER:
        return ""
    return Party.SOLVERS.label if challenge.state == State.OPEN else Party.ADJUDICATOR.label


THEIR_TURN: dict[str, Any] = {
    OrganisationState.RETURNED: gettext_lazy("Returned: correct it"),
    OrganisationState.EXPIRED: gettext_lazy("Verification expired: hand it in again"),
}
"""States of an organisation in which its officers have to do something."""


def _own_organisations(person: User) -> Iterator[Item]:
    waiting = people.organisations_of(person).exclude(state=OrganisationState.VERIFIED)
    for organisation in waiting.order_by("moved_at")[:LONGEST_SECTION]:
        returned = organisation.state in THEIR_TURN
        yield Item(
            title=str(organisation),
            language="",
            what=THEIR_TURN.get(organisation.state) or organisation.get_state_display(),
            since=organisation.moved_at,
            url=reverse("accounts:organisation", args=[organisation.public_id]),
            act=_("Open"),
            mine=returned,
            whose=_("supervisor") if organisation.state == OrganisationState.SUSPENDED else _("region administrator"),
        )


def _followed(person: User) -> Iterator[Item]:
    for one in following.followed_by(person)[:LONGEST_SECTION]:
        yield _published(one.challenge)
