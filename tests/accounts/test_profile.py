"""One's own profile: what may be changed there, and what it tells."""

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.outbox.models import Fact
from tests import factories

pytestmark = pytest.mark.django_db


def as_person(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_name_and_language_are_changed() -> None:
    person = factories.person("旧名")
    answer = as_person(person).post(reverse("accounts:profile"), {"display_name": " 新名 ", "language": "en"})
    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.display_name, person.language) == ("新名", "en")
    assert Fact.objects.get().kind == "person.changed"


@pytest.mark.parametrize(
    ("field", "value"),
    [("display_name", " "), ("display_name", "甲\u2066"), ("language", "xx"), ("language", "")],
)
def test_bad_input_is_told_and_kept(field: str, value: str) -> None:
    person = factories.person("旧名")
    data = {"display_name": "新名", "language": "en", field: value}
    answer = as_person(person).post(reverse("accounts:profile"), data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"][field].value() == value
    person.refresh_from_db()
    assert (person.display_name, person.language) == ("旧名", "zh-hans")
    assert not Fact.objects.exists()


def test_it_tells_organisations_offices_and_the_expert_entry() -> None:
    person = factories.expert()
    factories.region("420000", "湖北省", "Hubei", "PROVINCE")
    factories.accounts.grant_role(user=person, role=Role.ADJUDICATOR, scope="REGION", scope_id="420000")
    organisation = factories.organisation(person)
    text = as_person(person).get(reverse("accounts:profile")).content.decode()
    assert organisation.name in text
    assert "湖北省" in text
    assert "评审" in text


def test_strangers_are_asked_to_sign_in() -> None:
    answer = Client().get(reverse("accounts:profile"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
