"""Whoever holds an office, judges or has set a second factor up shows it in each session, or gets nowhere."""

import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from marketplace.accounts import second_factor, services
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role, Scope
from marketplace.kernel.concealing import CannotDecrypt, conceal, reveal
from marketplace.outbox.models import Fact
from realtime import visits
from tests import factories
from tests.tasks.web_adjudication.stage import running_case, seats

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_english")]

PASSWORD = "a good password"
PERIOD, ROOM = 30, 5
"""Seconds for which a code is good, and how many of them a test may need."""


def by_password(person: User) -> Client:
    """A browser in which the person has typed address and password, and nothing else."""
    client = Client()
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def official(**more: Any) -> User:
    person = factories.person(**more)
    services.grant_role(user=person, role=Role.ADJUDICATOR, scope=Scope.PLATFORM)
    return User.objects.get(pk=person.pk)


def code(secret: str) -> str:
    """What the app shows; close to the end of its half minute, what it shows next."""
    left = PERIOD - time.time() % PERIOD
    if left < ROOM:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))


def set_up(client: Client, *, later: bool = True) -> str:
    """Password once more, picture and code: the app's secret."""
    asked = client.get(reverse("mfa_activate_totp")).headers["Location"]
    answer = client.post(asked, {"password": PASSWORD}, follow=True)
    secret = str(answer.context["form"].secret)
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    if later:
        cache.clear()  # the half minute of that code is over
    return secret


def where(client: Client, name: str = "accounts:profile") -> str:
    """Where asking for this page leads; "" when it is shown."""
    answer = client.get(reverse(name))
    return str(answer.headers.get("Location", "")).partition("?")[0]


def holds_socket(client: Client) -> bool:
    return visits.begin(client.session.session_key or "") is not None


def test_an_office_opens_nothing_to_a_password_alone_until_a_factor_is_set_up() -> None:
    client = by_password(official())
    assert where(client) == where(client, "work:mine") == reverse("mfa_index")
    assert not holds_socket(client)
    set_up(client)
    assert where(client) == ""
    assert holds_socket(client)


def test_setting_one_up_takes_three_steps_and_leads_on_to_where_one_was_going() -> None:
    client = by_password(official())
    wanted = reverse("accounts:devices")
    client.get(wanted, headers={"accept": "text/html"})
    client.get(reverse("notices:count"), headers={"accept": "*/*"})
    client.get(reverse("accounts:profile"), headers={"accept": "text/html", "hx-request": "true"})
    assert "Your work here asks for two-step sign-in" in client.get(reverse("mfa_index")).content.decode()
    set_up(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert page.count("<li><code>") == 10
    assert f'href="{wanted}"' in page


def test_a_person_without_office_is_asked_for_nothing() -> None:
    client = by_password(factories.person())
    assert where(client) == ""
    assert holds_socket(client)


def test_whoever_is_invited_to_judge_shows_one_from_then_on() -> None:
    reviewer = seats(running_case())[0].reviewer
    assert where(by_password(reviewer)) == reverse("mfa_index")
    assert not holds_socket(by_password(reviewer))


def test_a_second_session_asks_for_the_code_before_it_begins() -> None:
    person = official()
    secret = set_up(by_password(person))
    client = by_password(person)
    assert where(client) == reverse("account_login")
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert where(client) == ""


def test_a_code_works_once() -> None:
    person = official()
    secret = set_up(by_password(person))
    used = code(secret)
    for client, expected in [(by_password(person), 302), (by_password(person), 200)]:
        assert client.post(reverse("mfa_authenticate"), {"code": used}).status_code == expected


def test_the_code_that_set_the_app_up_signs_nobody_in() -> None:
    person = official()
    secret = set_up(by_password(person), later=False)
    assert by_password(person).post(reverse("mfa_authenticate"), {"code": code(secret)}).status_code == 200


def test_a_recovery_code_stands_in_once() -> None:
    person = official()
    first = by_password(person)
    set_up(first)
    spare = first.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    for expected in (302, 200):
        assert by_password(person).post(reverse("mfa_authenticate"), {"code": spare}).status_code == expected


def test_an_older_session_without_it_can_neither_use_remove_nor_learn_anything() -> None:
    person = factories.person()
    older = by_password(person)
    secret = set_up(by_password(person))
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "account_email"):
        assert where(older, name) == reverse("mfa_reauthenticate"), name
        assert older.post(reverse(name)).headers["Location"].startswith(reverse("mfa_reauthenticate")), name
    assert not holds_socket(older)
    older.post(reverse("mfa_reauthenticate"), {"code": code(secret)})
    assert where(older) == ""
    assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_an_office_keeps_its_last_factor_and_others_may_take_theirs_away() -> None:
    for person, left in [(official(), 1), (factories.person(), 0)]:
        client = by_password(person)
        set_up(client)
        answer = client.post(reverse("mfa_deactivate_totp"))
        assert "so you keep this" in answer.content.decode() if left else answer.status_code == 302
        assert Authenticator.objects.filter(user=person, type="totp").count() == left
        ended = Fact.objects.filter(stream=f"user:{person.public_id}", kind="person.signed_out_everywhere")
        assert ended.count() == 1 - left


