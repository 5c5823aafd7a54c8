"""Asking and answering through the services (L06): who may, until when, and that nobody learns who asked."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.kernel.moments import spoken_moment
from marketplace.notices.models import Letter, Notice
from marketplace.outbox.models import Fact
from realtime.models import LiveMessage
from tasks.amendments import services as amendments
from tasks.amendments.rules import Change
from tasks.challenges.models import Challenge
from tasks.questions import queries, rules, services
from tasks.questions.models import Question
from tests import clock, factories
from tests.relay import drain

pytestmark = pytest.mark.django_db
TEXT = "测试温度是多少摄氏度？请给出条件。"


@pytest.fixture
def challenge() -> Challenge:
    return factories.open_challenge()


def ask(challenge: Challenge, asker: User | None = None, text: str = TEXT) -> Question:
    return services.ask_question(public_id=challenge.public_id, actor=asker or factories.person(), text=text)


def answer(question: Question, actor: User, **changes: Any) -> Question:
    said = {"answer": "25 ℃。", **changes}
    return services.answer_question(public_id=question.public_id, actor=actor, **said)


def refuse(question: Question, actor: User, ground: str = "SECRET") -> Question:
    return services.refuse_question(public_id=question.public_id, actor=actor, ground=ground, answer="属商业秘密。")


def seen(challenge: Challenge, person: Any) -> list[tuple[int, str]]:
    return [(one.question.number, one.text) for one in queries.shown_to(person, challenge)]


def nobody() -> Any:
    from django.contrib.auth.models import AnonymousUser  # models are ready only now

    return AnonymousUser()


def test_question_and_answer_become_public_together(challenge: Challenge) -> None:
    asker = factories.person()
    question = ask(challenge, asker)
    assert seen(challenge, nobody()) == seen(challenge, factories.person()) == []
    assert seen(challenge, asker) == seen(challenge, challenge.author) == [(1, TEXT)]
    answer(question, challenge.author)
    assert seen(challenge, nobody()) == [(1, TEXT)]


def test_what_is_not_answered_in_three_working_days_everybody_reads(challenge: Challenge) -> None:
    question = ask(challenge)
    due = queries.due_at(question)
    clock.shift(seconds=(due - question.asked_at).total_seconds() - 60)
    assert seen(challenge, nobody()) == []
    clock.shift(seconds=120)
    shown = queries.shown_to(nobody(), challenge)
    assert [(one.text, one.waited) for one in shown] == [(TEXT, rules.WORKING_DAYS)]


def test_a_text_that_must_not_be_public_is_kept_from_everybody_but_its_asker(challenge: Challenge) -> None:
    asker = factories.person()
    refuse(ask(challenge, asker), challenge.author, ground="UNFIT")
    refuse(ask(challenge, asker, "第二个问题，与本题无关，请问？"), challenge.author, ground="ASIDE")
    assert seen(challenge, nobody()) == [(2, "第二个问题，与本题无关，请问？"), (1, "")]
    assert seen(challenge, asker)[1] == (1, TEXT)


def test_in_the_last_48_hours_no_question_is_taken_unless_the_deadline_moves(challenge: Challenge) -> None:
    assert challenge.deadline
    closes = rules.until(challenge.deadline)
    clock.shift(seconds=(closes - challenge.opened_at).total_seconds() - 30)  # type: ignore[operator]  # open
    ask(challenge)
    clock.shift(seconds=31)
    with pytest.raises(Refusal) as refused:
        ask(challenge)
    assert spoken_moment(closes, "zh-hans") in str(refused.value)
    later = challenge.deadline + timedelta(days=10)
    amendments.amend_challenge(public_id=challenge.public_id, actor=challenge.author, change=Change(deadline=later))
    assert ask(challenge).number == 2


def test_sponsor_judges_and_administrators_do_not_ask(challenge: Challenge) -> None:
    separated = factories.person()
    factories.accounts.grant_role(user=separated, role=Role.SYSTEM_ADMIN, scope="PLATFORM")
    assert challenge.sponsor
    colleague = factories.person()
    factories.member(challenge.sponsor, colleague)
    for person in (challenge.author, colleague, challenge.adjudicator, challenge.supervisor, separated):
        with pytest.raises(Refusal):
            ask(challenge, person)
    assert not Question.objects.exists()


def test_ten_of_one_person_wait_and_an_answer_makes_room(challenge: Challenge) -> None:
    asker = factories.person()
    first = ask(challenge, asker)
    for _number in range(rules.MOST_WAITING - 1):
        ask(challenge, asker)
    with pytest.raises(Refusal):
        ask(challenge, asker)
    assert ask(challenge).number == rules.MOST_WAITING + 1
    answer(first, challenge.author)
    assert ask(challenge, asker).number == rules.MOST_WAITING + 2


def test_only_the_sponsors_officers_answer_once_and_while_the_call_is_open(challenge: Challenge) -> None:
    question = ask(challenge)
    for person in (factories.person(), challenge.adjudicator, factories.officer_with(Role.REGION_ADMIN)):
        with pytest.raises(Refusal):
            answer(question, person)  # type: ignore[arg-type]  # an open challenge has an adjudicator
        with pytest.raises(NotFound):
            queries.one_for(question.public_id, person)  # type: ignore[arg-type]  # the same
    with pytest.raises(Stale):
        answer(question, challenge.author, version=question.version + 1)
    answer(question, challenge.author)
    with pytest.raises(Refusal):
        refuse(question, challenge.author)
    late = ask(challenge)
    clock.shift(days=31)
    with pytest.raises(Refusal):
        answer(late, challenge.author)
    assert Question.objects.get(pk=late.pk).state == "WAITING"


def test_nothing_that_others_can_read_says_who_asked(challenge: Challenge) -> None:
    asker = factories.person("提问人甲乙丙")
    question = ask(challenge, asker)
    answer(question, challenge.author)
    drain()
    facts = Fact.objects.filter(stream=f"question:{question.public_id}")
    assert [(fact.kind, fact.actor) for fact in facts] == [
        ("question.asked", ""),
        ("question.answered", challenge.author.public_id),
    ]
    read = [Fact.objects.exclude(subject=asker.public_id), Notice.objects.exclude(user=asker)]
    read += [Letter.objects.exclude(to=asker.email), LiveMessage.objects.exclude(topic=f"person:{asker.public_id}")]
    told = json.dumps([list(rows.values()) for rows in read], cls=DjangoJSONEncoder, ensure_ascii=False)
    for sign in (asker.public_id, asker.display_name, asker.email):
        assert sign not in told


def test_officers_hear_of_a_question_and_its_asker_of_the_answer(challenge: Challenge) -> None:
    asker = factories.person()
    question = ask(challenge, asker)
    answer(question, challenge.author)
    drain()
    told = Notice.objects.filter(kind__startswith="question.").values_list("kind", "user", "part")
    assert set(told) == {
        ("question.asked", challenge.author.pk, "SPONSOR"),
        ("question.answered", asker.pk, "ASKER"),
    }
