"""The page on which officers amend, and what everybody reads of it afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from marketplace.kernel.moments import BEIJING
from tasks.amendments import queries, services
from tasks.amendments.models import Amendment
from tasks.amendments.rules import Change
from tasks.challenges.models import Challenge
from tests import clock, factories
from tests.tasks.amendments.test_amending import two_hands
from tests.tasks.web import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge() -> Challenge:
    return factories.open_challenge()


def typed(**changes: str) -> dict[str, str]:
    return {"clarification": "", "clarification_en": "", "deadline": "", "bounty": "", "version": "", **changes}


def sent(client: Client, challenge: Challenge, **changes: str) -> Any:
    people.seen_by(client, challenge.author)
    return client.post(f"/en/challenges/{challenge.public_id}/amend/", typed(**changes))


def page(client: Client, challenge: Challenge, prefix: str = "/en") -> str:
    return client.get(f"{prefix}/challenges/{challenge.public_id}/").content.decode()


def test_what_is_published_stands_on_the_page_with_what_was_before(client: Client, challenge: Challenge) -> None:
    assert "Amendment no. 1" not in page(client, challenge)
    answer = sent(client, challenge, clarification="在 25 ℃ 下测量。", clarification_en="At 25 °C.", bounty="350")
    assert answer.status_code == 302
    client.logout()
    english, chinese = page(client, challenge), page(client, challenge, "")
    assert "Amendment no. 1" in english
    assert "At 25 °C." in english
    assert "在 25 ℃ 下测量。" in chinese
    assert "<s>CNY 3 million</s>" in english
    part = client.get(f"/en/challenges/{challenge.public_id}/state/?part=amendments").content.decode()
    assert "Amendment no. 1" in part
    assert "CNY 3.5 million" in client.get(f"/en/challenges/{challenge.public_id}/state/?part=terms").content.decode()


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(client: Client, challenge: Challenge) -> None:
    answer = sent(client, challenge, clarification="保留这句话", bounty="299")
    assert answer.status_code == 422
    assert "A reward can only be raised." in answer.context["form"].errors["bounty"]
    assert "保留这句话" in answer.content.decode()
    assert not Amendment.objects.exists()


def test_in_the_last_days_the_form_proposes_the_deadline_a_clarification_needs(
    client: Client, challenge: Challenge
) -> None:
    people.seen_by(client, challenge.author)
    address = f"/en/challenges/{challenge.public_id}/amend/"
    assert client.get(address).context["form"]["deadline"].value() is None
    clock.shift(days=28)
    proposed = client.get(address).context["form"]["deadline"].value()
    needed = queries.span_from(queries.call_of(challenge).now).end
    assert proposed == needed.astimezone(BEIJING).replace(tzinfo=None)
    answer = sent(client, challenge, clarification="说明", deadline=f"{proposed:%Y-%m-%dT%H:%M}")
    assert answer.status_code == 302
    assert Challenge.objects.get(pk=challenge.pk).deadline == needed


def test_the_second_officer_reads_what_was_released_and_publishes_it(client: Client, challenge: Challenge) -> None:
    other = two_hands(challenge)
    assert sent(client, challenge, clarification="等待第二人").status_code == 302
    address = f"/en/challenges/{challenge.public_id}/amend/"
    own = client.get(address).content.decode()
    assert "等待第二人" in own
    assert "Publish it" not in own
    people.seen_by(client, other)
    assert "Publish it" in client.get(address).content.decode()
    assert "等待第二人" not in page(client, challenge)
    assert client.post(f"{address}release/", {"version": "1"}).status_code == 302
    assert "等待第二人" in page(client, challenge)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(
    client: Client, django_assert_num_queries: Any, challenge: Challenge, number: int
) -> None:
    for more in range(number):
        services.amend_challenge(
            public_id=challenge.public_id, actor=challenge.author, change=Change(bounty=10**9 + more)
        )
    with django_assert_num_queries(2):
        assert client.get(f"/challenges/{challenge.public_id}/state/?part=amendments").status_code == 200


def test_what_is_shown_of_the_deadline_is_beijing_time(client: Client, challenge: Challenge) -> None:
    assert challenge.deadline
    later = (challenge.deadline + timedelta(days=20)).astimezone(BEIJING).replace(hour=18, minute=30)
    assert sent(client, challenge, deadline=f"{later:%Y-%m-%dT%H:%M}").status_code == 302
    assert "18:30 (Beijing time)" in page(client, challenge)


@pytest.mark.parametrize("act", ["release", "drop"])
def test_the_second_hand_acts_on_what_its_page_showed(client: Client, challenge: Challenge, act: str) -> None:
    address = f"/en/challenges/{challenge.public_id}/amend/"
    people.seen_by(client, two_hands(challenge))
    seen = services.amend_challenge(
        public_id=challenge.public_id, actor=challenge.author, change=Change(bounty=310_000_000)
    )
    assert f'name="which" value="{seen.public_id}"' in client.get(address).content.decode()
    services.drop_amendment(public_id=challenge.public_id, actor=challenge.author)
    unseen = services.amend_challenge(
        public_id=challenge.public_id, actor=challenge.author, change=Change(bounty=90_000_000_000)
    )
    assert unseen.version == seen.version
    answer = client.post(f"{address}{act}/", {"version": seen.version, "which": seen.public_id})
    assert answer.status_code == 409
    assert queries.waiting_for(challenge) == unseen
    assert client.post(f"{address}{act}/", {"version": 1, "which": unseen.public_id}).status_code == 302