def test_an_office_keeps_its_last_passkey_and_others_end_their_other_sessions_with_theirs() -> None:
    for person, left in [(official(), 1), (factories.person(), 0)]:
        client = by_password(person)
        other = Client()
        other.force_login(person)
        set_up(client)
        key = Authenticator.objects.create(user=person, type="webauthn", data={"name": "钥匙", "credential": {}})
        Authenticator.objects.filter(user=person, type="totp").delete()
        assert where(other) == ""
        client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
        assert Authenticator.objects.filter(user=person, type="webauthn").count() == left
        assert where(client) == ""
        assert (where(other) == "") == bool(left)


def test_what_was_suspended_is_not_carried_out_behind_the_gate() -> None:
    case = running_case()
    seat = seats(case)[0]
    type(seat).objects.filter(pk=seat.pk).update(state="DECLINED")
    client = by_password(seat.reviewer)
    asked = client.post(reverse("account_email"), {"email": "thief@example.org", "action_add": ""}).headers["Location"]
    type(seat).objects.filter(pk=seat.pk).update(state="INVITED")
    client.post(asked, {"password": PASSWORD})
    assert not EmailAddress.objects.filter(email="thief@example.org").exists()
    assert where(client) == reverse("mfa_index")


@pytest.mark.parametrize("credential", ['{"id":1}', "[" * 9_000, "[]", "1", "{}", "x", '{"a":"' + "b" * 30_000 + '"}'])
def test_what_is_no_passkey_is_refused_in_words(credential: str) -> None:
    client = Client()
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert answer.headers["Location"] == reverse("account_login")
    person = official()
    set_up(by_password(person))
    halfway = by_password(person)
    assert halfway.post(reverse("mfa_authenticate"), {"credential": credential}).status_code == 200


def test_the_proof_of_another_person_does_not_count() -> None:
    client = by_password(official())
    session = client.session
    session[second_factor.SHOWN_BY] = factories.person().public_id
    session.save()
    assert where(client) == reverse("mfa_index")


def test_codes_are_guessed_a_few_times_and_no_more(settings: Any) -> None:
    person = official()
    secret = set_up(by_password(person))
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}
    client = by_password(person)
    for _guess in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.post(reverse("mfa_authenticate"), {"code": code(secret)}).status_code == 200


def test_the_secret_is_not_in_the_database_and_setting_up_is_a_fact() -> None:
    person = official()
    secret = set_up(by_password(person))
    kept = " ".join(str(row.data) for row in Authenticator.objects.filter(user=person))
    assert secret not in kept
    kinds = Fact.objects.filter(stream=f"user:{person.public_id}").values_list("kind", flat=True)
    assert list(kinds).count("person.second_factor_set_up") == 1
    app = Authenticator.objects.get(user=person, type="totp")
    assert reveal(app.data["secret"], purpose="second factor") == secret


def test_the_passkeys_cost_the_same_with_one_and_with_three(django_assert_num_queries: Any) -> None:
    person = factories.person()
    client = Client()
    client.force_login(person)
    for number in (1, 2, 3):
        Authenticator.objects.create(user=person, type="webauthn", data={"name": f"钥匙{number}", "credential": {}})
        if number != 2:
            with django_assert_num_queries(3):
                assert f"钥匙{number}" in client.get(reverse("mfa_list_webauthn")).content.decode()


def test_a_page_of_a_signed_in_person_asks_no_more_than_before(django_assert_num_queries: Any) -> None:
    client = Client()
    client.force_login(official())
    with django_assert_num_queries(2):
        client.get(reverse("account_logout"))


def test_secrets_open_under_an_older_key_and_under_no_other(settings: Any) -> None:
    hidden = conceal("secret", purpose="one")
    settings.DATA_KEYS = ["a newer key", *settings.DATA_KEYS]
    assert reveal(hidden, purpose="one") == "secret"
    for purpose, keys in [("other", settings.DATA_KEYS), ("one", ["a newer key"])]:
        settings.DATA_KEYS = keys
        with pytest.raises(CannotDecrypt):
            reveal(hidden, purpose=purpose)
