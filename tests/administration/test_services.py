"""Two persons give an office or end it: proposed by one, confirmed by another, never for oneself (I18)."""

from datetime import timedelta
from typing import Any

import pytest

from marketplace.accounts import appointing, queries
from marketplace.accounts.models import RoleGrant, User
from marketplace.accounts.roles import Role, Scope
from marketplace.administration import services
from marketplace.administration.lifecycle import STEPS, RequestState
from marketplace.administration.models import Act, GrantRequest
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.outbox.models import Fact
from marketplace.privacy.copies import copy_of
from tests import clock as movable
from tests import factories
from tests.administration.staff import change, office, proposed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def first() -> User:
    return office(Role.SECURITY_ADMIN, name="安一")


@pytest.fixture
def second() -> User:
    return office(Role.SECURITY_ADMIN, name="安二")


@pytest.fixture
def person() -> User:
    return factories.person()


def told(row: GrantRequest) -> list[tuple[str, str, str]]:
    facts = Fact.objects.filter(stream=f"grant:{row.public_id}").order_by("sequence")
    return [(fact.kind, fact.actor, fact.role) for fact in facts]


def test_confirmed_it_is_a_grant_with_both_names_and_the_person_signs_in_anew(first, second, person) -> None:
    epoch = person.session_epoch
    row = proposed(first, person, Role.REGION_ADMIN, scope=Scope.REGION, scope_id=factories.region().code)
    assert not RoleGrant.objects.filter(user=person).exists()
    services.confirm(public_id=row.public_id, actor=second, version=row.version)
    grant = RoleGrant.objects.get(user=person)
    assert (grant.granted_by, grant.confirmed_by, grant.role) == (first, second, Role.REGION_ADMIN)
    assert User.objects.get(pk=person.pk).session_epoch == epoch + 1
    assert told(row) == [
        ("grant.proposed", first.public_id, "SECURITY_ADMIN"),
        ("grant.confirmed", second.public_id, "SECURITY_ADMIN"),
    ]
    granted = Fact.objects.get(stream=f"user:{person.public_id}", kind="role.granted")
    assert (granted.actor, granted.role) == (second.public_id, "SECURITY_ADMIN")


def test_an_end_takes_two_persons_as_well(first, second) -> None:
    person = office(Role.SUPERVISOR)
    row = proposed(first, person, Role.SUPERVISOR, act=Act.END)
    assert queries.holds(person, Role.SUPERVISOR, region=factories.region())
    services.confirm(public_id=row.public_id, actor=second)
    assert not queries.holds(person, Role.SUPERVISOR, region=factories.region())
    assert Fact.objects.filter(stream=f"user:{person.public_id}", kind="role.revoked").count() == 1


def test_a_grant_with_another_end_takes_the_place_of_the_old_one(first, second) -> None:
    person = office(Role.SUPERVISOR)
    until = clock.now() + timedelta(days=30)
    row = proposed(first, person, Role.SUPERVISOR, until=until)
    services.confirm(public_id=row.public_id, actor=second)
    assert [grant.valid_until for grant in queries.grants_of(person)] == [until]


def test_nobody_proposes_or_decides_for_themselves_nor_alone(first, second, person) -> None:
    with pytest.raises(Refusal, match="about you"):
        proposed(first, first, Role.OBSERVER)
    mine, about_second = proposed(first, person), proposed(first, second, Role.SECURITY_ADMIN, act=Act.END)
    for row, actor in ((mine, first), (about_second, second)):
        for act in (services.confirm, lambda **said: services.refuse(reason="不", **said)):
            with pytest.raises(Refusal, match="somebody else must decide"):
                act(public_id=row.public_id, actor=actor)
    assert {row.state for row in GrantRequest.objects.all()} == {"PROPOSED"}


@pytest.mark.parametrize("role", [None, *(one for one in Role if one != Role.SECURITY_ADMIN)])
def test_only_security_administrators_propose(role: Role | None, person) -> None:
    actor = office(role) if role else factories.person()
    with pytest.raises(Refusal):
        proposed(actor, person)


@pytest.mark.parametrize("role", [None, *(one for one in Role if one != Role.SECURITY_ADMIN)])
def test_beside_another_security_administrator_nobody_else_decides(role: Role | None, first, second, person) -> None:
    actor = office(role) if role else factories.person()
    row = proposed(first, person)
    with pytest.raises(Refusal):
        services.confirm(public_id=row.public_id, actor=actor)
    with pytest.raises(Refusal):
        services.refuse(public_id=row.public_id, actor=actor, reason="不")


def test_a_lone_security_administrator_is_joined_by_the_system_administrator(first, person) -> None:
    row, system = proposed(first, person), office(Role.SYSTEM_ADMIN)
    services.confirm(public_id=row.public_id, actor=system)
    assert told(row)[-1] == ("grant.confirmed", system.public_id, "SYSTEM_ADMIN")
    assert RoleGrant.objects.get(user=person).confirmed_by == system


def test_an_audit_administrator_never_does(first, person) -> None:
    row, auditor = proposed(first, person), office(Role.AUDIT_ADMIN)
    for act in (services.confirm, services.withdraw):
        with pytest.raises(Refusal):
            act(public_id=row.public_id, actor=auditor)


