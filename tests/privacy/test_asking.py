"""Asking for an erasure: what must be over before, what happens at once, and what the clock does (I29)."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from marketplace.accounts import services as accounts
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role, Scope
from marketplace.kernel.errors import Refusal
from marketplace.notices.models import Letter
from marketplace.outbox.models import Fact
from marketplace.privacy import policy, services
from realtime import visits
from tests import clock as movable
from tests import factories
from tests.matrix.asking import traces

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def by_password(person: User) -> Client:
    """A browser in which the person has signed in, and has just typed the password once more."""
    client = Client()
    typed = {"login": person.email, "password": "a good password"}
    assert client.post(reverse("account_login"), typed).status_code == 302
    assert client.post(reverse("account_reauthenticate"), {"password": "a good password"}).status_code == 302
    return client


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


def officer() -> User:
    person = factories.person()
    accounts.grant_role(user=person, role=Role.SUPERVISOR, scope=Scope.PLATFORM)
    return person


def owner_with_people() -> User:
    person = factories.person()
    factories.member(factories.organisation(person), factories.person())
    return person


def solver() -> User:
    return factories.submitted_proposal(factories.open_challenge()).author


def poster() -> User:
    return factories.open_challenge().author


def owner_of_the_sponsor() -> User:
    """Alone in the house, and somebody else wrote what it posts."""
    challenge = factories.open_challenge()
    house, owner = challenge.sponsor, factories.person()
    factories.member(house, owner, "OWNER")
    accounts.Membership.objects.exclude(user=owner).filter(organisation=house).delete()
    return owner


def adjudicator() -> User:
    person = factories.open_challenge().adjudicator
    person.grants.all().delete()
    return person


def reviewer() -> User:
    challenge = factories.open_challenge()
    factories.submitted_proposal(challenge)
    challenge = factories.under_review(factories.opened(factories.closed(challenge)))
    return challenge.panel.assignments.first().reviewer


BOUND = {
    officer: "hold an office",
    owner_with_people: "Hand it over",
    solver: "has not been decided",
    poster: "is not over yet",
    owner_of_the_sponsor: "is not over yet",
    adjudicator: "adjudicator or the supervisor",
    reviewer: "seat on a panel",
}


@pytest.mark.parametrize("make", BOUND, ids=lambda make: make.__name__)
def test_what_is_under_way_is_named_and_nothing_is_changed(make: Any) -> None:
    person = make()
    before = traces()
    assert [BOUND[make] in str(one) for one in policy.bonds(person)] == [True]
    with pytest.raises(Refusal):
        services.ask_for_erasure(actor=person)
    with pytest.raises(Refusal, match=BOUND[make]):
        services.order_erasure(user=person)
    with pytest.raises(Refusal, match=BOUND[make]):
        services.erase(user=person)
    assert traces() == before
    assert User.objects.get(pk=person.pk).is_active


def test_without_the_rules_a_bound_person_would_be_erased(settings: Any) -> None:
    settings.ERASURE_WAITS_FOR = []
    person = solver()
    services.erase(user=person)
    assert User.objects.get(pk=person.pk).erased_at is not None


def test_nobody_is_bound_by_what_is_over() -> None:
    challenge = factories.open_challenge()
    lost = factories.submitted_proposal(challenge)
    factories.proposal_draft(factories.open_challenge(), lost.author)
    challenge = factories.under_review(factories.opened(factories.closed(challenge)))
    factories.scored(challenge, {"P01": 10})
    factories.judging.declare_failed(public_id=challenge.public_id, actor=challenge.adjudicator, reasons="均未达标")
    seat = challenge.panel.assignments.first()
    assert policy.bonds(lost.author) == policy.bonds(challenge.author) == policy.bonds(seat.reviewer) == []


def test_the_account_closes_at_once_and_is_erased_by_the_clock() -> None:
    person = factories.person()
    other, here = by_password(person), by_password(person)
    assert here.post(reverse("privacy:erase"), {}).status_code == 422
    answer = here.post(reverse("privacy:erase"), {"sure": "on"})
    assert answer.headers["Location"] == reverse("landing")
    assert visits.begin(other.session.session_key or "") is None
    assert [one.get(reverse("accounts:profile")).status_code for one in (other, here)] == [302, 302]
    letter = Letter.objects.get(to=person.email)
    assert "12 小时后清除" in letter.body
    movable.shift(hours=11, minutes=59)
    assert services.erase_due() == 0
    movable.shift(minutes=1)
    assert services.erase_due() == 1
    assert User.objects.get(pk=person.pk).erased_at is not None
    kinds = list(Fact.objects.filter(stream=f"user:{person.public_id}").values_list("kind", flat=True).order_by("pk"))
    assert kinds == ["person.erasure_asked", "person.erased"]


def test_the_job_runs_often_enough_for_the_law_s_day() -> None:
    assert services.HOURS + 1 < 24


def test_the_password_is_asked_for_again() -> None:
    client = Client()
    client.force_login(factories.person())
    for answer in (client.get(reverse("privacy:erase")), client.post(reverse("privacy:erase"), {"sure": "on"})):
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not User.objects.exclude(erasure_asked_at=None).exists()


def test_what_was_sent_before_the_password_is_done_after_it_and_signs_out() -> None:
    person, client = factories.person(), Client()
    client.force_login(person)
    asked = client.post(reverse("privacy:erase"), {"sure": "on"})
    client.post(asked.headers["Location"], {"password": "a good password"})
    assert User.objects.get(pk=person.pk).erasure_asked_at is not None
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_the_page_names_what_must_be_over_and_shows_no_button() -> None:
    person = solver()
    page = by_password(person).get(reverse("privacy:erase")).content.decode()
    assert "has not been decided upon" in page
    assert 'name="sure"' not in page
    assert by_password(person).post(reverse("privacy:erase"), {"sure": "on"}).status_code == 422


def test_until_then_the_operator_can_open_it_again_and_afterwards_never() -> None:
    person = factories.person()
    services.ask_for_erasure(actor=person)
    assert said("reopen_account", person.email).endswith("is open again.")
    movable.shift(days=1)
    assert services.erase_due() == 0
    services.erase(user=person)
    with pytest.raises(CommandError, match="was erased"):
        said("reopen_account", f"{person.public_id}@erased.invalid")


def test_one_that_something_came_in_the_way_of_waits_and_the_others_do_not() -> None:
    held, free = factories.person(), factories.person()
    for person in (held, free):
        services.ask_for_erasure(actor=person)
    accounts.grant_role(user=held, role=Role.SUPERVISOR, scope=Scope.PLATFORM)
    movable.shift(days=1)
    assert services.erase_due() == 1
    assert User.objects.get(pk=held.pk).erased_at is None


def test_the_operator_s_command() -> None:
    person, other = factories.person(), factories.person()
    assert said("erase_person", person.email).endswith("is closed and will be erased in 12 hours.")
    assert said("erase_person", person.email).endswith("as was asked before.")
    assert said("erase_person", other.email, "--now").startswith(f"The account of {other.email} is erased")
    assert not User.objects.filter(email=other.email).exists()
    with pytest.raises(CommandError, match="hold an office"):
        said("erase_person", officer().email)
    with pytest.raises(CommandError, match="Nobody has an account"):
        said("erase_person", other.email)


def test_somebody_whom_the_operator_closed_can_be_erased_too() -> None:
    person = factories.person()
    said("close_account", person.email, "--reason", "王某冒名")
    said("erase_person", person.email, "--now")
    assert User.objects.get(pk=person.pk).closed_because == ""
