"""Two people at once: one request decided twice, two offices that exclude each other (house check 3, I18)."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace.accounts import appointing, queries
from marketplace.accounts.models import RoleGrant, User
from marketplace.accounts.roles import ADMINISTRATION, Role, Scope
from marketplace.administration import services
from marketplace.administration.models import GrantRequest
from marketplace.kernel.errors import Expected
from marketplace.outbox.models import Fact
from tests import factories
from tests.administration.staff import office, proposed
from tests.hands import together

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 6
Hand = Callable[[], Any]


def failures(results: list[Any]) -> list[Exception]:
    found = [one for one in results if isinstance(one, Exception)]
    assert all(isinstance(one, Expected) for one in found), found
    return found


def confirming(row: GrantRequest, actor: User) -> Hand:
    return lambda: services.confirm(public_id=row.public_id, actor=actor)


def withdrawing(row: GrantRequest, actor: User) -> Hand:
    return lambda: services.withdraw(public_id=row.public_id, actor=actor)


def appointed(person: User, role: Role) -> Hand:
    return lambda: appointing.appoint(user=person, role=role, scope=Scope.PLATFORM)


def test_one_request_is_decided_once() -> None:
    first, *others = (office(Role.SECURITY_ADMIN) for _one in range(3))
    for _round in range(ROUNDS):
        person = factories.person()
        row = proposed(first, person)
        assert len(failures(together(*(confirming(row, one) for one in others)))) == 1
        assert RoleGrant.objects.filter(user=person).count() == 1
        assert Fact.objects.filter(stream=f"grant:{row.public_id}", kind="grant.confirmed").count() == 1


def test_withdrawn_or_confirmed_never_both() -> None:
    first, second = office(Role.SECURITY_ADMIN), office(Role.SECURITY_ADMIN)
    for _round in range(ROUNDS):
        person = factories.person()
        row = proposed(first, person)
        assert len(failures(together(confirming(row, second), withdrawing(row, first)))) == 1
        state = GrantRequest.objects.get(pk=row.pk).state
        assert RoleGrant.objects.filter(user=person).exists() == (state == "CONFIRMED")


def test_of_two_that_exclude_each_other_through_both_doors_one_is_given() -> None:
    first, second = office(Role.SECURITY_ADMIN), office(Role.SECURITY_ADMIN)
    for role, other in ((Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN), (Role.AUDIT_ADMIN, Role.ADJUDICATOR)) * (ROUNDS // 2):
        person = factories.person()
        row = proposed(first, person, other)
        assert len(failures(together(confirming(row, second), appointed(person, role)))) == 1
        assert len({grant.role for grant in queries.grants_of(person)} & (ADMINISTRATION | {other})) == 1
