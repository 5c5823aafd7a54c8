"""S5 and S6: a verification ends, is renewed, suspended and restored; who may, and what the others see of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from marketplace.accounts import queries, services, supervising
from marketplace.accounts.lifecycle import RENEWED_BEFORE, VERIFIED_FOR, OrganisationState
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.roles import Role
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.outbox.models import Fact
from tasks.challenges import policy as posting
from tasks.proposals import policy as proposing
from tests import clock as movable
from tests import factories
from tests.tasks.web_adjudication.stage import at_browser, text_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def owner() -> User:
    return factories.person()


@pytest.fixture
def house(owner: User) -> Organisation:
    return factories.organisation(owner)


@pytest.fixture
def office() -> User:
    return factories.officer_with(Role.REGION_ADMIN)


@pytest.fixture
def supervisor() -> User:
    return factories.officer_with(Role.SUPERVISOR)


def later(**by: float) -> int:
    movable.shift(**by)
    return supervising.keep_verifications()


def kinds(house: Organisation) -> list[str]:
    facts = Fact.objects.filter(stream=f"organisation:{house.public_id}").order_by("sequence")
    return [kind.removeprefix("organisation.") for kind in facts.values_list("kind", flat=True)]


def state(house: Organisation) -> str:
    house.refresh_from_db()
    return house.state


def page(name: str, house: Organisation) -> str:
    return reverse(f"accounts:{name}", args=[house.public_id])


def test_a_verification_holds_a_year_and_its_end_is_told_once(house: Organisation, owner: User) -> None:
    assert house.verified_until is not None
    assert timedelta() <= clock.now() + VERIFIED_FOR - house.verified_until < timedelta(minutes=1)
    assert [later(days=334), later(days=2), later(days=2)] == [0, 0, 0]
    assert kinds(house) == ["registered", "verified", "ends_soon"]
    assert [later(days=26), later(days=2), later(days=2)] == [0, 1, 0]
    assert (state(house), kinds(house)[-1]) == ("EXPIRED", "expired")
    assert not posting.may_post_for(owner, house)
    assert proposing.wrong_name(owner, house) is not None


def test_an_expired_house_stays_public_and_is_handed_in_again(house: Organisation, owner: User, office: User) -> None:
    later(days=366)
    assert "verification expired" in text_of(at_browser(factories.person()).get("/en" + page("organisation", house)))
    client = at_browser(owner)
    form: dict[str, Any] = {"kind": "ENTERPRISE", "name": "新名", "uscc": house.uscc, "region": "420100"}
    house.refresh_from_db()
    client.post(page("organisation_resubmit", house), {**form, "version": house.version})
    was = house.name
    assert (state(house), house.name) == ("PENDING", was)
    assert "新名" not in text_of(at_browser(factories.person()).get(page("organisation", house)))
    assert "新名" in text_of(at_browser(office).get(page("organisation", house)))
    assert queries.organisation_seen_by(house.public_id, factories.person()) == house
    services.verify_organisation(public_id=house.public_id, actor=office)
    house.refresh_from_db()
    assert (house.name, house.corrections) == ("新名", None)
    assert house.verified_until is not None
    assert house.verified_until > clock.now() + VERIFIED_FOR - DAY


@pytest.mark.parametrize("days", [310, 400])
def test_an_office_renews_what_ends_soon_or_has_ended(house: Organisation, office: User, days: int) -> None:
    client = at_browser(office)
    assert client.get(reverse("accounts:organisations")).context["pending"].count() == 0
    later(days=days)
    assert [one.pk for one in client.get(reverse("accounts:organisations")).context["pending"]] == [house.pk]
    assert "Renewal" in text_of(client.get("/en" + page("organisation", house)))
    client.post(page("organisation_renew", house), {"version": Organisation.objects.get().version})
    assert (state(house), kinds(house)[-1]) == ("VERIFIED", "renewed")
    assert [later(days=330), later(days=36)] == [0, 1]
    assert kinds(house)[-2:] == ["ends_soon", "expired"]


def test_nobody_renews_too_early_or_for_themselves(house: Organisation, owner: User, office: User) -> None:
    early = at_browser(office).post(page("organisation_renew", house), {"version": house.version})
    assert early.status_code == 422
    movable.shift(days=(VERIFIED_FOR - RENEWED_BEFORE).days + 1)
    for other in (owner, factories.person(), factories.officer_with(Role.REGION_ADMIN, code="33")):
        assert at_browser(other).post(page("organisation_renew", house), {"version": house.version}).status_code == 422
    factories.member(house, office)
    with pytest.raises(Refusal):
        supervising.renew_organisation(public_id=house.public_id, actor=office)
    assert kinds(house)[:2] == ["registered", "verified"]
    assert "renewed" not in kinds(house)


def test_a_suspended_house_neither_posts_nor_proposes(house: Organisation, owner: User, supervisor: User) -> None:
    client = at_browser(supervisor)
    said = {"reason": "经核查,材料失实", "version": house.version}
    client.post(page("organisation_suspend", house), said)
    assert state(house) == "SUSPENDED"
    assert not posting.may_post_for(owner, house)
    assert proposing.wrong_name(owner, house) is not None
    where = page("organisation", house)
    told = [said["reason"] in text_of(at_browser(one).get(where)) for one in (owner, supervisor, factories.person())]
    assert told == [True, True, False]
    client.post(page("organisation_restore", house), {"reason": "已更正", "version": house.version})
    assert (state(house), kinds(house)[-2:]) == ("VERIFIED", ["suspended", "restored"])
    assert posting.may_post_for(owner, house)


def test_only_a_supervisor_of_the_region_suspends_and_says_why(house: Organisation, owner: User) -> None:
    inside = factories.officer_with(Role.SUPERVISOR)
    factories.member(house, inside)
    house.refresh_from_db()
    others = (
        owner,
        inside,
        factories.officer_with(Role.REGION_ADMIN),
        factories.officer_with(Role.SUPERVISOR, code="33"),
    )
    for other in others:
        sent = {"reason": "不", "version": house.version}
        assert at_browser(other).post(page("organisation_suspend", house), sent).status_code == 422
    with pytest.raises(Refusal):
        supervising.suspend_organisation(
            public_id=house.public_id, actor=factories.officer_with(Role.SUPERVISOR), reason=" "
        )
    assert state(house) == "VERIFIED"


def test_a_suspended_house_does_not_expire_until_it_is_restored(house: Organisation, supervisor: User) -> None:
    supervising.suspend_organisation(public_id=house.public_id, actor=supervisor, reason="核查")
    assert later(days=400) == 0
    assert state(house) == OrganisationState.SUSPENDED
    supervising.restore_organisation(public_id=house.public_id, actor=supervisor, reason="已更正")
    assert supervising.keep_verifications() == 1


def test_a_register_that_disagrees_needs_the_officers_word(
    house: Organisation, office: User, settings: Any, tmp_path: Any
) -> None:
    listed = tmp_path / "register.csv"
    listed.write_text(f"uscc,name,status\n{house.uscc},{house.name},注销\n", encoding="utf-8")
    settings.REGISTER_FILE = str(listed)
    movable.shift(days=320)
    client = at_browser(office)
    refused = client.post(page("organisation_renew", house), {"version": house.version})
    assert list(refused.context["renew_form"].errors) == ["by_hand"]
    client.post(page("organisation_renew", house), {"version": house.version, "by_hand": "on"})
    assert Fact.objects.get(kind="organisation.renewed").data == {"register": "STANDING", "by_hand": True}
