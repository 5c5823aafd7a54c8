"""The back office on pages: who finds which room, a grant from proposal to letter, the queue with and without names."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from marketplace.accounts import services as accounts
from marketplace.accounts.models import RoleGrant, User
from marketplace.accounts.roles import Role, Scope
from marketplace.administration import resetting
from marketplace.administration.models import GrantRequest
from marketplace.identity import documents
from marketplace.identity import services as identity
from marketplace.identity.services import Application
from marketplace.kernel import clock
from marketplace.notices.models import Letter
from tests import clock as movable
from tests import factories, relay
from tests.administration.staff import office, proposed, with_app
from tests.tasks.web_adjudication.stage import at_browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

OVERVIEW, NAMES, NUMBERS, GRANTS = 7, 7, 6, 10
"""Statements that each page costs."""
TYPED = {"act": "GIVE", "role": "REGION_ADMIN", "region": "420100", "reason": "任期开始"}


@pytest.fixture(autouse=True)
def places() -> None:
    factories.region("420000", "湖北省", "Hubei", "PROVINCE")
    factories.region("330000", "浙江省", "Zhejiang", "PROVINCE")
    factories.region("330100", "杭州市", "Hangzhou")
    factories.region()


def page(reader: User, name: str, *args: str, **asked: str) -> str:
    return text_of(at_browser(reader).get(reverse(f"administration:{name}", args=args), asked))


def waiting_name(name: str = "欧阳菡萏", code: str = "420100") -> User:
    person = factories.person(name, known=False)
    document = documents.other("工作证", f"{person.pk:06d}")
    region = factories.region(code)
    identity.apply_for_verification(actor=person, application=Application(name=name, document=document, region=region))
    return person


def test_from_the_form_to_the_letter() -> None:
    first, second = office(Role.SECURITY_ADMIN), office(Role.SECURITY_ADMIN)
    person = factories.person("江汉青")
    User.objects.filter(pk=person.pk).update(language="en")
    until = (clock.now() + timedelta(days=200)).date()
    sent = {**TYPED, "person": person.email, "until": until.isoformat()}
    answer = at_browser(first).post(reverse("administration:propose"), sent)
    row = GrantRequest.objects.get()
    assert answer["Location"].endswith(f"/staff/grants/{row.public_id}/")
    assert "Make 江汉青 region administrator" in page(second, "overview")
    shown = page(second, "request", row.public_id)
    assert "任期开始" in shown
    assert "Wuhan" in shown
    confirmed = at_browser(second).post(
        reverse("administration:confirm", args=[row.public_id]), {"version": row.version}, follow=True
    )
    assert "It holds from now on" in text_of(confirmed)
    listed = page(first, "grants", person=person.public_id)
    assert f"{first} · {second}" in listed
    relay.drain()
    assert "You hold an office from now on: region administrator" in Letter.objects.get(to=person.email).subject


def test_the_second_person_hears_of_it_and_the_first_of_a_refusal() -> None:
    first, second = office(Role.SECURITY_ADMIN), office(Role.SECURITY_ADMIN)
    system, auditor = office(Role.SYSTEM_ADMIN), office(Role.AUDIT_ADMIN)
    row = proposed(first, factories.person())
    relay.drain()
    told = Letter.objects.filter(notice__kind="grant.proposed").values_list("to", flat=True)
    assert (list(told), system.email in told, auditor.email in told) == ([second.email], False, False)
    at_browser(second).post(reverse("administration:refuse", args=[row.public_id]), {"reason": "人选不妥"})
    relay.drain()
    assert Letter.objects.get(notice__kind="grant.refused").to == first.email
    assert "人选不妥" in page(first, "request", row.public_id)


def test_a_lost_office_is_told_as_well() -> None:
    person = office(Role.SUPERVISOR)
    accounts.revoke_role(grant=RoleGrant.objects.get(user=person))
    relay.drain()
    assert Letter.objects.filter(notice__kind="role.revoked", to=person.email).count() == 1


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"person": "nobody@example.org"}, "person", "No open account"),
        ({"reason": ""}, "reason", "required"),
        ({"until": "2001-01-01"}, "until", "over already"),
        ({"role": "AUDIT_ADMIN"}, "region", "whole platform"),
        ({"role": "EMPEROR"}, "role", "valid choice"),
        ({"act": "END"}, "role", "does not hold"),
        ({"region": "999999"}, "region", "valid choice"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(
    change: dict[str, str], field: str, said: str
) -> None:
    sent = {**TYPED, "person": factories.person().email, **change}
    answer = at_browser(office(Role.SECURITY_ADMIN)).post(reverse("administration:propose"), sent)
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    assert f'value="{sent["person"]}"' in answer.content.decode()
    assert not GrantRequest.objects.exists()


def test_somebody_was_first() -> None:
    first, second = office(Role.SECURITY_ADMIN), office(Role.SECURITY_ADMIN)
    row = proposed(first, factories.person())
    answer = at_browser(second).post(reverse("administration:confirm", args=[row.public_id]), {"version": 9})
    assert answer.status_code == 409


def test_a_link_in_the_list_fills_the_form_in() -> None:
    person = factories.officer_with(Role.REGION_ADMIN, code="420000")
    reader = office(Role.SECURITY_ADMIN)
    link = f"?act=END&amp;person={person.public_id}&amp;role=REGION_ADMIN&amp;region=420000"
    assert link in at_browser(reader).get(reverse("administration:grants")).content.decode()
    form = at_browser(reader).get(reverse("administration:propose"), {"act": "END", "person": person.public_id})
    assert f'value="{person.public_id}"' in form.content.decode()


def test_the_list_is_narrowed_by_person_role_and_region() -> None:
    here = factories.officer_with(Role.REGION_ADMIN, code="420100")
    there = factories.officer_with(Role.REGION_ADMIN, code="330000")
    reader = office(Role.AUDIT_ADMIN, name="成明鉴")

    def listed(**asked: str) -> list[User]:
        rows = at_browser(reader).get(reverse("administration:grants"), asked).context["rows"]
        return [grant.user for grant, _place in rows]

    assert set(listed()) == {here, there, reader}
    assert listed(role="AUDIT_ADMIN") == [reader]
    assert listed(region="420000") == [here]
    assert listed(person=there.email) == [there]
    assert listed(person=there.public_id) == [there]
    assert listed(person="明鉴") == [reader]
    accounts.revoke_role(grant=RoleGrant.objects.get(user=here))
    assert here not in listed()
    assert here in listed(ended="on")


def test_a_region_administrator_reads_the_names_of_their_own_region_alone() -> None:
    here, there = waiting_name("武汉等候人"), waiting_name("杭州等候人", "330100")
    house = factories.organisation(factories.person(), verified=False)
    officer = factories.officer_with(Role.REGION_ADMIN, code="420000")
    shown = page(officer, "queue")
    assert str(here) in shown
    assert str(house) in shown
    assert str(there) not in shown
    assert "too long" not in shown
    movable.shift(days=9)
    assert "too long" in page(officer, "queue")


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_the_three_read_numbers_and_no_names(role: Role) -> None:
    person = waiting_name()
    house = factories.organisation(factories.person(), verified=False)
    shown = page(office(role), "queue")
    assert "Wuhan" in shown
    for name in (str(person), str(house), house.name):
        assert name not in shown


def test_a_region_administrator_acts_in_their_region_alone() -> None:
    """What two persons gave for one region gives nothing in another (H32)."""
    officer = factories.officer_with(Role.REGION_ADMIN, code="330000")
    house = factories.organisation(factories.person(), verified=False)
    answer = at_browser(officer).post(
        reverse("accounts:organisation_verify", args=[house.public_id]), {"sponsor_class": "SME"}
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_with_one_row_and_with_three(number: int, django_assert_num_queries: Any) -> None:
    first = office(Role.SECURITY_ADMIN)
    system = office(Role.SYSTEM_ADMIN)
    officer = factories.officer_with(Role.REGION_ADMIN, code="420000")
    for turn in range(number):
        waiting_name(f"等候人{turn}")
        factories.organisation(factories.person(), verified=False)
        proposed(first, factories.person(), Role.ADJUDICATOR, scope=Scope.REGION, scope_id="420100")
        resetting.ask(actor=with_app(factories.person()), reason="lost")
        row = proposed(first, factories.person(), Role.SUPERVISOR)
        at_browser(system).post(reverse("administration:confirm", args=[row.public_id]))
    for person, name, queries in (
        (system, "overview", OVERVIEW),
        (first, "overview", OVERVIEW),
        (officer, "queue", NAMES),
        (system, "queue", NUMBERS),
        (system, "grants", GRANTS),
    ):
        client = at_browser(person)
        client.get(reverse(f"administration:{name}"))
        with django_assert_num_queries(queries):
            assert client.get(reverse(f"administration:{name}")).status_code == 200


def test_the_menu_leads_there_whoever_works_there() -> None:
    for person, leads in ((office(Role.AUDIT_ADMIN), True), (factories.person(), False)):
        menu = at_browser(person).get(reverse("accounts:profile")).content.decode()
        assert (reverse("administration:overview") in menu) == leads
