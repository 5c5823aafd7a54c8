"""The pages of questions: what stands on the challenge's page, asking, answering, the work list."""

from typing import Any

import pytest
from django.test import Client

from tasks.challenges.models import Challenge
from tasks.questions.models import Question
from tests import clock, factories
from tests.tasks.questions.test_asking import TEXT, answer, ask
from tests.tasks.web import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge() -> Challenge:
    return factories.open_challenge()


def page(client: Client, challenge: Challenge, prefix: str = "/en") -> str:
    return client.get(f"{prefix}/challenges/{challenge.public_id}/").content.decode()


def test_somebody_asks_the_sponsor_answers_and_everybody_reads_both(client: Client, challenge: Challenge) -> None:
    asker = factories.person("提问人名字")
    address = f"/en/challenges/{challenge.public_id}/questions/ask/"
    assert client.get(address).status_code == 302
    people.seen_by(client, asker)
    assert client.post(address, {"text": TEXT}).status_code == 302
    assert "yours; only you see this" in page(client, challenge)
    question = Question.objects.get()
    people.seen_by(client, challenge.author)
    work = client.get("/en/my-work/").content.decode()
    assert "Questions to answer" in work
    assert f"/questions/{question.public_id}/" in work
    form = client.get(f"/en/questions/{question.public_id}/").content.decode()
    assert TEXT in form
    assert asker.display_name not in form
    answered = {"answer": "常温。", "answer_en": "At 25 °C.", "version": "1"}
    assert client.post(f"/en/questions/{question.public_id}/answer/", answered).status_code == 302
    client.logout()
    shown = page(client, challenge)
    assert TEXT in shown
    assert "At 25 °C." in shown
    assert "常温。" in page(client, challenge, "")
    assert "提问人名字" not in shown


def test_the_page_names_the_moment_after_which_nothing_is_asked(client: Client, challenge: Challenge) -> None:
    assert "Questions are taken until" in page(client, challenge)
    assert "Ask a question" in page(client, challenge)
    clock.shift(days=28, minutes=1)
    shown = page(client, challenge)
    assert "Questions were taken until" in shown
    assert "Ask a question" not in shown


def test_an_answer_that_makes_something_clear_leads_to_an_amendment(client: Client, challenge: Challenge) -> None:
    question = ask(challenge)
    people.seen_by(client, challenge.author)
    sent = {"answer": "二十五度。", "answer_en": "25 °C.", "clarifies": "on", "version": "1"}
    led = client.post(f"/en/questions/{question.public_id}/answer/", sent)
    assert led.url == f"/en/challenges/{challenge.public_id}/amend/?question={question.public_id}"
    form = client.get(led.url).context["form"]
    assert (form["clarification"].value(), form["clarification_en"].value()) == ("二十五度。", "25 °C.")
    elsewhere = factories.open_challenge()
    people.seen_by(client, elsewhere.author)
    other = client.get(f"/en/challenges/{elsewhere.public_id}/amend/?question={question.public_id}")
    assert other.context["form"]["clarification"].value() is None


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(client: Client, challenge: Challenge) -> None:
    question = ask(challenge)
    people.seen_by(client, challenge.author)
    sent = client.post(f"/en/questions/{question.public_id}/refuse/", {"answer": "保留的理由", "version": "1"})
    assert sent.status_code == 422
    assert "ground" in sent.context["refusal_form"].errors
    assert "保留的理由" in sent.content.decode()
    people.seen_by(client, factories.person())
    short = client.post(f"/en/challenges/{challenge.public_id}/questions/ask/", {"text": "短"})
    assert short.status_code == 422
    assert client.get(f"/en/questions/{question.public_id}/").status_code == 404


def test_what_nobody_sees_in_a_question_is_dropped(client: Client, challenge: Challenge) -> None:
    people.seen_by(client, factories.person())
    typed = "第一行\u202e反向  \r\n\r\n\r\n\r\n第二行足够长吗？"
    client.post(f"/challenges/{challenge.public_id}/questions/ask/", {"text": typed})
    assert Question.objects.get().text == "第一行反向\n\n第二行足够长吗？"


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_as_often_for_three_as_for_one(
    client: Client, django_assert_num_queries: Any, challenge: Challenge, number: int
) -> None:
    for _number in range(number):
        answer(ask(challenge), challenge.author)
        ask(challenge)
    clock.shift(days=7)
    with django_assert_num_queries(4):
        answered = client.get(f"/challenges/{challenge.public_id}/state/?part=questions")
    assert len(answered.context["questions"]) == 2 * number
