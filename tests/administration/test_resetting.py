"""A lost second factor: who asks, who decides, when; and that nobody is let in by it who should not be (I18, I21)."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import IntegrityError, transaction

from marketplace.accounts import second_factor
from marketplace.accounts import services as accounts
from marketplace.accounts.models import RoleGrant, User
from marketplace.accounts.roles import Role
from marketplace.administration import policy, queries, resetting
from marketplace.administration.lifecycle import RESET_STEPS, UNDER_WAY, ResetState
from marketplace.administration.models import FactorReset
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.kernel.lifecycle import move
from marketplace.notices.models import Letter
from marketplace.outbox.models import Fact
from tests import clock as movable
from tests import factories, relay
from tests.administration.staff import office, proposed, with_app
from tests.hands import together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

HOW = "rang the office"


@pytest.fixture
def person() -> User:
    return with_app(factories.person("江汉青"))


@pytest.fixture
def first() -> User:
    return office(Role.SECURITY_ADMIN)


@pytest.fixture
def second() -> User:
    return office(Role.SECURITY_ADMIN)


def asked(person: User, reason: str = "phone stolen") -> FactorReset:
    return resetting.ask(actor=person, reason=reason)


def vouched(person: User, first: User) -> FactorReset:
    return resetting.vouch(public_id=asked(person).public_id, actor=first, how=HOW)


def a_day_on() -> None:
    movable.shift(seconds=policy.RESET_WAITS.total_seconds())


def kinds(person: User) -> list[str]:
    rows = Fact.objects.filter(stream=f"user:{person.public_id}", kind__startswith="person.").order_by("sequence")
    return list(rows.values_list("kind", flat=True))


def test_two_administrators_reset_it_a_day_later(person, first, second) -> None:
    row = vouched(person, first)
    epoch = person.session_epoch
    a_day_on()
    resetting.confirm(public_id=row.public_id, actor=second)
    assert not Authenticator.objects.filter(user=person).exists()
    person.refresh_from_db()
    assert person.session_epoch > epoch
    assert not second_factor.is_set_up(person)
    told = [
        "second_factor_set_up",
        "factor_reset_asked",
        "factor_reset_vouched",
        "factor_reset_confirmed",
        "second_factor_reset",
    ]
    assert kinds(person) == [f"person.{one}" for one in told]
    facts = Fact.objects.filter(stream=f"user:{person.public_id}")
    assert not facts.filter(reason__contains="stolen").exists(), "the asker's own words stay in the row"
    assert facts.get(kind="person.factor_reset_vouched").reason == HOW
    assert set(facts.filter(actor=second.public_id).values_list("kind", "role")) == {
        ("person.factor_reset_confirmed", "SECURITY_ADMIN"),
        ("person.second_factor_reset", "SECURITY_ADMIN"),
    }


def test_never_sooner_than_a_day(person, first, second) -> None:
    row = vouched(person, first)
    movable.shift(seconds=policy.RESET_WAITS.total_seconds() - 60)
    with pytest.raises(Refusal, match="too early"):
        resetting.confirm(public_id=row.public_id, actor=second)
    assert Authenticator.objects.filter(user=person).count() == 2


def test_the_first_is_never_the_second_nor_the_one_who_asks(first, second) -> None:
    asker = with_app(office(Role.SECURITY_ADMIN))
    row = asked(asker)
    for act, more in ((resetting.vouch, {"how": HOW}), (resetting.refuse, {"reason": "no"})):
        with pytest.raises(Refusal, match="about you"):
            act(public_id=row.public_id, actor=asker, **more)  # type: ignore[operator]  # two verbs of unlike keywords
    resetting.vouch(public_id=row.public_id, actor=first, how=HOW)
    a_day_on()
    for actor, said in ((first, "first administrator"), (asker, "about you")):
        with pytest.raises(Refusal, match=said):
            resetting.confirm(public_id=row.public_id, actor=actor)
    resetting.confirm(public_id=row.public_id, actor=second)
    assert not Authenticator.objects.filter(user=asker).exists()


def test_whoever_vouched_and_learns_that_they_were_deceived_ends_it(person, first, second) -> None:
    row = vouched(person, first)
    said = resetting.refuse(public_id=row.public_id, actor=first, reason="the office has called back")
    assert (said.state, said.decided_by) == (ResetState.REFUSED, None)
    fact = Fact.objects.get(kind="person.factor_reset_refused")
    assert (fact.actor, fact.reason) == (first.public_id, "the office has called back")
    a_day_on()
    with pytest.raises(Refusal, match="decided already"):
        resetting.confirm(public_id=row.public_id, actor=second)


def test_whoever_vouched_and_has_left_office_ends_nothing(person, first) -> None:
    row = vouched(person, first)
    RoleGrant.objects.filter(user=first).update(valid_until=clock.now())
    with pytest.raises(Refusal):
        resetting.refuse(public_id=row.public_id, actor=User.objects.get(pk=first.pk), reason="no")


def test_the_database_asks_for_two_as_well(person, first) -> None:
    row = vouched(person, first)
    rows = FactorReset.objects.filter(pk=row.pk)
    for wrong in ({"decided_by": first}, {"decided_by": person}, {"vouched_by": person}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="CONFIRMED", vouched_by=None, decided_by=office(Role.SECURITY_ADMIN))


def test_a_system_administrator_is_the_second_for_want_of_one(person, first) -> None:
    system = office(Role.SYSTEM_ADMIN)
    row = asked(person)
    with pytest.raises(Refusal):
        resetting.vouch(public_id=row.public_id, actor=system, how=HOW)
    resetting.vouch(public_id=row.public_id, actor=first, how=HOW)
    a_day_on()
    another = office(Role.SECURITY_ADMIN)
    with pytest.raises(Refusal, match="Another security administrator"):
        resetting.confirm(public_id=row.public_id, actor=system)
    accounts.revoke_role(grant=RoleGrant.objects.get(user=another))
    resetting.confirm(public_id=row.public_id, actor=system)


def test_whoever_vouched_is_still_in_office_when_it_is_confirmed(person, first, second) -> None:
    row = vouched(person, first)
    a_day_on()
    accounts.revoke_role(grant=RoleGrant.objects.get(user=first))
    with pytest.raises(Refusal, match="no longer holds the office"):
        resetting.confirm(public_id=row.public_id, actor=second)
    assert Authenticator.objects.filter(user=person).exists()


@pytest.mark.parametrize("role", [None, Role.AUDIT_ADMIN, Role.REGION_ADMIN, Role.ADJUDICATOR])
def test_nobody_else_decides(person, first, second, role: Role | None) -> None:
    other = office(role) if role else factories.person()
    row = asked(person)
    for act in (policy.may_vouch, policy.may_refuse_reset, policy.may_confirm_reset):
        assert not act(other, row)
    resetting.vouch(public_id=row.public_id, actor=first, how=HOW)
    a_day_on()
    row.refresh_from_db()
    for act in (policy.may_vouch, policy.may_refuse_reset, policy.may_confirm_reset):
        assert not act(other, row)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN])
def test_the_last_of_an_office_is_reset_from_a_terminal_alone(role: Role, capsys: Any) -> None:
    last = with_app(office(role))
    others = [office(Role.SECURITY_ADMIN) for _one in range(2)] if role == Role.SYSTEM_ADMIN else []
    row = asked(last)
    for other in [*others, office(Role.SYSTEM_ADMIN)] if role == Role.SECURITY_ADMIN else others:
        assert not policy.may_vouch(other, row)
    if others:
        with pytest.raises(Refusal, match="terminal"):
            resetting.vouch(public_id=row.public_id, actor=others[0], how=HOW)
    call_command("reset_second_factor", last.email)
    assert "is gone" in capsys.readouterr().out
    assert not Authenticator.objects.filter(user=last).exists()
    fact = Fact.objects.get(kind="person.second_factor_reset")
    assert (fact.actor, fact.role) == ("", "SYSTEM")
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (ResetState.CONFIRMED, None)
    call_command("reset_second_factor", last.email)
    assert "nothing changed" in capsys.readouterr().out


def test_who_became_the_last_meanwhile_is_not_confirmed_either(first, second) -> None:
    asker, other = with_app(office(Role.SYSTEM_ADMIN)), office(Role.SYSTEM_ADMIN)
    row = vouched(asker, first)
    a_day_on()
    accounts.revoke_role(grant=RoleGrant.objects.get(user=other))
    with pytest.raises(Refusal, match="terminal"):
        resetting.confirm(public_id=row.public_id, actor=second)


def test_whoever_has_none_asks_for_nothing() -> None:
    with pytest.raises(Refusal, match="not set up"):
        asked(factories.person())
    with pytest.raises(Refusal, match="what happened"):
        asked(with_app(factories.person()), reason="  ")


def test_one_at_a_time_and_some_within_a_day(person, first) -> None:
    for _time in range(policy.RESETS_A_DAY):
        row = asked(person)
        with pytest.raises(Refusal, match="asked already"):
            asked(person)
        resetting.refuse(public_id=row.public_id, actor=first, reason="not reached")
    with pytest.raises(Refusal, match="several times"):
        asked(person)
    a_day_on()
    asked(person)


def test_a_letter_goes_to_every_confirmed_address_at_once_and_when_it_is_decided(person, first, second) -> None:
    EmailAddress.objects.create(user=person, email="other@example.org", verified=True)
    EmailAddress.objects.create(user=person, email="unproved@example.org", verified=False)
    User.objects.filter(pk=person.pk).update(language="en")
    row = vouched(User.objects.get(pk=person.pk), first)
    wrote = Letter.objects.filter(subject__contains="Was it you?")
    assert set(wrote.values_list("to", flat=True)) == {person.email, "other@example.org"}
    assert all(f"/en/accounts/2fa/lost/not-me/{resetting.token_of(row)}/" in letter.body for letter in wrote)
    a_day_on()
    resetting.confirm(public_id=row.public_id, actor=second)
    wrote = Letter.objects.filter(subject__contains="was reset")
    assert set(wrote.values_list("to", flat=True)) == {person.email, "other@example.org"}


def test_the_owner_says_it_was_somebody_else(person, first, second) -> None:
    row = vouched(person, first)
    with pytest.raises(Refusal, match="Only the owner"):
        resetting.disown(public_id=row.public_id, actor=first)
    epoch = person.session_epoch
    resetting.disown(public_id=row.public_id, actor=person)
    a_day_on()
    with pytest.raises(Refusal, match="decided already"):
        resetting.confirm(public_id=row.public_id, actor=second)
    person.refresh_from_db()
    assert person.session_epoch > epoch
    assert not person.has_usable_password()
    assert Authenticator.objects.filter(user=person).count() == 2


def test_after_that_nobody_asks_again_for_a_day(person) -> None:
    resetting.disown(public_id=asked(person).public_id, actor=person)
    with pytest.raises(Refusal, match="not them"):
        asked(person)
    a_day_on()
    asked(person)


def test_a_link_names_its_request_and_no_other(person) -> None:
    token = resetting.token_of(asked(person))
    assert resetting.named_by(token).user == person
    for wrong in (token[:-1], f"x{token}", "nonsense", ""):
        with pytest.raises(NotFound):
            resetting.named_by(wrong)


def test_after_its_days_it_lapses_with_every_scheduler_stopped(person, first, second) -> None:
    row = vouched(person, first)
    movable.shift(seconds=policy.RESET_LASTS.total_seconds())
    with pytest.raises(Refusal, match="lapsed"):
        resetting.confirm(public_id=row.public_id, actor=second)
    again = asked(person)
    assert FactorReset.objects.get(pk=row.pk).state == ResetState.LAPSED
    movable.shift(seconds=policy.RESET_LASTS.total_seconds())
    assert (resetting.lapse_due(), resetting.lapse_due()) == (1, 0)
    assert FactorReset.objects.get(pk=again.pk).state == ResetState.LAPSED


def test_a_letter_that_has_lapsed_makes_no_password_void_with_every_scheduler_stopped(person) -> None:
    row = asked(person)
    before = person.password
    movable.shift(seconds=policy.RESET_LASTS.total_seconds())
    for verb in (resetting.disown, resetting.withdraw):
        with pytest.raises(Refusal, match="decided already"):
            verb(public_id=row.public_id, actor=resetting.named_by(resetting.token_of(row)).user)
    person.refresh_from_db()
    assert person.password == before


def test_a_closed_account_is_not_reset(person, first, second) -> None:
    row = vouched(person, first)
    User.objects.filter(pk=person.pk).update(is_active=False)
    a_day_on()
    with pytest.raises(Refusal, match="closed"):
        resetting.confirm(public_id=row.public_id, actor=second)
    assert FactorReset.objects.get(pk=row.pk).state == ResetState.VOUCHED


@pytest.mark.parametrize("state", ResetState)
@pytest.mark.parametrize("name", sorted(RESET_STEPS))
def test_every_step_from_every_state(person, name: str, state: ResetState) -> None:
    row = asked(person)
    FactorReset.objects.filter(pk=row.pk).update(state=state)
    row.refresh_from_db()
    if state in RESET_STEPS[name].sources:
        move(row, RESET_STEPS[name])
        assert row.state == RESET_STEPS[name].target
        return
    with pytest.raises(Stale):
        move(row, RESET_STEPS[name])


def test_those_whose_turn_it_is_are_told_and_the_owner_on_their_devices(person, first, second) -> None:
    system = office(Role.SYSTEM_ADMIN)
    row = asked(person)
    relay.drain()
    notices = Letter.objects.filter(notice__kind="person.factor_reset_asked").values_list("to", flat=True)
    assert set(notices) == {first.email, second.email}
    assert [one.address for one in person.notices.all()] == ["/en/accounts/2fa/lost/"]
    resetting.vouch(public_id=row.public_id, actor=first, how=HOW)
    relay.drain()
    notices = Letter.objects.filter(notice__kind="person.factor_reset_vouched").values_list("to", flat=True)
    assert (set(notices), system.email in notices) == ({second.email}, False)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_heard() -> None:
    first, *others = (office(Role.SECURITY_ADMIN) for _one in range(3))
    for _round in range(4):
        person = with_app(factories.person())
        row = vouched(person, first)
        FactorReset.objects.filter(pk=row.pk).update(not_before=clock.now() - timedelta(minutes=1))
        acts = [
            partial(resetting.confirm, public_id=row.public_id, actor=others[0]),
            partial(resetting.refuse, public_id=row.public_id, actor=others[1], reason="no"),
            partial(resetting.disown, public_id=row.public_id, actor=person),
        ]
        done = [one for one in together(*acts) if not isinstance(one, Exception)]
        assert len(done) == 1
        gone = not Authenticator.objects.filter(user=person).exists()
        assert gone == (FactorReset.objects.get(pk=row.pk).state == ResetState.CONFIRMED)


@pytest.mark.django_db(transaction=True)
def test_of_two_browsers_at_once_one_asks() -> None:
    for _round in range(4):
        person = with_app(factories.person())
        done = together(partial(asked, person), partial(asked, person))
        assert FactorReset.objects.filter(user=person, state__in=UNDER_WAY).count() == 1
        assert sum(isinstance(one, Exception) for one in done) == 1


def test_offices_and_lost_factors_are_two_lists(person, first) -> None:
    proposed(first, factories.person())
    assert list(queries.resets_under_way()) == []
    asked(person)
    assert (queries.waiting().count(), queries.resets_under_way().count()) == (1, 1)
