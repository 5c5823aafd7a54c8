"""Signing in through a provider, which is a process of its own and speaks the real protocol (provider.py)."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from marketplace.accounts import appointing, services
from marketplace.accounts.models import Acceptance, User
from marketplace.accounts.roles import Role, Scope
from marketplace.accounts.terms import TEXTS
from marketplace.notices.models import Letter
from marketplace.outbox.models import Fact
from tests import factories
from tests.accounts.elsewhere import (
    PASSWORD,
    Elsewhere,
    asked,
    by_password,
    connected,
    door,
    is_in,
    leave,
    orcid_back,
    signed_up,
    through,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_english")]

CONNECTIONS = "socialaccount_connections"


def kinds(person: User) -> list[str]:
    return list(Fact.objects.filter(stream=f"user:{person.public_id}").order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("page", ["account_login", "account_signup"])
def test_there_is_a_button_for_each_provider_and_none_where_none_is_configured(
    elsewhere: Elsewhere, settings: Any, page: str
) -> None:
    buttons = ["Company sign-in", "Government services", "ORCID"]
    shown = re.findall(r">Sign in with ([^<]+)</button>", Client().get(reverse(page)).content.decode())
    assert [one for one in shown if one != "a passkey"] == buttons
    settings.SOCIALACCOUNT_PROVIDERS = {}
    shown = re.findall(r">Sign in with ([^<]+)</button>", Client().get(reverse(page)).content.decode())
    assert [one for one in shown if one != "a passkey"] == []
    assert Client().post(door("gov")).status_code == 404
    assert Client().post(door("orcid")).status_code == 404


def test_the_request_carries_state_nonce_and_challenge_and_nothing_of_the_pages_address(elsewhere: Elsewhere) -> None:
    client = Client()
    answer = client.post(
        f"{door('gov')}?process=login&scope=all&auth_params=redirect_uri%3Dhttps%3A%2F%2Fthief.example"
    )
    said = asked(answer.context["onward"])
    assert said["redirect_uri"] == f"http://127.0.0.1:8000{reverse('openid_connect_callback', args=['gov'])}"
    assert set(said["scope"].split()) == {"openid", "profile", "email"}
    assert said["code_challenge_method"] == "S256"
    assert {"state", "nonce", "code_challenge", "client_id", "response_type"} <= set(said)
    assert asked(leave(Client(), "gov"))["nonce"] != said["nonce"]


def test_looking_at_the_door_does_not_go_through_it(elsewhere: Elsewhere) -> None:
    answer = Client().get(door("gov"))
    assert answer.status_code == 200
    assert "Refresh" not in answer.headers
    assert Client(enforce_csrf_checks=True).post(door("gov")).status_code == 403


def test_whoever_is_new_agrees_first_and_signs_in_by_the_subject_from_then_on(elsewhere: Elsewhere) -> None:
    client = Client()
    answer = through(client, elsewhere, "s1", email="han@example.org", email_verified=True, name="Han Meimei")
    assert answer.headers["Location"] == reverse("socialaccount_signup")
    form = client.get(answer.headers["Location"]).context["form"]
    assert (form["email"].value(), form["display_name"].value()) == ("han@example.org", "Han Meimei")
    typed = {"email": "han@example.org", "display_name": "Han Meimei"}
    assert "agreed" in client.post(reverse("socialaccount_signup"), typed).context["form"].errors
    assert not User.objects.exists()
    client.post(reverse("socialaccount_signup"), {**typed, "agreed": "on"})
    person = User.objects.get()
    assert is_in(client)
    assert not person.has_usable_password()
    assert Acceptance.objects.filter(user=person).count() == len(TEXTS)
    assert kinds(person) == ["person.signed_up", "person.connected"]
    assert not Letter.objects.exists()
    other = Client()
    assert through(other, elsewhere, "s1", email="else@example.org").headers["Location"] == reverse("work:mine")
    assert is_in(other)
    assert User.objects.get().email == "han@example.org"


@pytest.mark.parametrize(
    ("provider", "verified", "confirmed"),
    [("gov", True, True), ("gov", False, False), ("gov", "false", False), ("firm", True, False)],
)
def test_an_address_is_confirmed_only_by_a_provider_that_is_believed(
    elsewhere: Elsewhere, provider: str, verified: Any, confirmed: Any
) -> None:
    client = Client()
    person = signed_up(client, elsewhere, "s2", provider, email="li@example.org", email_verified=verified)
    assert EmailAddress.objects.get(user=person).verified is confirmed
    assert is_in(client) is confirmed
    assert Letter.objects.filter(to="li@example.org").count() == (0 if confirmed else 1)


@pytest.mark.parametrize("verified", [True, False])
def test_an_address_is_no_key_to_somebodys_account(elsewhere: Elsewhere, verified: Any) -> None:
    victim = factories.person(known=False)
    client = Client()
    answer = through(client, elsewhere, "thief", email=victim.email, email_verified=verified)
    assert answer.headers["Location"] == reverse("socialaccount_signup")
    assert not is_in(client)
    typed = {"email": victim.email, "display_name": "别人", "agreed": "on"}
    answer = client.post(reverse("socialaccount_signup"), typed)
    assert answer.headers["Location"] == reverse("account_email_verification_sent")
    assert not is_in(client)
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1
    assert "exists already" in Letter.objects.get().body
    assert is_in(connected(elsewhere, victim, "own"))


def test_an_address_the_provider_has_not_confirmed_is_not_kept_beside_the_one_that_was_typed(
    elsewhere: Elsewhere,
) -> None:
    client = Client()
    through(client, elsewhere, "s3", "firm", email="somebody.else@example.org", email_verified=True)
    typed = {"email": "mine@example.org", "display_name": "我", "agreed": "on"}
    client.post(reverse("socialaccount_signup"), typed)
    assert [one.email for one in EmailAddress.objects.all()] == ["mine@example.org"]


def test_connecting_asks_for_the_password_and_is_a_fact(elsewhere: Elsewhere) -> None:
    person = factories.person(known=False)
    client = by_password(person)
    answer = client.get(elsewhere.agreed(leave(client, "gov", "connect"), "s4"))
    assert answer.headers["Location"] == reverse("account_reauthenticate")
    assert not SocialAccount.objects.exists()
    client.post(answer.headers["Location"], {"password": "a bad password"})
    assert not SocialAccount.objects.exists()
    client.post(answer.headers["Location"], {"password": PASSWORD})
    assert kinds(person) == ["person.connected"]
    assert Fact.objects.get(kind="person.connected").data == {"provider": "gov"}
    assert is_in(client)


def test_an_account_elsewhere_belongs_to_one_person(elsewhere: Elsewhere) -> None:
    first, second = factories.person(known=False), factories.person(known=False)
    connected(elsewhere, first, "s5")
    client = by_password(second)
    answer = client.get(elsewhere.agreed(leave(client, "gov", "connect"), "s5"))
    client.post(answer.headers["Location"], {"password": PASSWORD})
    assert SocialAccount.objects.get().user == first
    assert "connected to somebody else" in client.get(reverse(CONNECTIONS)).content.decode()


def test_taking_it_away_asks_for_the_password_ends_other_sessions_and_says_so(elsewhere: Elsewhere) -> None:
    person = factories.person(known=False)
    connected(elsewhere, person, "s6")
    client, other = by_password(person), Client()
    through(other, elsewhere, "s6")
    row = SocialAccount.objects.get()
    answer = client.post(reverse(CONNECTIONS), {"account": row.pk})
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert is_in(other)
    client.post(answer.headers["Location"], {"password": PASSWORD})
    assert not SocialAccount.objects.exists()
    assert kinds(person) == ["person.connected", "person.disconnected", "person.signed_out_everywhere"]
    assert "your other devices are signed out" in client.get(reverse(CONNECTIONS)).content.decode()
    assert (is_in(client), is_in(other)) == (True, False)
    assert through(Client(), elsewhere, "s6").headers["Location"] == reverse("socialaccount_signup")


def test_nobody_takes_anothers_connection_away(elsewhere: Elsewhere) -> None:
    connected(elsewhere, factories.person(known=False), "s7")
    thief = by_password(factories.person(known=False))
    thief.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert thief.post(reverse(CONNECTIONS), {"account": SocialAccount.objects.get().pk}).status_code == 422
    assert SocialAccount.objects.exists()


def test_the_only_way_in_stays(elsewhere: Elsewhere) -> None:
    client = Client()
    signed_up(client, elsewhere, "s8", email="wu@example.org", email_verified=True)
    answer = client.post(reverse(CONNECTIONS), {"account": SocialAccount.objects.get().pk})
    assert "set a password first" in answer.content.decode()
    assert SocialAccount.objects.exists()


def test_without_a_password_the_provider_is_asked_again(elsewhere: Elsewhere, settings: Any) -> None:
    client = Client()
    signed_up(client, elsewhere, "s9", email="xu@example.org", email_verified=True)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    for answer in (
        client.post(f"{door('firm')}?process=connect"),
        client.post(reverse(CONNECTIONS), {"account": SocialAccount.objects.get().pk}),
    ):
        assert answer.headers["Location"].startswith(f"{door('gov')}?process=login&next=")
    page = client.get(answer.headers["Location"])
    assert "you have no password here" in page.content.decode()
    onward = str(client.post(answer.headers["Location"]).context["onward"])
    assert asked(onward)["prompt"] == "login"
    assert "prompt" not in asked(leave(Client(), "gov"))
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    assert client.get(elsewhere.agreed(onward, "s9")).headers["Location"] == reverse(CONNECTIONS)
    assert client.get(elsewhere.agreed(leave(client, "firm", "connect"), "s9b")).status_code == 302
    assert SocialAccount.objects.filter(provider="firm", uid="s9b").exists()


@pytest.mark.parametrize("page", ["privacy:download", "privacy:erase"])
def test_what_asks_for_the_password_asks_the_provider_of_whoever_has_none(
    elsewhere: Elsewhere, settings: Any, page: str
) -> None:
    client = Client()
    signed_up(client, elsewhere, f"proof {page}", email="bai@example.org", email_verified=True)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    answer = client.get(reverse(page))
    assert answer.headers.get("Location", "").startswith(f"{door('gov')}?process=login&next=")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    onward = str(client.post(answer.headers["Location"]).context["onward"])
    assert client.get(elsewhere.agreed(onward, f"proof {page}")).headers["Location"] == reverse(page)


def test_a_way_back_that_was_begun_without_proof_connects_nothing_later(elsewhere: Elsewhere, settings: Any) -> None:
    client = Client()
    signed_up(client, elsewhere, "s10", email="yu@example.org", email_verified=True)
    path = elsewhere.agreed(leave(client, "firm", "connect"), "s10b")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    assert client.get(path).headers["Location"].startswith(door("gov"))
    assert not SocialAccount.objects.filter(provider="firm").exists()


def test_an_office_still_shows_its_second_factor(elsewhere: Elsewhere) -> None:
    person = factories.person(known=False)
    connected(elsewhere, person, "s11")
    services.grant_role(user=person, role=Role.ADJUDICATOR, scope=Scope.PLATFORM)
    client = Client()
    through(client, elsewhere, "s11")
    assert client.get(reverse("accounts:profile")).headers["Location"] == reverse("mfa_index")
    assert client.get(reverse(CONNECTIONS)).headers["Location"] == reverse("mfa_index")
    assert client.post(f"{door('firm')}?process=connect").headers["Location"] == reverse("mfa_index")


def test_a_closed_account_stays_closed(elsewhere: Elsewhere) -> None:
    person = factories.person(known=False)
    connected(elsewhere, person, "s12")
    appointing.close_account(user=person, reason="离职")
    client = Client()
    assert through(client, elsewhere, "s12").headers["Location"] == reverse("account_inactive")
    assert not is_in(client)


def test_no_token_is_kept(elsewhere: Elsewhere) -> None:
    client = Client()
    through(client, elsewhere, "s13", email="zu@example.org", email_verified=True, name="Zu")
    kept = " ".join(str(row.get_decoded()) for row in Session.objects.all())
    assert "s13" in kept
    assert "access_token" not in kept
    assert "'token'" not in kept
    client.post(reverse("socialaccount_signup"), {"email": "zu@example.org", "display_name": "Zu", "agreed": "on"})
    assert not SocialToken.objects.exists()
    assert SocialAccount.objects.get().extra_data == {"shown": "zu@example.org"}


def test_orcid_signs_in_by_its_identifier(elsewhere: Elsewhere) -> None:
    client = Client()
    answer = client.get(orcid_back(client))
    assert answer.headers["Location"] == reverse("socialaccount_signup")
    assert client.get(answer.headers["Location"]).context["form"]["display_name"].value() == "Josiah Carberry"
    typed = {"email": "josiah@example.org", "display_name": "Josiah Carberry", "agreed": "on"}
    client.post(reverse("socialaccount_signup"), typed)
    row = SocialAccount.objects.get()
    assert (row.provider, row.uid, row.extra_data) == ("orcid", "0000-0002-1825-0097", {"shown": "0000-0002-1825-0097"})
    assert not EmailAddress.objects.get().verified
    EmailAddress.objects.update(verified=True)
    again = Client()
    again.get(orcid_back(again))
    assert is_in(again)


def test_the_page_asks_as_often_for_three_as_for_one(elsewhere: Elsewhere, django_assert_num_queries: Any) -> None:
    person = factories.person(known=False)
    client = Client()
    client.force_login(person)
    for number in (1, 2, 3):
        SocialAccount.objects.create(user=person, provider="gov", uid=str(number), extra_data={"shown": f"甲{number}"})
        if number != 2:
            with django_assert_num_queries(3):
                assert f"甲{number}" in client.get(reverse(CONNECTIONS)).content.decode()
