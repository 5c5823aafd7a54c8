"""A mobile number as a name to sign in with: asked for, proved, changed, taken away (docs/decisions/0011)."""

import json
import re
import time
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core import checks
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts import jobs, mobile
from marketplace.accounts.models import PhoneCode, PhoneNumber, User
from marketplace.accounts.roles import Role
from marketplace.kernel.errors import Refusal
from marketplace.notices.models import Letter
from marketplace.outbox.models import Fact
from marketplace.privacy import services as privacy
from tests import factories
from tests.accounts.gateway import Line, ask, at_phone, new_number, numbered, sign_in, type_code
from tests.hands import together
from tests.relay import drain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize("name", ["phone", "phone_code", "phone_remove"])
def test_without_a_gateway_there_is_no_such_page_and_no_such_name(name: str) -> None:
    client = at_phone(numbered("13900139000"))
    assert client.post(reverse(f"accounts:{name}")).status_code == 404
    assert reverse("accounts:phone") not in client.get(reverse("accounts:profile")).content.decode()
    assert "mobile" not in Client().get(reverse("account_login")).content.decode()
    assert sign_in("13900139000").status_code == 200


def test_a_number_is_proved_and_signs_its_owner_in(line: Line) -> None:
    person, number = factories.person(), new_number()
    client = at_phone(person)
    answer = ask(client, f"{number[:3]} {number[3:]}")
    assert answer.headers["Location"] == reverse("accounts:phone_code")
    (message,) = line.messages()
    assert (message["to"], len(message["code"])) == (f"+86{number}", 6)
    assert message["code"] in message["text"]
    assert sign_in(number).status_code == 200
    assert type_code(client, f" {message['code'][:3]} {message['code'][3:]}").status_code == 302
    assert PhoneNumber.objects.get(user=person).number == f"+86{number}"
    for typed in (number, f"+86 {number}", f"0086{number}", person.email):
        assert sign_in(typed).headers["Location"] == reverse("work:mine")
    assert sign_in(number, "not the password").status_code == 200
    assert not PhoneCode.objects.exists()


def test_a_code_proves_once_and_is_kept_in_no_clear_form(line: Line) -> None:
    client = at_phone(factories.person())
    ask(client, new_number())
    asked = PhoneCode.objects.get()
    assert line.code() not in f"{asked.digest} {asked}"
    assert type_code(client, line.code()).status_code == 302
    again = type_code(client, line.code())
    assert (again.status_code, PhoneNumber.objects.count()) == (302, 1)
    assert again.headers["Location"] == reverse("accounts:phone")


def test_facts_and_letters_name_no_number(line: Line) -> None:
    person, number = factories.person(), new_number()
    client = at_phone(person)
    ask(client, number)
    type_code(client, line.code())
    client.post(reverse("accounts:phone_remove"))
    facts = Fact.objects.filter(kind__startswith="person.phone").order_by("pk")
    assert list(facts.values_list("kind", flat=True)) == ["person.phone_verified", "person.phone_removed"]
    assert number not in json.dumps(list(Fact.objects.values("data", "reason", "subject")))
    drain()
    said = [one.body for one in Letter.objects.filter(to=person.email).order_by("pk")]
    assert any("手机号" in one for one in said)
    assert len(said) >= 2
    assert number not in " ".join(said)


def test_removing_a_number_ends_nothing_else(line: Line) -> None:
    person = numbered(number := new_number())
    other, client = at_phone(person), at_phone(person)
    assert client.post(reverse("accounts:phone_remove")).status_code == 302
    assert sign_in(number).status_code == 200
    assert [one.get(reverse("accounts:profile")).status_code for one in (other, client)] == [200, 200]
    assert client.post(reverse("accounts:phone_remove")).status_code == 302
    assert Fact.objects.filter(kind="person.phone_removed").count() == 1


def test_another_number_takes_the_place_of_the_first_only_once_proved(line: Line) -> None:
    person = numbered(old := new_number())
    client, new = at_phone(person), new_number()
    ask(client, new)
    assert [sign_in(one).status_code for one in (old, new)] == [302, 200]
    type_code(client, line.code())
    assert [sign_in(one).status_code for one in (old, new)] == [200, 302]


@pytest.mark.parametrize("act", ["phone", "phone_remove"])
def test_the_password_is_asked_for_again(line: Line, act: str) -> None:
    person = numbered()
    client = Client()
    client.force_login(person)
    answer = client.post(reverse(f"accounts:{act}"), {"number": new_number()})
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not line.messages()
    assert PhoneNumber.objects.filter(user=person).exists()


def test_five_wrong_codes_make_it_void(line: Line) -> None:
    client = at_phone(factories.person())
    ask(client, new_number())
    wrong = f"{(int(line.code()) + 1) % 10**6:06}"
    answers = [type_code(client, wrong).status_code for _turn in range(mobile.TRIES)]
    assert answers == [422] * mobile.TRIES
    assert type_code(client, line.code()).headers["Location"] == reverse("accounts:phone")
    assert not PhoneNumber.objects.exists()


def test_a_code_is_over_after_ten_minutes_and_forgotten_by_the_clock(line: Line) -> None:
    person = factories.person()
    client = at_phone(person)
    ask(client, new_number())
    assert PhoneCode.objects.get().valid_until <= timezone.now() + mobile.GOOD_FOR
    PhoneCode.objects.update(valid_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refusal, match="is over"):
        mobile.prove(actor=person, code=line.code())
    assert not PhoneNumber.objects.exists()
    jobs.forget_sessions()
    assert not PhoneCode.objects.exists()


