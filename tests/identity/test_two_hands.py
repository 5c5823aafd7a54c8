"""Two people at once: one document for two accounts, two officers, two windows, one invitation (house check 3)."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace.accounts import membership, queries
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.identity import services
from marketplace.identity.models import RealNameVerification
from marketplace.kernel.errors import Expected
from marketplace.outbox.models import Fact
from tests import factories
from tests.hands import together
from tests.identity.test_documents import card
from tests.identity.test_services import application

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 6


def failures(results: list[Any]) -> list[Exception]:
    found = [one for one in results if isinstance(one, Exception)]
    assert all(isinstance(one, Expected) for one in found), found
    return found


def said(person: User, number: str) -> RealNameVerification:
    return services.apply_for_verification(actor=person, application=application(number))


def verifying(row: RealNameVerification, number: str) -> Callable[[], RealNameVerification]:
    officer = factories.officer_with(Role.REGION_ADMIN)
    return lambda: services.verify(public_id=row.public_id, actor=officer, number_read=number)


def facts(kind: str) -> int:
    return Fact.objects.filter(kind=kind).count()


def test_one_document_verifies_one_account_whoever_is_first() -> None:
    for number in map(card, range(ROUNDS)):
        rows = [said(factories.person(known=False), number) for _one in range(2)]
        before = facts("real_name.verified")
        assert len(failures(together(*(verifying(row, number) for row in rows)))) == 1
        kept = RealNameVerification.objects.filter(pk__in=[row.pk for row in rows])
        assert sorted(kept.values_list("state", flat=True)) == ["PENDING", "VERIFIED"]
        assert facts("real_name.verified") == before + 1


def test_two_officers_decide_once() -> None:
    for number in map(card, range(ROUNDS)):
        row = said(factories.person(known=False), number)
        officer = factories.officer_with(Role.REGION_ADMIN)
        back = lambda row=row, officer=officer: services.return_application(  # noqa: E731  # beside its other hand
            public_id=row.public_id, actor=officer, reason="不符"
        )
        assert len(failures(together(verifying(row, number), back))) == 1
        decided = Fact.objects.filter(subject=row.public_id, kind__in=["real_name.verified", "real_name.returned"])
        assert decided.count() == 1


def test_two_windows_say_it_once() -> None:
    for number in map(card, range(ROUNDS)):
        person = factories.person(known=False)
        act = lambda person=person, number=number: said(person, number)  # noqa: E731  # one act, two hands
        failures(together(act, act))
        assert RealNameVerification.objects.filter(user=person).count() == 1


def test_one_invitation_makes_one_membership() -> None:
    owner = factories.person()
    house = factories.organisation(owner)
    for _round in range(ROUNDS):
        guest = factories.person()
        asked = membership.invite(organisation_id=house.public_id, actor=owner, email=guest.email, place="MEMBER")
        act = lambda guest=guest, asked=asked: membership.accept_invitation(  # noqa: E731  # one act, two hands
            public_id=asked.public_id, actor=guest
        )
        assert len(failures(together(act, act))) == 1
        assert queries.members_of(house).filter(user=guest).count() == 1


def test_an_owner_who_hands_over_and_an_heir_who_leaves_never_leave_a_house_without_one() -> None:
    for _round in range(ROUNDS):
        owner, heir = factories.person(), factories.person()
        house = factories.organisation(owner)
        factories.member(house, heir)
        handing = lambda house=house, owner=owner, heir=heir: membership.hand_over(  # noqa: E731  # beside the other hand
            organisation_id=house.public_id, member_id=heir.public_id, actor=owner
        )
        leaving = lambda house=house, heir=heir: membership.leave(  # noqa: E731  # beside the other hand
            organisation_id=house.public_id, actor=heir
        )
        failures(together(handing, leaving))
        assert queries.members_of(house).filter(place="OWNER").count() == 1
