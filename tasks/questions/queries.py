"""Reads about questions. Nothing here hands out who asked, but to the asker."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q

from marketplace.accounts import queries as people
from marketplace.accounts.models import User
from marketplace.accounts.queries import Person
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound
from marketplace.kernel.lifecycle import expect
from marketplace.registry import queries as registry
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tasks.questions import rules
from tasks.questions.lifecycle import QuestionState
from tasks.questions.models import Question


@dataclass(frozen=True)
class Shown:
    """A question as one reader sees it: `text` is empty where it may not be public, `waited` counts working days.

    `inside` says that the reader is of the sponsor and can answer it.
    """

    question: Question
    text: str
    mine: bool
    inside: bool
    waited: int = 0


def shown_to(person: Person, challenge: Challenge) -> list[Shown]:
    """The questions that this person reads, the latest first.

    Everybody reads those that were answered or refused and those that have waited too long; the sponsor's officers all,
    and each asker their own.
    """
    now, inside = clock.now(), _inside(person, challenge)
    rows = Question.objects.filter(challenge=challenge).order_by("-number")
    if not inside:
        long_ago = Q(asked_at__lt=now - timedelta(days=rules.WORKING_DAYS))
        rows = rows.filter(~Q(state=QuestionState.WAITING) | long_ago | _asked_by(person))
    found = list(rows)
    waiting = any(one.state == QuestionState.WAITING for one in found)
    calendar = registry.work_calendar() if waiting else None
    waited = {one.pk: rules.days_waited(one.asked_at, now, calendar) for one in found if calendar and _waits(one)}
    shown = [_shown(one, person, inside=inside, waited=waited.get(one.pk, 0)) for one in found]
    return [one for one in shown if _is_public(one) or one.mine or inside]


def one_for(public_id: str, person: Person) -> Question:
    """A question to an organisation this person acts for. Raises NotFound alike for missing and foreign."""
    rows = Question.objects.select_related("challenge__sponsor").filter(public_id=public_id)
    question = rows.first()
    if question is None or not _inside(person, question.challenge):
        raise NotFound
    return question


def answered(public_id: str, challenge: Challenge) -> Question | None:
    """A question of this challenge that was answered: what an amendment may take up."""
    rows = Question.objects.filter(challenge=challenge, state=QuestionState.ANSWERED, public_id=public_id)
    return rows.first()


def challenge_of(public_id: str) -> str:
    """The public id of the challenge that a question was asked about. Raises NotFound."""
    found = Question.objects.filter(public_id=public_id).values_list("challenge__public_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def locked(public_id: str, version: int | None = None) -> Question:
    """The question, locked after its challenge. Raises NotFound or Stale."""
    question = Question.objects.select_for_update(of=("self",)).filter(public_id=public_id).order_by().first()
    if question is None:
        raise NotFound
    expect(question, version)
    return question


def waiting_of(person: User, challenge: Challenge) -> int:
    """How many questions of this person to this challenge wait for an answer."""
    return Question.objects.filter(challenge=challenge, asker=person, state=QuestionState.WAITING).count()


def to_answer(person: Person, limit: int) -> list[tuple[Question, datetime]]:
    """What the officers of an organisation have to answer while the call is open, each with when it is due."""
    rows = Question.objects.filter(state=QuestionState.WAITING, challenge__state=State.OPEN)
    mine = rows.filter(challenge__sponsor__in=people.organisations_of(person)).select_related("challenge")
    waiting = list(mine.order_by("asked_at")[:limit])
    calendar = registry.work_calendar() if waiting else None
    days = rules.WORKING_DAYS
    return [(one, calendar.add_working_days(one.asked_at, days).end) for one in waiting if calendar]


def next_number(challenge: Challenge) -> int:
    """The number of the question that is asked next; asked under the lock of the challenge."""
    last = Question.objects.filter(challenge=challenge).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def due_at(question: Question) -> datetime:
    """Until when it is to be answered."""
    return registry.add_working_days(question.asked_at, rules.WORKING_DAYS).end


def _inside(person: Person, challenge: Challenge) -> bool:
    return isinstance(person, User) and bool(people.officer_of(person, challenge.sponsor))


def _asked_by(person: Person) -> Q:
    return Q(asker=person) if isinstance(person, User) else Q(pk__in=[])


def _waits(question: Question) -> bool:
    return question.state == QuestionState.WAITING


def _shown(question: Question, person: Person, *, inside: bool, waited: int) -> Shown:
    mine = isinstance(person, User) and question.asker_id == person.pk
    readable = question.is_fit or mine or inside
    return Shown(question, question.text if readable else "", mine, inside, waited)


def _is_public(one: Shown) -> bool:
    return not _waits(one.question) or rules.is_overdue(one.waited)
