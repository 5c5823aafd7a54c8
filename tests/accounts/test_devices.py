"""One's devices, and what ends a session: everything that changes who one is or what one may do (I21)."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts import devices, services
from marketplace.accounts.adapter import AccountAdapter
from marketplace.accounts.models import Device, User
from marketplace.accounts.roles import Role, Scope
from marketplace.kernel.views import view_name
from marketplace.outbox.models import Fact
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

WECHAT = (
    "Mozilla/5.0 (Linux; Android 13; V2148A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116 "
    "Mobile Safari/537.36 MicroMessenger/8.0.48.2580(0x28003036) Weixin NetType/WIFI"
)


def signed_in(person: User, browser: str = "curl/8") -> Client:
    """A browser in which the person has signed in as people do."""
    client = Client(headers={"user-agent": browser})
    typed = {"login": person.email, "password": "a good password"}
    assert client.post(reverse("account_login"), typed).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("accounts:profile")).status_code == 200


def key_of(client: Client) -> str:
    return client.session.session_key or ""


def there(person: User, client: Client) -> devices.SignedIn:
    found = devices.devices_of(person, session_key=key_of(client))
    return next(one for one in found if one.is_this)


def test_every_browser_is_listed_and_this_one_is_marked() -> None:
    person = factories.person()
    signed_in(person, WECHAT)
    page = signed_in(person).get(reverse("accounts:devices")).content.decode()
    assert page.index("curl") < page.index("WeChat")
    assert page.count(">this device<") == 1
    assert page.count("Sign out there") == 1


def test_a_session_key_is_nowhere_on_the_page() -> None:
    person = factories.person()
    other, client = signed_in(person), signed_in(person)
    page = client.get(reverse("accounts:devices")).content.decode()
    assert str(other.session.session_key) not in page


def test_another_device_is_signed_out_alone() -> None:
    person = factories.person()
    lost, kept, client = signed_in(person), signed_in(person), signed_in(person)
    client.post(reverse("accounts:device_end", args=[there(person, lost).public_id]))
    assert (is_in(lost), is_in(kept), is_in(client)) == (False, True, True)


def test_somebody_elses_device_is_not_found() -> None:
    victim, attacker = factories.person(), factories.person()
    client = signed_in(victim)
    answer = signed_in(attacker).post(reverse("accounts:device_end", args=[there(victim, client).public_id]))
    assert answer.status_code == 404
    assert is_in(client)


def test_signing_out_everywhere_else_keeps_this_session_alone_and_says_so() -> None:
    person = factories.person()
    other, client = signed_in(person), signed_in(person)
    before, since = client.session.session_key, there(person, client).since
    assert client.post(reverse("accounts:devices_end_others")).status_code == 302
    assert (is_in(other), is_in(client)) == (False, True)
    assert client.session.session_key != before
    person.refresh_from_db()
    assert [one.is_this for one in devices.devices_of(person, session_key=key_of(client))] == [True]
    assert there(person, client).since == since
    assert Fact.objects.filter(kind="person.signed_out_everywhere", subject=person.public_id).count() == 1


@pytest.mark.parametrize("change", ["granted", "revoked", "password", "closed"])
def test_what_changes_a_person_ends_their_sessions(change: str) -> None:
    person = factories.person()
    grant = services.grant_role(user=person, role=Role.ADJUDICATOR, scope=Scope.REGION, scope_id="420000")
    client = signed_in(person)
    if change == "granted":
        services.grant_role(user=person, role=Role.SUPERVISOR, scope=Scope.REGION, scope_id="420000")
    elif change == "revoked":
        services.revoke_role(grant=grant)
    elif change == "password":
        person.refresh_from_db()
        person.set_password("another good one")
        person.save()
    else:
        User.objects.filter(pk=person.pk).update(is_active=False)
    assert not is_in(client)


def test_another_persons_sessions_stay() -> None:
    client = signed_in(factories.person())
    services.grant_role(user=factories.person(), role=Role.SUPERVISOR, scope=Scope.PLATFORM)
    assert is_in(client)


def test_sessions_that_are_over_are_forgotten_and_their_sign_ins_stay_on_record() -> None:
    person = factories.person()
    gone, expired, kept = signed_in(person), signed_in(person), signed_in(person)
    gone.post(reverse("account_logout"))
    Session.objects.filter(pk=expired.session.session_key).update(expire_date=timezone.now() - timedelta(seconds=1))
    devices.forget_ended()
    assert is_in(kept)
    assert len(devices.devices_of(person, session_key=key_of(kept))) == 1
    assert not Session.objects.filter(expire_date__lt=timezone.now()).exists()
    assert Device.objects.filter(user=person).count() == 3


@pytest.mark.parametrize(("days", "kept"), [(183, 2), (184, 1)])
def test_a_sign_in_is_forgotten_once_it_is_as_old_as_a_security_log_must_be(days: int, kept: int) -> None:
    """网络安全法 art. 21: six months at least; then nobody needs it."""
    person = factories.person()
    gone, still = signed_in(person), signed_in(person)
    gone.post(reverse("account_logout"))
    Device.objects.update(since=timezone.now() - timedelta(days=days, seconds=1))
    devices.forget_ended()
    assert Device.objects.filter(user=person).count() == kept
    assert is_in(still)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(number: int, django_assert_num_queries) -> None:
    person = factories.person()
    client = [signed_in(person) for _turn in range(number)][-1]
    client.get(reverse("accounts:devices"))
    with django_assert_num_queries(4):
        page = client.get(reverse("accounts:devices"))
    assert len(page.context["devices"]) == number


def test_a_new_password_leaves_the_device_it_was_typed_on_and_no_other() -> None:
    person = factories.person()
    other, client = signed_in(person), signed_in(person)
    since = there(person, client).since
    typed = {"oldpassword": "a good password", "password1": "quite another phrase", "password2": "quite another phrase"}
    assert client.post(reverse("account_change_password"), typed).status_code == 302
    person.refresh_from_db()
    assert (is_in(other), is_in(client)) == (False, True)
    assert [(one.is_this, one.since) for one in devices.devices_of(person, session_key=key_of(client))] == [
        (True, since)
    ]


def test_a_new_password_does_not_undo_what_happened_to_the_person_meanwhile() -> None:
    stale = factories.person()
    services.grant_role(user=User.objects.get(pk=stale.pk), role=Role.SUPERVISOR, scope=Scope.PLATFORM)
    AccountAdapter().set_password(stale, "quite another phrase")
    assert User.objects.get(pk=stale.pk).session_epoch == 1


def test_of_many_devices_the_oldest_is_signed_out() -> None:
    person = factories.person()
    clients = [signed_in(person) for _turn in range(devices.MOST + 1)]
    assert [is_in(one) for one in (clients[0], clients[1], clients[-1])] == [False, True, True]
    assert len(devices.devices_of(person, session_key=key_of(clients[-1]))) == devices.MOST


def test_signing_in_and_out_again_and_again_ends_no_other_device() -> None:
    person = factories.person()
    kept = signed_in(person)
    for _turn in range(devices.MOST + 1):
        signed_in(person).post(reverse("account_logout"))
    assert is_in(kept)
    assert len(devices.devices_of(person, session_key=key_of(kept))) == 1


@pytest.mark.parametrize("agent", ["", "x" * 5000, "<script>", "\x00"])
def test_whatever_a_browser_says_of_itself_is_only_text(agent: str) -> None:
    client = signed_in(factories.person(), agent)
    page = client.get(reverse("accounts:devices"))
    assert page.status_code == 200
    assert "Unknown browser" in page.content.decode()


def test_a_sign_in_from_nowhere_is_listed_without_an_address() -> None:
    person = factories.person()
    client = Client()
    typed = {"login": person.email, "password": "a good password"}
    assert client.post(reverse("account_login"), typed, REMOTE_ADDR="").status_code == 302
    assert there(person, client).ip is None


@pytest.mark.django_db(transaction=True)
def test_a_database_with_people_and_views_is_brought_up_to_date() -> None:
    """SQLite makes the table of people anew while views read it."""
    person = factories.person()
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    MigrationExecutor(connection).migrate([("accounts", "0001_initial")])
    MigrationExecutor(connection).migrate(newest)
    assert User.objects.get(pk=person.pk).session_epoch == 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {view_name(connection, 'assignment')}")