def test_a_new_code_makes_the_one_before_it_void(line: Line) -> None:
    client, number = at_phone(factories.person()), new_number()
    for _turn in range(2):
        ask(client, number)
    first, second = (one["code"] for one in line.messages())
    if first != second:
        assert type_code(client, first).status_code == 422
    assert type_code(client, second).status_code == 302


@pytest.mark.parametrize("place", ["down", "late", "elsewhere", "refused"])
def test_a_gateway_that_fails_is_said_and_harms_nothing(line: Line, settings: Any, caplog: Any, place: str) -> None:
    person, number = numbered(), new_number()
    client = at_phone(person)
    settings.SMS_URL = "http://127.0.0.1:9/" if place == "refused" else f"{line.address}{place}/"
    began = time.monotonic()
    answer = client.post(reverse("accounts:phone"), {"number": number}, follow=True)
    assert time.monotonic() - began < 7
    assert "could not be sent" in answer.content.decode()
    assert number not in caplog.text
    assert (line.messages(), PhoneNumber.objects.filter(user=person).count()) == ([], 1)


@pytest.mark.parametrize("typed", ["", "1380013800", "027-87654321", "x" * 50, "wu@example.org", "1380013\x008000"])
def test_what_is_no_mobile_number_is_said_beside_the_field(line: Line, typed: str) -> None:
    answer = ask(at_phone(factories.person()), typed)
    assert (answer.status_code, bool(answer.context["form"].errors["number"])) == (422, True)
    assert not line.messages()


def test_a_number_in_use_is_told_to_its_owner_alone(line: Line) -> None:
    owner, stranger = numbered(number := new_number()), factories.person()
    client = at_phone(stranger)
    answer = ask(client, number)
    assert answer.headers["Location"] == reverse("accounts:phone_code")
    (message,) = line.messages()
    assert (message["to"], message["code"]) == (f"+86{number}", "")
    assert "已属于另一账号" in message["text"]
    assert not re.search(r"\d{6}", message["text"])
    assert type_code(client, "").status_code == 422
    assert type_code(client, "000000").status_code == 422
    assert PhoneNumber.objects.get(number=f"+86{number}").user == owner


@pytest.mark.django_db(transaction=True)
def test_of_two_who_prove_one_number_at_once_one_gets_it(line: Line) -> None:
    for _round in range(4):
        number = f"+86{new_number()}"
        two = [factories.person() for _one in range(2)]
        codes = [mobile.ask(actor=one, number=number).code for one in two]
        acts = [partial(mobile.prove, actor=one, code=code) for one, code in zip(two, codes, strict=True)]
        results = together(*acts)
        assert sorted(type(one).__name__ for one in results) == ["PhoneNumber", "Refusal"], results
        assert PhoneNumber.objects.filter(number=number).count() == 1
        assert (
            Fact.objects.filter(kind="person.phone_verified", subject__in=[one.public_id for one in two]).count() == 1
        )


def test_the_number_of_somebody_erased_is_free_again(line: Line) -> None:
    gone = numbered(typed := new_number())
    number = f"+86{typed}"
    privacy.ask_for_erasure(actor=gone)
    assert mobile.ask(actor=factories.person(), number=number).code == ""
    gone.refresh_from_db()
    privacy.erase(user=gone)
    assert not PhoneNumber.objects.filter(number=number).exists()
    assert mobile.ask(actor=factories.person(), number=number).code


def test_a_number_is_no_second_factor(line: Line) -> None:
    officer = factories.officer_with(Role.REGION_ADMIN)
    PhoneNumber.objects.create(user=officer, number=f"+86{(number := new_number())}", verified_at=timezone.now())
    client = Client()
    client.post(reverse("account_login"), {"login": number, "password": "a good password"})
    answer = client.get(reverse("accounts:profile"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(("/en/accounts/2fa/", "/accounts/2fa/"))


def test_a_closed_account_does_not_open_by_its_number(line: Line) -> None:
    person = numbered(number := new_number())
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert reverse("account_inactive") in sign_in(number).headers["Location"]


def test_the_session_holds_no_number(line: Line) -> None:
    numbered(number := new_number())
    client = Client()
    client.post(reverse("account_login"), {"login": number, "password": "a good password"})
    assert number not in json.dumps(dict(client.session))


def test_the_demonstration_shows_the_message_among_the_mails(settings: Any) -> None:
    settings.DEMO = True
    person = factories.person()
    client = at_phone(person)
    ask(client, new_number())
    letter = Letter.objects.filter(to=person.email, subject__startswith="SMS").get()
    code = re.search(r"\d{6}", letter.body)
    assert code
    assert type_code(client, code[0]).status_code == 302


def test_codes_travel_unread(settings: Any) -> None:
    def found() -> list[str]:
        return [str(one.id) for one in checks.run_checks() if one.id == "zhongyan.E020"]

    settings.SMS_URL = "http://sms.example.org/"
    assert found() == ["zhongyan.E020"]
    for private in ("https://sms.example.org/", "http://127.0.0.1:9/", ""):
        settings.SMS_URL = private
        assert not found()
