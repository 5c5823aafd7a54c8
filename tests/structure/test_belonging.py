"""Departments with who sits there, and what belongs to what: said by both, seen by everybody, never in a circle."""

from typing import Any

import pytest
from django.urls import reverse

from marketplace.accounts import membership
from marketplace.accounts.models import Organisation, User
from marketplace.kernel.errors import NotFound, Refusal
from marketplace.notices.models import Notice
from marketplace.outbox.models import Fact
from marketplace.structure import queries, services
from marketplace.structure.models import Affiliation, Department, Placement
from tests import factories
from tests.relay import drain
from tests.tasks.web_adjudication.stage import at_browser, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return factories.person("院长")


@pytest.fixture
def house(owner: User) -> Organisation:
    return factories.organisation(owner)


@pytest.fixture
def colleague(house: Organisation) -> User:
    person = factories.person("研究员")
    factories.member(house, person)
    return person


def department(house: Organisation, owner: User, name: str = "材料学院") -> Department:
    return services.open_department(organisation_id=house.public_id, actor=owner, name=name)


def page(house: Organisation, name: str = "structure", *more: str) -> str:
    return reverse(f"structure:{name}", args=[house.public_id, *more])


def seats(house: Organisation) -> list[tuple[str, str]]:
    return [(row.user.display_name, row.department.name) for row in queries.placements_of(house)]


def test_a_department_is_opened_renamed_and_closed(house: Organisation, owner: User) -> None:
    client = at_browser(owner)
    client.post(page(house, "department_open"), {"name": "材料学院"})
    made = Department.objects.get()
    again = client.post(page(house, "department_open"), {"name": "材料学院"})
    assert list(again.context["department_form"].errors) == ["name"]
    client.post(page(house, "department_rename", made.public_id), {"name": "材料科学与工程学院"})
    assert "材料科学与工程学院" in text_of(client.get(page(house)))
    client.post(page(house, "department_close", made.public_id))
    assert "材料科学与工程学院" not in text_of(client.get(page(house)))
    kinds = Fact.objects.filter(subject=made.public_id).order_by("sequence").values_list("kind", flat=True)
    assert [kind.rpartition("_")[2] for kind in kinds] == ["opened", "renamed", "closed"]


def test_who_sits_where_is_kept_with_its_time(house: Organisation, owner: User, colleague: User) -> None:
    first, second = department(house, owner), department(house, owner, "化学学院")
    for chosen in (first, second):
        at_browser(owner).post(page(house, "member_place", colleague.public_id), {"department": chosen.public_id})
    assert seats(house) == [("研究员", "化学学院")]
    assert Placement.objects.exclude(valid_until=None).get().department == first
    services.close_department(organisation_id=house.public_id, public_id=second.public_id, actor=owner)
    assert seats(house) == []


def test_who_left_and_came_back_sits_nowhere(house: Organisation, owner: User, colleague: User) -> None:
    chosen = department(house, owner)
    services.place_member(
        organisation_id=house.public_id, member_id=colleague.public_id, actor=owner, department_id=chosen.public_id
    )
    assert seats(house) == [("研究员", "材料学院")]
    membership.leave(organisation_id=house.public_id, actor=colleague)
    assert seats(house) == []
    factories.member(house, colleague)
    assert seats(house) == []


def test_a_stranger_and_a_foreign_department_are_not_found(house: Organisation, owner: User, colleague: User) -> None:
    other = factories.person()
    elsewhere = department(factories.organisation(other), other, "外单位")
    with pytest.raises(NotFound):
        services.place_member(
            organisation_id=house.public_id,
            member_id=colleague.public_id,
            actor=owner,
            department_id=elsewhere.public_id,
        )
    with pytest.raises(NotFound):
        services.place_member(organisation_id=house.public_id, member_id=other.public_id, actor=owner, department_id="")
    with pytest.raises(Refusal):
        department(house, colleague)
    assert at_browser(other).get(page(house)).status_code == 404


@pytest.fixture
def group() -> Organisation:
    return factories.organisation(factories.person("集团负责人"))


def chief(house: Organisation) -> User:
    return house.memberships.get(place="OWNER").user


def proposed(child: Organisation, parent: Organisation) -> Affiliation:
    return services.propose_parent(organisation_id=child.public_id, actor=chief(child), parent=parent.uscc)


def answer(verb: Any, row: Affiliation, at: Organisation, actor: User) -> Affiliation:
    done: Affiliation = verb(organisation_id=at.public_id, public_id=row.public_id, actor=actor)
    return done


def test_it_is_seen_once_both_have_said_it(house: Organisation, owner: User, group: Organisation) -> None:
    at_browser(owner).post(page(house, "parent"), {"parent": group.name})
    row = Affiliation.objects.get()
    drain()
    assert Notice.objects.filter(user=chief(group), kind="organisation.affiliation_proposed").exists()
    assert queries.parent_of(house) is None
    at_browser(chief(group)).post(page(group, "affiliation_confirm", row.public_id))
    assert queries.parent_of(house) == group
    public = [text_of(at_browser(factories.person()).get(reverse("accounts:organisation", args=[one.public_id])))
              for one in (house, group)]  # fmt: skip
    assert (group.name in public[0], house.name in public[1]) == (True, True)
    at_browser(owner).post(page(house, "affiliation_end", row.public_id))
    assert queries.parent_of(house) is None


def test_only_the_parents_owner_confirms(house: Organisation, owner: User, group: Organisation) -> None:
    row = proposed(house, group)
    for actor, at in ((owner, house), (factories.person(), group)):
        with pytest.raises(Refusal):
            answer(services.confirm_affiliation, row, at, actor)
    with pytest.raises(NotFound):
        answer(services.confirm_affiliation, row, factories.organisation(owner), owner)
    assert answer(services.decline_affiliation, row, group, chief(group)).state == "DECLINED"


def test_nothing_belongs_to_itself_or_in_a_circle(house: Organisation, group: Organisation) -> None:
    third = factories.organisation(factories.person())
    answer(services.confirm_affiliation, proposed(house, group), group, chief(group))
    proposed(group, third)
    for child, parent in ((group, group), (third, house), (third, group)):
        with pytest.raises(Refusal):
            proposed(child, parent)
    with pytest.raises(Refusal):
        proposed(house, third)
    assert Affiliation.objects.count() == 2


def test_an_unknown_or_unverified_parent_is_refused_beside_the_field(house: Organisation, owner: User) -> None:
    waiting = factories.organisation(factories.person(), verified=False)
    for said in ("没有这个单位", waiting.name):
        refused = at_browser(owner).post(page(house, "parent"), {"parent": said})
        assert list(refused.context["parent_form"].errors) == ["parent"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(
    house: Organisation, owner: User, django_assert_num_queries: Any, number: int
) -> None:
    for turn in range(number):
        chosen = department(house, owner, f"学院{turn}")
        person = factories.person()
        factories.member(house, person)
        services.place_member(
            organisation_id=house.public_id, member_id=person.public_id, actor=owner, department_id=chosen.public_id
        )
        proposed(factories.organisation(factories.person()), house)
    client = at_browser(owner)
    client.get(page(house))
    with django_assert_num_queries(12):
        client.get(page(house))
