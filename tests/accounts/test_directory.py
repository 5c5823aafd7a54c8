"""The directory: verified organisations, found by name, code, kind and region; nobody else's."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import Organisation
from tests import factories
from tests.tasks.web_adjudication.stage import text_of

pytestmark = pytest.mark.django_db


def named(name: str, **changes: Any) -> Organisation:
    made = factories.organisation(factories.person(), **changes)
    Organisation.objects.filter(pk=made.pk).update(name=name)
    made.refresh_from_db()
    return made


def found(**asked: str) -> list[str]:
    page = Client().get(reverse("accounts:directory"), asked).context["page"]
    return [one.name for one in page]


def test_it_is_found_by_part_of_its_name_by_its_code_and_by_kind_and_region() -> None:
    battery = named("武汉长江电芯有限公司")
    named("浙江大学", kind="UNIVERSITY", code="330100")
    assert found() == ["武汉长江电芯有限公司", "浙江大学"]
    assert found(q="长江电芯") == found(q=battery.uscc.lower()) == found(region="420100") == ["武汉长江电芯有限公司"]
    assert found(kind="UNIVERSITY") == ["浙江大学"]
    assert found(q="没有") == []


def test_only_verified_ones_are_in_it() -> None:
    named("待核单位", verified=False)
    for state in ("EXPIRED", "SUSPENDED", "RETURNED"):
        Organisation.objects.filter(pk=named(f"单位{state}").pk).update(state=state)
    assert found() == []


@pytest.mark.parametrize("asked", [{"kind": "KINGDOM"}, {"region": "999999"}, {"q": "x" * 121}])
def test_what_cannot_be_understood_is_said(asked: dict[str, str]) -> None:
    answer = Client().get("/en" + reverse("accounts:directory"), asked)
    assert answer.status_code == 422
    assert "organisation" in text_of(answer)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(django_assert_num_queries: Any, number: int) -> None:
    for turn in range(number):
        named(f"单位甲{turn}")
    client = Client()
    client.get(reverse("accounts:directory"))
    with django_assert_num_queries(3):
        client.get(reverse("accounts:directory"))
