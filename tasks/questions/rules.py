"""When questions are taken, how long one may wait, and how many one person may ask. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from marketplace.registry.calendar import ONE_DAY, SHANGHAI, WorkCalendar
from tasks.challenges.posting import Problem

CLOSED_BEFORE = timedelta(hours=48)
"""In the last two days an answer would help whoever asked and nobody else: none is taken, unless the deadline moves."""
WORKING_DAYS = 3
"""A sponsor answers within so many working days; after that the page shows how long the question has waited."""
MOST_WAITING = 10
"""Questions of one person to one challenge that may wait at the same time."""
SHORTEST_QUESTION, LONGEST_QUESTION, LONGEST_ANSWER = 10, 1000, 4000


def until(deadline: datetime) -> datetime:
    """The first moment at which no question is taken any more; half-open like the deadline itself."""
    return deadline - CLOSED_BEFORE


def days_waited(asked_at: datetime, now: datetime, calendar: WorkCalendar) -> int:
    """How many full working days have passed since; the day of asking and today do not count."""
    day, today = asked_at.astimezone(SHANGHAI).date() + ONE_DAY, now.astimezone(SHANGHAI).date()
    count = 0
    while day < today:
        count += calendar.is_working_day(day)
        day += ONE_DAY
    return count


def is_overdue(waited: int) -> bool:
    """Whether a question has waited so many working days that everybody reads it, unanswered."""
    return waited >= WORKING_DAYS


def question_problems(text: str) -> Iterator[Problem]:
    """What keeps a question from being asked."""
    if len(text.strip()) < SHORTEST_QUESTION:
        yield Problem("text", _("Please ask in a sentence: 10 characters at least."))
    if len(text) > LONGEST_QUESTION:
        yield Problem("text", _("The question is too long: 1,000 characters at most."))


def answer_problems(answer: str, answer_en: str = "") -> Iterator[Problem]:
    """What keeps an answer, or the reason of a refusal, from being published."""
    if not answer.strip():
        yield Problem("answer", _("Please write the answer; everybody reads it."))
    for name, text in (("answer", answer), ("answer_en", answer_en)):
        if len(text) > LONGEST_ANSWER:
            yield Problem(name, _("The answer is too long: 4,000 characters at most."))
