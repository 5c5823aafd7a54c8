"""A lost second factor on pages: from the shut gate to another one set up; and the owner's word against a thief's."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.administration import policy, resetting
from marketplace.administration.lifecycle import ResetState
from marketplace.administration.models import FactorReset
from marketplace.notices.models import Letter
from realtime import visits
from tests import clock as movable
from tests import factories
from tests.accounts.test_second_factor import by_password, code, official, set_up, where
from tests.administration.staff import office, with_app
from tests.administration.test_resetting import HOW
from tests.tasks.web_adjudication.stage import at_browser, text_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_english")]

LISTING = 6
"""Statements that the page costs."""
WHAT = {"reason": "phone stolen"}


def staff(name: str, *args: str) -> str:
    return reverse(f"administration:{name}", args=args)


def asked_at_the_second_step() -> tuple[User, Client, FactorReset]:
    """Somebody with an office, their older session, and what a browser with the password alone has asked."""
    person = official()
    person.language = "en"
    person.save(update_fields=["language"])
    older = by_password(person)
    set_up(older)
    fresh = by_password(person)
    assert fresh.post(reverse("lost:ask"), WHAT).headers["Location"] == reverse("lost:ask")
    return person, older, FactorReset.objects.get()


def link_in_the_letter(person: User) -> str:
    body = Letter.objects.get(to=person.email, body__contains="/not-me/").body
    found = re.search(r"https?://[^/]+(/\S+not-me\S+)", body)
    assert found
    return found[1]


def test_from_the_shut_gate_to_another_one() -> None:
    first, second = office(Role.SECURITY_ADMIN), office(Role.SECURITY_ADMIN)
    person = official()
    person.language = "en"
    person.save(update_fields=["language"])
    older = by_password(person)
    set_up(older)
    fresh = by_password(person)
    assert reverse("lost:ask") in fresh.get(reverse("mfa_authenticate")).content.decode()
    page = text_of(fresh.get(reverse("lost:ask")))
    assert "First try these" in page
    answer = fresh.post(reverse("lost:ask"), WHAT, follow=True)
    assert "You have asked for a reset" in text_of(answer)
    assert "It was not me" not in text_of(answer), "a password alone says nothing in the owner's name"
    row = FactorReset.objects.get()
    socket = visits.begin(older.session.session_key or "")
    assert socket is not None
    assert "second factor lost" in text_of(at_browser(first).get(staff("overview")))
    assert "phone stolen" in text_of(at_browser(first).get(staff("reset", row.public_id)))
    sent = {"how": HOW, "version": row.version}
    assert at_browser(first).post(staff("reset_vouch", row.public_id), sent).headers["Location"] == staff("resets")
    early = at_browser(second).post(staff("reset_confirm", row.public_id), {})
    assert (early.status_code, "too early" in text_of(early)) == (422, True)
    movable.shift(seconds=policy.RESET_WAITS.total_seconds())
    assert "second factor lost" in text_of(at_browser(second).get(staff("overview")))
    assert at_browser(second).post(staff("reset_confirm", row.public_id), {}).status_code == 302
    assert visits.present({socket}) == {}, "every socket has ended"
    assert where(older) == reverse("account_login"), "and every session"
    anew = by_password(person)
    assert where(anew) == reverse("mfa_index")
    cache.clear()
    set_up(anew)
    assert where(anew) == ""


def test_an_older_session_behind_the_gate_can_ask_too() -> None:
    person = factories.person()
    older = by_password(person)
    secret = set_up(by_password(person))
    assert where(older) == reverse("mfa_reauthenticate")
    assert reverse("lost:ask") in older.get(reverse("mfa_reauthenticate")).content.decode()
    assert older.post(reverse("lost:ask"), WHAT).status_code == 302
    row = FactorReset.objects.get(user=person)
    for verb in ("disown", "withdraw"):
        answer = older.post(reverse(f"lost:{verb}", args=[row.public_id]))
        assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate")), "not behind the gate"
    older.post(reverse("mfa_reauthenticate"), {"code": code(secret)})
    assert "It was not me" in text_of(older.get(reverse("lost:ask")))
    older.post(reverse("lost:withdraw", args=[row.public_id]))
    row.refresh_from_db()
    assert row.state == ResetState.WITHDRAWN


def test_the_owner_refuses_it_from_the_letter_without_signing_in() -> None:
    person, older, row = asked_at_the_second_step()
    address = link_in_the_letter(person)
    stranger = Client()
    assert "somebody who knows your password" in text_of(stranger.get(address))
    assert FactorReset.objects.get().state == ResetState.ASKED, "looking does nothing"
    assert stranger.post(address).headers["Location"] == reverse("account_reset_password")
    row.refresh_from_db()
    assert row.state == ResetState.DISOWNED
    assert where(older) == reverse("account_login")
    typed = {"login": person.email, "password": "a good password"}
    assert Client().post(reverse("account_login"), typed).status_code == 200, "the password is void"
    assert "did not ask" in text_of(stranger.get(address))
    assert stranger.post(address).status_code == 422
    assert Client().get(f"{address[:-2]}/").status_code == 404
    Client().post(reverse("account_reset_password"), {"email": person.email})
    assert Letter.objects.filter(to=person.email, body__contains="/password/reset/key/").exists()


def test_the_owner_refuses_it_where_they_are_signed_in() -> None:
    person, older, row = asked_at_the_second_step()
    assert "It was not me" in text_of(older.get(reverse("lost:ask")))
    other = by_password(factories.person())
    assert other.post(reverse("lost:disown", args=[row.public_id])).status_code == 404
    answer = older.post(reverse("lost:disown", args=[row.public_id]))
    assert answer.headers["Location"] == reverse("account_reset_password")
    assert where(older) == reverse("account_login")
    assert Authenticator.objects.filter(user=person).exists()


def test_a_stranger_is_sent_to_sign_in_and_whoever_has_none_reads_why_not() -> None:
    for method in ("get", "post"):
        assert getattr(Client(), method)(reverse("lost:ask")).headers["Location"] == reverse("account_login")
    client = by_password(factories.person())
    answer = client.post(reverse("lost:ask"), WHAT)
    assert (answer.status_code, "not set up" in text_of(answer)) == (422, True)


def test_what_is_missing_is_said_and_what_was_typed_stays() -> None:
    first = office(Role.SECURITY_ADMIN)
    row = resetting.ask(actor=with_app(factories.person()), reason="lost")
    for verb, field in (("vouch", "how"), ("refuse", "reason")):
        answer = at_browser(first).post(staff(f"reset_{verb}", row.public_id), {"version": row.version})
        assert (answer.status_code, field in answer.context["failed"].errors) == (422, True)
    stale = at_browser(first).post(staff("reset_vouch", row.public_id), {"how": "KEPT WORDS", "version": 9})
    assert (stale.status_code, "KEPT WORDS" in stale.content.decode()) == (409, True)


def test_the_refused_read_why() -> None:
    first = office(Role.SECURITY_ADMIN)
    person = with_app(factories.person())
    row = resetting.ask(actor=person, reason="lost")
    at_browser(first).post(staff("reset_refuse", row.public_id), {"reason": "电话无人接听"})
    assert "电话无人接听" in text_of(at_browser(person).get(reverse("lost:ask")))
    assert "电话无人接听" in text_of(at_browser(first).get(staff("reset", row.public_id)))


def test_the_list_costs_the_same_with_one_row_and_with_three(django_assert_num_queries: Any) -> None:
    reader = at_browser(office(Role.SECURITY_ADMIN))
    first = office(Role.SECURITY_ADMIN)
    for more in (1, 2):
        for _one in range(more):
            over = resetting.ask(actor=with_app(factories.person()), reason="lost")
            resetting.refuse(public_id=over.public_id, actor=first, reason="no")
            resetting.ask(actor=with_app(factories.person()), reason="lost")
        with django_assert_num_queries(LISTING):
            reader.get(staff("resets"))


def test_the_letter_is_heard_in_a_browser_that_stands_before_the_gate() -> None:
    person = factories.person()
    older = by_password(person)
    set_up(by_password(person))
    resetting.ask(actor=person, reason="lost")
    assert where(older) == reverse("mfa_reauthenticate")
    assert older.get(link_in_the_letter(person)).status_code == 200
    older.post(link_in_the_letter(person))
    assert FactorReset.objects.get().state == ResetState.DISOWNED
