"""The verbs of questions: ask, answer, refuse to answer."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.accounts.roles import ActingAs
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.lifecycle import move
from marketplace.kernel.verdicts import Allowed, require
from marketplace.outbox.record import record
from tasks import events
from tasks.challenges import queries as challenges
from tasks.challenges.posting import Problem
from tasks.questions import policy, queries, rules
from tasks.questions.lifecycle import STEPS, RefusalGround
from tasks.questions.models import Question

SOMEBODY = Allowed(actor="", role=ActingAs.USER)
"""Who asked stands in no fact: the trail is read by others."""


def ask_question(*, public_id: str, actor: User, text: str) -> Question:
    """Ask the sponsor of an open challenge something. Raises Refusal or NotFound.

    Decided under the lock of the challenge: a question that is taken was asked before the last moment.
    """
    with transaction.atomic():
        challenge = challenges.locked(public_id)
        with clock.one_moment():
            require(policy.may_ask(actor, challenge))
            _refuse(rules.question_problems(text))
            question = Question.objects.create(
                challenge=challenge,
                number=queries.next_number(challenge),
                asker=actor,
                text=text.strip(),
                language=get_language() or challenge.language,
            )
            record(events.QuestionAsked.of(question), by=SOMEBODY)
    return question


def answer_question(
    *,
    public_id: str,
    actor: User,
    answer: str,
    answer_en: str = "",
    clarifies: bool = False,
    version: int | None = None,
) -> Question:
    """Answer it, and with that make question and answer public. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        question, allowed = _in_hand(public_id, actor, version)
        _refuse(rules.answer_problems(answer, answer_en))
        said = {"answer": answer.strip(), "answer_en": answer_en.strip(), "clarifies": clarifies}
        move(question, STEPS["answer"], answerer=actor, answered_at=clock.now(), **said)
        record(events.QuestionAnswered.of(question), by=allowed)
    return question


def refuse_question(*, public_id: str, actor: User, ground: str, answer: str, version: int | None = None) -> Question:
    """Decline to answer, on a ground and with a reason that everybody reads. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        question, allowed = _in_hand(public_id, actor, version)
        if ground not in RefusalGround.values:
            raise Refusal(_("Please choose why it is not answered."), field="ground")
        _refuse(rules.answer_problems(answer))
        values = {"ground": ground, "answer": answer.strip(), "answerer": actor, "answered_at": clock.now()}
        move(question, STEPS["refuse"], **values)
        record(events.QuestionRefused.of(question, ground=ground), by=allowed)
    return question


def _in_hand(public_id: str, actor: User, version: int | None) -> tuple[Question, Allowed]:
    """The question with its challenge, both locked, and the permission to answer it."""
    challenge = challenges.locked(queries.challenge_of(public_id))
    question = queries.locked(public_id, version)
    question.challenge = challenge
    return question, require(policy.may_answer(actor, question))


def _refuse(problems: Iterable[Problem]) -> None:
    for problem in problems:
        raise Refusal(problem.message, field=problem.field)
