"""Registering, verifying, sending back and correcting organisations: who may, and what a refusal leaves."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.accounts import services
from marketplace.accounts.models import Membership, Organisation, User
from marketplace.accounts.roles import Role
from marketplace.outbox.models import Fact
from tests import factories

pytestmark = pytest.mark.django_db


def as_person(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, organisation: Organisation) -> str:
    return reverse(f"accounts:{name}", args=[organisation.public_id])


def pending(owner: User | None = None, code: str = "420100") -> Organisation:
    return factories.organisation(owner or factories.person(), code=code, verified=False)


def returned(owner: User) -> Organisation:
    made = pending(owner)
    admin = factories.officer_with(Role.REGION_ADMIN)
    return services.return_organisation(public_id=made.public_id, actor=admin, reason="执照不清晰")


def form_of(**changes: str) -> dict[str, Any]:
    factories.region()
    plain = {
        "kind": "SPACE",
        "name": "光谷众创空间",
        "name_en": "",
        "uscc": factories.credit_code(7_000_001),
        "region": "420100",
    }
    return {**plain, "file": factories.scan_of_a_letter(), **changes}


def state_of(organisation: Organisation) -> tuple[object, ...]:
    organisation.refresh_from_db()
    return (*vars(organisation).values(), Fact.objects.count())[1:]


def test_an_innovation_space_is_registered_and_waits_for_its_region() -> None:
    owner = factories.person()
    answer = as_person(owner).post(reverse("accounts:organisation_new"), form_of(uscc="9111 0000 6000 37341l"))
    made = Organisation.objects.get()
    assert answer["Location"] == page("organisation", made)
    assert (made.kind, made.state, made.uscc) == ("SPACE", "PENDING", "91110000600037341L")
    assert made.memberships.get().user == owner
    admin = as_person(factories.officer_with(Role.REGION_ADMIN))
    assert list(admin.get(reverse("accounts:organisations")).context["pending"]) == [made]


BAD_PARTICULARS: tuple[tuple[str, str], ...] = (
    ("kind", "KINGDOM"),
    ("name", ""),
    ("name", "长" * 121),
    ("name", "x" * 100_000),
    ("name", "甲\u202e乙"),
    ("name_en", "x" * 201),
    ("uscc", "91110000600037341M"),
    ("uscc", "'; DROP TABLE accounts_organisation; --"),
    ("region", "999999"),
    ("region", ""),
)


def test_bad_particulars_are_told_beside_the_field_and_kept() -> None:
    client = as_person(factories.person())
    for field, value in BAD_PARTICULARS:
        answer = client.post(reverse("accounts:organisation_new"), form_of(**{field: value}))
        form = answer.context["form"]
        assert (answer.status_code, list(form.errors)) == (422, [field])
        assert form[field].value() == value
    assert not Organisation.objects.exists()
    assert not Fact.objects.exists()


def test_a_code_is_registered_once() -> None:
    code = "91110000600037341L"
    as_person(factories.person()).post(reverse("accounts:organisation_new"), form_of(uscc=code))
    again = as_person(factories.person()).post(reverse("accounts:organisation_new"), form_of(uscc=code))
    assert again.status_code == 422
    assert list(again.context["form"].errors) == ["uscc"]
    assert Organisation.objects.count() == Membership.objects.count() == 1


def test_before_verification_only_its_people_and_its_administrators_see_it() -> None:
    owner = factories.person()
    made = pending(owner)
    readers = {
        "anonymous": Client(),
        "stranger": as_person(factories.person()),
        "administrator elsewhere": as_person(factories.officer_with(Role.REGION_ADMIN, code="330000")),
        "owner": as_person(owner),
        "administrator": as_person(factories.officer_with(Role.REGION_ADMIN)),
    }
    seen = {who: client.get(page("organisation", made)).status_code for who, client in readers.items()}
    assert seen == {
        "anonymous": 404,
        "stranger": 404,
        "administrator elsewhere": 404,
        "owner": 200,
        "administrator": 200,
    }


def test_once_verified_everybody_sees_it_but_not_its_people() -> None:
    owner = factories.person("掌柜")
    made = factories.organisation(owner)
    public = Client().get(page("organisation", made))
    assert public.status_code == 200
    assert "掌柜" not in public.content.decode()
    assert "掌柜" in as_person(owner).get(page("organisation", made)).content.decode()


def test_its_page_lists_its_public_challenges_only() -> None:
    challenge = factories.open_challenge()
    assert challenge.sponsor
    factories.posting.draft_challenge(
        actor=challenge.author,
        sponsor=challenge.sponsor,
        content=factories.posting_content(title="尚未公开的草稿"),
    )
    text = Client().get(page("organisation", challenge.sponsor)).content.decode()
    assert challenge.title in text
    assert "尚未公开的草稿" not in text


def test_verifying_sets_the_class() -> None:
    made = pending()
    admin = as_person(factories.officer_with(Role.REGION_ADMIN))
    answer = admin.post(page("organisation_verify", made), {"sponsor_class": "SME", "version": made.version})
    assert answer["Location"] == page("organisation", made)
    made.refresh_from_db()
    assert (made.state, made.sponsor_class) == ("VERIFIED", "SME")


def test_sending_back_needs_a_reason_that_its_officers_then_read() -> None:
    owner = factories.person()
    made = pending(owner)
    admin = as_person(factories.officer_with(Role.REGION_ADMIN))
    empty = admin.post(page("organisation_return", made), {"reason": "  ", "version": made.version})
    assert empty.status_code == 422
    assert list(empty.context["return_form"].errors) == ["reason"]
    admin.post(page("organisation_return", made), {"reason": "<b>执照</b>不清晰", "version": made.version})
    made.refresh_from_db()
    assert made.state == "RETURNED"
    assert "&lt;b&gt;执照&lt;/b&gt;不清晰" in as_person(owner).get(page("organisation", made)).content.decode()


def test_a_corrected_application_waits_again() -> None:
    owner = factories.person()
    made = returned(owner)
    client = as_person(owner)
    assert "执照不清晰" in client.get(page("organisation_resubmit", made)).content.decode()
    client.post(page("organisation_resubmit", made), form_of(name="光谷众创", version=str(made.version)))
    made.refresh_from_db()
    assert (made.state, made.name) == ("PENDING", "光谷众创")


FOREIGN = {"organisation_verify": {"sponsor_class": "SME"}, "organisation_return": {"reason": "不"}}


@pytest.mark.parametrize("verb", [*FOREIGN, "organisation_resubmit"])
def test_who_may_not_changes_nothing(verb: str) -> None:
    owner, member = factories.person(), factories.person()
    made = returned(owner) if verb == "organisation_resubmit" else pending(owner)
    factories.member(made, member)
    clients = {
        "anonymous": Client(),
        "stranger": as_person(factories.person()),
        "administrator elsewhere": as_person(factories.officer_with(Role.REGION_ADMIN, code="330000")),
        "member": as_person(member),
    }
    if verb in FOREIGN:
        clients["owner"] = as_person(owner)
    data = {**FOREIGN.get(verb, form_of()), "version": str(made.version)}
    before = state_of(made)
    answers = {who: client.post(page(verb, made), data).status_code for who, client in clients.items()}
    expected = {"anonymous": 302, "stranger": 404, "administrator elsewhere": 404, "member": 422, "owner": 422}
    assert answers == {who: expected[who] for who in clients}
    assert state_of(made) == before


def test_a_correction_of_another_version_is_told_and_kept() -> None:
    owner = factories.person()
    made = returned(owner)
    before = state_of(made)
    answer = as_person(owner).post(page("organisation_resubmit", made), form_of(name="光谷众创", version="999"))
    assert (answer.status_code, answer.context["form"]["name"].value()) == (409, "光谷众创")
    assert state_of(made) == before


def test_an_administrator_does_not_verify_his_own_organisation() -> None:
    admin = factories.officer_with(Role.REGION_ADMIN)
    made = pending(admin)
    before = state_of(made)
    answer = as_person(admin).post(page("organisation_verify", made), {"version": made.version})
    assert answer.status_code == 422
    assert state_of(made) == before


def test_of_two_administrators_the_second_is_told() -> None:
    made = pending()
    first, second = (as_person(factories.officer_with(Role.REGION_ADMIN)) for _ in range(2))
    data = {"reason": "名称与执照不符", "version": made.version}
    first.post(page("organisation_verify", made), data)
    before = state_of(made)
    answer = second.post(page("organisation_return", made), data)
    assert answer.status_code == 409
    assert answer.context["failed"]["reason"].value() == "名称与执照不符"
    assert state_of(made) == before


def test_a_verb_opened_as_a_page_leads_to_the_organisation() -> None:
    made = pending()
    admin = as_person(factories.officer_with(Role.REGION_ADMIN))
    for verb in ("organisation_verify", "organisation_return"):
        assert admin.get(page(verb, made))["Location"] == page("organisation", made)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(rows: int, django_assert_num_queries) -> None:
    admin = factories.officer_with(Role.REGION_ADMIN)
    for _ in range(rows):
        pending()
        factories.organisation(admin, code="330100")
    client = as_person(admin)
    with django_assert_num_queries(6):
        client.get(reverse("accounts:organisations"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_three_people_as_for_one(rows: int, django_assert_num_queries) -> None:
    owner = factories.person()
    made = factories.organisation(owner)
    for _ in range(rows):
        factories.member(made, factories.person())
    client = as_person(owner)
    with django_assert_num_queries(13):
        client.get(page("organisation", made))
