"""Garbage in addresses, and pages whose queries grow with their rows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.accounts.roles import Role
from marketplace.structure import services as structure
from tests import factories
from tests.administration.staff import office, proposed
from tests.consents.test_answers import days
from tests.profiles.people import published
from tests.tasks.web_adjudication.stage import at_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

GARBAGE = [
    "",
    "-1",
    "0",
    "99999999999999999999",
    "9" * 5000,
    "\u0660",
    "a'\"<",
    "%",
    "\\",
    "\ufffd",
    "\x00",
    "1e9",
    "[]",
    "last",
]
NAMES = [
    "page",
    "q",
    "kind",
    "region",
    "field",
    "availability",
    "sponsor_class",
    "person",
    "role",
    "ended",
    "about",
    "actor",
    "first",
    "last",
    "below",
    "as",
    "act",
]


@pytest.mark.parametrize("name", NAMES)
def test_garbage_in_an_address_is_no_fault(name) -> None:
    auditor, security = at_browser(office(Role.AUDIT_ADMIN)), at_browser(office(Role.SECURITY_ADMIN))
    officer = at_browser(factories.officer_with(Role.REGION_ADMIN))
    pages = [
        (Client(), "accounts:directory"),
        (Client(), "profiles:directory"),
        (auditor, "administration:trail"),
        (security, "administration:grants"),
        (security, "administration:propose"),
        (officer, "administration:queue"),
    ]
    for client, page in pages:
        client.raise_request_exception = False
        for value in GARBAGE:
            status = client.get(reverse(page), {name: value}).status_code
            assert status < 500, (page, name, value)


def counted(client, address) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def grows(make, client, address) -> tuple[int, int]:
    for _n in range(2):
        make()
    counted(client, address)
    few = counted(client, address)
    for _n in range(6):
        make()
    return few, counted(client, address)


def test_the_directory_of_people_asks_no_more_for_more() -> None:
    few, many = grows(lambda: published(factories.person()), Client(), reverse("profiles:directory"))
    assert many <= few


def test_the_directory_of_organisations_asks_no_more_for_more() -> None:
    few, many = grows(lambda: factories.organisation(factories.person()), Client(), reverse("accounts:directory"))
    assert many <= few


def test_the_office_of_consents_asks_no_more_for_more() -> None:
    from marketplace.consents import services

    client = at_browser(factories.officer_with(Role.REGION_ADMIN))

    def make() -> None:
        services.ask_for_consent(actor=factories.person(), wish=days(employer="某所", region=factories.region()))

    few, many = grows(make, client, reverse("consents:mine"))
    assert many <= few


def test_the_offices_ask_no_more_for_more() -> None:
    proposer = office(Role.SECURITY_ADMIN)
    client = at_browser(office(Role.SECURITY_ADMIN))
    for page in ("administration:grants", "administration:overview"):
        few, many = grows(lambda: proposed(proposer, factories.person()), client, reverse(page))
        assert many <= few, page


def test_the_queue_asks_no_more_for_more() -> None:
    client = at_browser(factories.officer_with(Role.REGION_ADMIN))
    few, many = grows(
        lambda: factories.organisation(factories.person(), verified=False), client, reverse("administration:queue")
    )
    assert many <= few


def test_how_it_is_made_up_asks_no_more_for_more() -> None:
    owner = factories.person()
    house = factories.organisation(owner)
    room = structure.open_department(organisation_id=house.public_id, actor=owner, name="研发部")

    def make() -> None:
        person, other = factories.person(), factories.person()
        factories.member(house, person)
        structure.place_member(
            organisation_id=house.public_id, member_id=person.public_id, actor=owner, department_id=room.public_id
        )
        child = factories.organisation(other)
        structure.propose_parent(organisation_id=child.public_id, actor=other, parent=house.name)

    few, many = grows(make, at_browser(owner), reverse("structure:structure", args=[house.public_id]))
    assert many <= few
