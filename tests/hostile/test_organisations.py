"""Expiry, renewal, release by two hands, joining by domain: what somebody alone can bend."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.accounts import membership, services, supervising
from marketplace.accounts import queries as people
from marketplace.accounts.models import Membership
from marketplace.accounts.particulars import Particulars
from marketplace.accounts.roles import Role
from marketplace.kernel.errors import Refusal
from marketplace.notices.models import Letter, Notice
from marketplace.structure import claiming
from marketplace.structure import queries as made_up
from marketplace.structure import services as structure
from tests import clock as movable
from tests import factories
from tests.relay import drain
from tests.structure.test_domains import join, proved, with_address
from tests.tasks.web_adjudication.stage import at_browser, text_of

pytestmark = pytest.mark.django_db


def expired(house):
    movable.shift(days=366)
    supervising.keep_verifications()
    house.refresh_from_db()
    assert house.state == "EXPIRED"


def renamed(house, owner, name="清华大学"):
    return services.resubmit_organisation(
        public_id=house.public_id,
        actor=owner,
        particulars=Particulars(
            kind="UNIVERSITY", name=name, region=factories.region(), uscc=factories.credit_code(99_000_001)
        ),
    )


def test_a_name_nobody_verified_is_not_public() -> None:
    owner = factories.person()
    house = factories.organisation(owner)
    expired(house)
    renamed(house, owner)
    page = Client().get(reverse("accounts:organisation", args=[house.public_id]))
    assert page.status_code == 404 or "清华大学" not in text_of(page)


def test_a_name_nobody_verified_is_not_on_the_parents_page() -> None:
    owner, dean = factories.person(), factories.person()
    child, parent = factories.organisation(owner), factories.organisation(dean)
    made = structure.propose_parent(organisation_id=child.public_id, actor=owner, parent=parent.name)
    structure.confirm_affiliation(organisation_id=parent.public_id, public_id=made.public_id, actor=dean)
    expired(child)
    renamed(child, owner, "国家安全部下属公司")
    page = Client().get(reverse("accounts:organisation", args=[parent.public_id]))
    assert "国家安全部下属公司" not in text_of(page)


def test_a_name_nobody_verified_stands_at_no_public_call() -> None:
    challenge = factories.open_challenge(deadline=factories.clock.now() + timedelta(days=500))
    expired(challenge.sponsor)
    renamed(challenge.sponsor, challenge.author)
    pages = [
        Client().get(f"/challenges/{challenge.public_id}/"),
        Client().get(f"/en/challenges/{challenge.public_id}/"),
    ]
    assert [one.status_code for one in pages] == [200, 200]
    assert all("清华大学" not in text_of(one) for one in pages)


def test_whoever_was_removed_does_not_rejoin_by_themselves() -> None:
    owner = factories.person()
    house = factories.organisation(owner)
    proved(house, owner)
    person = with_address("x@wuhan-battery.example")
    assert join(house, person) == 302
    membership.remove_member(organisation_id=house.public_id, member_id=person.public_id, actor=owner)
    assert join(house, person) == 422


def test_leaving_for_a_minute_does_not_let_one_renew_ones_own_house() -> None:
    owner = factories.person()
    house = factories.organisation(owner)
    officer = factories.officer_with(Role.REGION_ADMIN)
    factories.member(house, officer, Membership.Place.OFFICER)
    expired(house)
    membership.leave(organisation_id=house.public_id, actor=officer)
    with pytest.raises(Refusal):
        supervising.renew_organisation(public_id=house.public_id, actor=officer, by_hand=True)


def test_leaving_for_a_minute_does_not_let_one_restore_ones_own_house() -> None:
    owner = factories.person()
    house = factories.organisation(owner)
    officer = factories.officer_with(Role.SUPERVISOR)
    factories.member(house, officer, Membership.Place.OFFICER)
    supervising.suspend_organisation(
        public_id=house.public_id, actor=factories.officer_with(Role.SUPERVISOR), reason="x"
    )
    membership.leave(organisation_id=house.public_id, actor=officer)
    with pytest.raises(Refusal):
        supervising.restore_organisation(public_id=house.public_id, actor=officer, reason="x")


def test_a_stolen_session_of_the_owner_does_not_make_the_second_hand() -> None:
    """The rule asks for the password «against a single stolen session»; making a second officer does not."""
    owner, second = factories.person(), factories.person()
    house = factories.organisation(owner)
    factories.member(house, second, Membership.Place.OFFICER)
    membership.set_release_rule(organisation_id=house.public_id, actor=owner, by_two=True)
    accomplice = factories.person()
    factories.member(house, accomplice)
    stolen = Client()
    stolen.force_login(owner)
    guarded = stolen.post(reverse("accounts:release_rule", args=[house.public_id]), {"by_two": "0"})
    house.refresh_from_db()
    assert house.released_by_two, "the rule itself needs the password"
    assert guarded.status_code == 302
    stolen.post(reverse("accounts:member_place", args=[house.public_id, accomplice.public_id]), {"place": "OFFICER"})
    assert people.place_of(accomplice, house) == "MEMBER"


def test_a_seat_survives_a_change_of_place() -> None:
    owner, person = factories.person(), factories.person()
    house = factories.organisation(owner)
    factories.member(house, person)
    room = structure.open_department(organisation_id=house.public_id, actor=owner, name="研发部")
    structure.place_member(
        organisation_id=house.public_id, member_id=person.public_id, actor=owner, department_id=room.public_id
    )
    movable.shift(seconds=5)
    membership.change_place(organisation_id=house.public_id, member_id=person.public_id, actor=owner, place="OFFICER")
    assert [one.user for one in made_up.placements_of(house)] == [person]


def test_one_postmaster_is_not_written_to_ten_times_a_day() -> None:
    owner = factories.person()
    house = factories.organisation(owner)
    for _turn in range(10):
        try:
            row = claiming.claim_domain(
                organisation_id=house.public_id, actor=owner, domain="victim.example", mailbox="postmaster"
            )
        except Refusal:
            break
        claiming.give_domain_up(organisation_id=house.public_id, public_id=row.public_id, actor=owner)
    assert Letter.objects.filter(to="postmaster@victim.example").count() <= 3


def test_proposing_and_ending_does_not_flood_the_parents_owner() -> None:
    owner, dean = factories.person(), factories.person()
    child, parent = factories.organisation(owner), factories.organisation(dean)
    for _turn in range(30):
        try:
            made = structure.propose_parent(organisation_id=child.public_id, actor=owner, parent=parent.name)
        except Refusal:
            break
        structure.end_affiliation(organisation_id=child.public_id, public_id=made.public_id, actor=owner)
        drain()
    told = Notice.objects.filter(user=dean, fact__kind="organisation.affiliation_proposed").count()
    assert told < 30


def test_a_suspended_child_is_not_confirmed() -> None:
    owner, dean = factories.person(), factories.person()
    child, parent = factories.organisation(owner), factories.organisation(dean)
    made = structure.propose_parent(organisation_id=child.public_id, actor=owner, parent=parent.name)
    supervising.suspend_organisation(
        public_id=child.public_id, actor=factories.officer_with(Role.SUPERVISOR), reason="x"
    )
    with pytest.raises(Refusal):
        structure.confirm_affiliation(organisation_id=parent.public_id, public_id=made.public_id, actor=dean)


def test_a_mailbox_at_a_freemail_provider_proves_no_domain() -> None:
    owner = factories.person()
    house = factories.organisation(owner)
    with pytest.raises(Refusal):
        claiming.claim_domain(organisation_id=house.public_id, actor=owner, domain="qq.com", mailbox="administrator")


def test_the_seats_page_stays_small() -> None:
    owner = factories.person()
    house = factories.organisation(owner)
    for number in range(60):
        structure.open_department(organisation_id=house.public_id, actor=owner, name=f"部门{number}")
    for _number in range(100):
        factories.member(house, factories.person(known=False))
    page = at_browser(owner).get(reverse("structure:structure", args=[house.public_id]))
    assert len(page.content) < 500_000