def test_whoever_proposed_must_still_be_in_office(first, second, person) -> None:
    row = proposed(first, person)
    appointing.dismiss(user=first, role=Role.SECURITY_ADMIN)
    with pytest.raises(Refusal):
        services.confirm(public_id=row.public_id, actor=second)
    assert not RoleGrant.objects.filter(user=person).exists()


def test_what_has_become_impossible_is_not_confirmed(first, second, person) -> None:
    row = proposed(first, person, Role.AUDIT_ADMIN)
    factories.organisation(person)
    with pytest.raises(Refusal, match="belongs to an organisation"):
        services.confirm(public_id=row.public_id, actor=second)
    assert GrantRequest.objects.get().state == RequestState.PROPOSED


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"until": "past"}, "until"),
        ({"role": Role.AUDIT_ADMIN, "scope": Scope.REGION, "scope_id": "420100"}, "region"),
        ({"act": Act.END}, "role"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(first, person, said: dict[str, Any], field: str) -> None:
    if "until" in said:
        said = {"until": clock.now() - timedelta(seconds=1)}
    with pytest.raises(Refusal) as refused:
        services.propose(actor=first, person=person.public_id, change=change(**said))
    assert refused.value.field == field
    assert not GrantRequest.objects.exists()


def test_unknown_unconfirmed_and_closed_accounts_are_answered_alike(first) -> None:
    unconfirmed, closed = factories.person(verified=False), factories.person()
    User.objects.filter(pk=closed.pk).update(is_active=False)
    heard = set()
    named = ("nobody@example.org", "0" * 16, "' OR 1=1", unconfirmed.email, unconfirmed.public_id, closed.email)
    for one in (*named, closed.public_id):
        with pytest.raises(Refusal) as refused:
            services.propose(actor=first, person=one, change=change())
        heard.add((str(refused.value), refused.value.field))
    assert len(heard) == 1


def test_an_address_is_known_in_any_case(first, person) -> None:
    services.propose(actor=first, person=f" {person.email.upper()} ", change=change())
    assert GrantRequest.objects.get().user == person


def test_the_same_is_proposed_once(first, second, person) -> None:
    proposed(first, person)
    with pytest.raises(Stale, match="waiting"):
        proposed(second, person)


def test_a_refusal_says_why_and_changes_nothing(first, second, person) -> None:
    row = proposed(first, person)
    with pytest.raises(Refusal):
        services.refuse(public_id=row.public_id, actor=second, reason="  ")
    services.refuse(public_id=row.public_id, actor=second, reason="人选不妥")
    assert not RoleGrant.objects.filter(user=person).exists()
    assert Fact.objects.get(kind="grant.refused").reason == "人选不妥"


def test_only_whoever_proposed_withdraws(first, second, person) -> None:
    row = proposed(first, person)
    with pytest.raises(Refusal, match="whoever proposed"):
        services.withdraw(public_id=row.public_id, actor=second)
    services.withdraw(public_id=row.public_id, actor=first)
    assert GrantRequest.objects.get().state == RequestState.WITHDRAWN


def test_after_its_days_it_lapses_with_every_scheduler_stopped(first, second, person, settings: Any) -> None:
    row = proposed(first, person)
    movable.shift(days=settings.GRANT_REQUEST_DAYS)
    with pytest.raises(Refusal, match="lapsed"):
        services.confirm(public_id=row.public_id, actor=second)
    assert services.lapse_due() == 1
    assert services.lapse_due() == 0
    assert GrantRequest.objects.get().state == RequestState.LAPSED


def test_a_lapsed_one_does_not_stand_in_the_way_of_the_next(first, person, settings: Any) -> None:
    proposed(first, person)
    movable.shift(days=settings.GRANT_REQUEST_DAYS)
    proposed(first, person)
    assert sorted(GrantRequest.objects.values_list("state", flat=True)) == ["LAPSED", "PROPOSED"]


@pytest.mark.parametrize("name", sorted(STEPS))
@pytest.mark.parametrize("state", RequestState)
def test_every_step_from_every_state(first, second, person, name: str, state: RequestState) -> None:
    row = proposed(first, person)
    GrantRequest.objects.filter(pk=row.pk).update(state=state)
    acts = {
        "confirm": lambda: services.confirm(public_id=row.public_id, actor=second),
        "refuse": lambda: services.refuse(public_id=row.public_id, actor=second, reason="不"),
        "withdraw": lambda: services.withdraw(public_id=row.public_id, actor=first),
        "lapse": lambda: movable.shift(days=60) or services.lapse_due() or pytest.fail("nothing lapsed"),
    }
    if state in STEPS[name].sources:
        acts[name]()
        assert GrantRequest.objects.get(pk=row.pk).state == STEPS[name].target
        return
    with pytest.raises((Refusal, Stale, pytest.fail.Exception)):
        acts[name]()
    assert GrantRequest.objects.get(pk=row.pk).state == state


def test_another_version_is_stale_and_another_id_is_not_there(first, second, person) -> None:
    row = proposed(first, person)
    with pytest.raises(Stale):
        services.confirm(public_id=row.public_id, actor=second, version=row.version + 1)
    with pytest.raises(NotFound):
        services.confirm(public_id="0" * 16, actor=second)


def test_the_person_concerned_reads_the_reason_once_it_is_decided(first, second, person) -> None:
    row = proposed(first, person, reason="任期内失职")
    assert "任期内失职" not in copy_of(person)
    services.refuse(public_id=row.public_id, actor=second, reason="no")
    assert "任期内失职" in copy_of(person)
