"""The back office: days at the end of the calendar, what the trail tells, who may be an administrator."""

import pytest
from django.urls import reverse

from marketplace.accounts.roles import Role
from marketplace.administration import trail
from marketplace.administration.trail import Asked
from marketplace.profiles import services as profiles
from marketplace.structure import services as structure
from tests import factories
from tests.administration.staff import office
from tests.profiles import people as profiled
from tests.tasks.web_adjudication.stage import at_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize(
    "asked", [{"last": "9999-12-31"}, {"first": "0001-01-01"}, {"first": "0001-01-01", "last": "0001-01-01"}]
)
def test_the_trail_bears_every_day(asked) -> None:
    client = at_browser(office(Role.AUDIT_ADMIN))
    client.raise_request_exception = False
    assert client.get(reverse("administration:trail"), asked).status_code in {200, 422}
    assert client.post(reverse("administration:export"), {**asked, "format": "csv"}).status_code in {200, 422}


def test_an_office_until_the_last_of_days() -> None:
    person = factories.person()
    client = at_browser(office(Role.SECURITY_ADMIN))
    client.raise_request_exception = False
    said = {"person": person.public_id, "act": "GIVE", "role": "OBSERVER", "until": "9999-12-31", "reason": "x"}
    assert client.post(reverse("administration:propose"), said).status_code in {302, 422}


def test_the_trail_does_not_tell_who_sits_where() -> None:
    owner, person = factories.person(), factories.person()
    house = factories.organisation(owner)
    factories.member(house, person)
    room = structure.open_department(organisation_id=house.public_id, actor=owner, name="研发部")
    structure.place_member(
        organisation_id=house.public_id, member_id=person.public_id, actor=owner, department_id=room.public_id
    )
    lines, _more = trail.page(Asked(about=house.public_id), mark="", size=100)
    assert not [one for one in lines if one.subject == person.public_id and room.public_id in one.data]


def test_an_administrator_changes_no_draft_of_before() -> None:
    from marketplace.accounts import services as accounts
    from marketplace.accounts.roles import Scope
    from marketplace.kernel.errors import Refusal
    from tasks.challenges import services as posting

    person = factories.person()
    draft = posting.draft_challenge(actor=person, content=factories.posting_content(), sponsor=None)
    accounts.grant_role(user=person, role=Role.SYSTEM_ADMIN, scope=Scope.PLATFORM)
    with pytest.raises(Refusal):
        posting.edit_challenge(public_id=draft.public_id, actor=person, content=factories.posting_content(title="改"))


def test_an_administrator_offers_no_services_in_the_directory() -> None:
    from marketplace.kernel.errors import Refusal

    person = office(Role.SECURITY_ADMIN)
    factories.region()
    profiled.profile_of(person)
    with pytest.raises(Refusal):
        profiles.publish(actor=person)
