"""The region administrator's desk: what waits, the negative list, two pressing at once."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.kernel.moments import BEIJING
from marketplace.registry.models import CalendarYear, NegativeListItem
from tasks.challenges.models import Challenge
from tests import factories
from tests.tasks.web import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> User:
    """A signed-in administrator of the province, with one adjudicator and one supervisor to name."""
    person = factories.officer_with(Role.REGION_ADMIN)
    people.seen_by(client, person)
    return person


def decision(challenge: Challenge, **changes: str) -> dict[str, str]:
    sent = {
        "adjudicator": factories.officer_with(Role.ADJUDICATOR).public_id,
        "supervisor": factories.officer_with(Role.SUPERVISOR).public_id,
        "version": str(challenge.version),
    }
    return {**sent, **changes}


def test_the_queue_holds_the_region_s_postings_longest_wait_first(client: Client, admin: User) -> None:
    first, second = factories.submitted(), factories.submitted()
    owner = factories.person()
    waiting = factories.organisation(owner, verified=False)
    page = client.get("/approvals/")
    assert list(page.context["challenges"]) == [first, second]
    assert list(page.context["organisations"]) == [waiting]
    elsewhere = factories.officer_with(Role.REGION_ADMIN, code="330000")
    assert list(people.get(client, "/approvals/", elsewhere).context["challenges"]) == []
    assert people.get(client, f"/approvals/{first.public_id}/", elsewhere).status_code == 404


def test_days_that_cannot_be_counted_for_certain_are_announced(client: Client, admin: User) -> None:
    today = timezone.now().astimezone(BEIJING).date()
    for year in range(today.year, today.year + 3):
        CalendarYear.objects.create(year=year, published=True)
    assert client.get("/approvals/").context["unsettled"] is None
    year = (today + timedelta(days=59)).year
    CalendarYear.objects.filter(year__gte=year).update(published=False)
    page = client.get("/en/approvals/")
    first = page.context["unsettled"]
    assert first == max(today, date(year - 1, 12, 25))
    assert f'<time datetime="{first}">' in page.content.decode()


def test_approving_publishes_and_names_the_two_officers(client: Client, admin: User) -> None:
    challenge = factories.submitted()
    sent = decision(challenge)
    answer = client.post(f"/approvals/{challenge.public_id}/approve/", sent)
    challenge.refresh_from_db()
    assert (answer.status_code, challenge.state) == (302, "OPEN")
    assert challenge.adjudicator and challenge.adjudicator.public_id == sent["adjudicator"]  # noqa: PT018  # narrows


def test_of_two_administrators_one_decides_and_the_other_is_told(client: Client, admin: User) -> None:
    challenge = factories.submitted()
    sent = decision(challenge)
    assert client.post(f"/approvals/{challenge.public_id}/approve/", sent).status_code == 302
    people.seen_by(client, factories.officer_with(Role.REGION_ADMIN))
    late = client.post(
        f"/approvals/{challenge.public_id}/return/", {"reason": "请补充指标", "version": sent["version"]}
    )
    challenge.refresh_from_db()
    assert (late.status_code, challenge.state) == (409, "OPEN")
    assert late.context["return_form"]["reason"].value() == "请补充指标"
    assert client.get(f"/approvals/{challenge.public_id}/").status_code == 302


def test_the_same_person_cannot_be_both(client: Client, admin: User) -> None:
    challenge = factories.submitted()
    both = factories.officer_with(Role.ADJUDICATOR)
    factories.accounts.grant_role(user=both, role=Role.SUPERVISOR, scope="REGION", scope_id="420000")
    sent = decision(challenge, adjudicator=both.public_id, supervisor=both.public_id)
    answer = client.post(f"/approvals/{challenge.public_id}/approve/", sent)
    challenge.refresh_from_db()
    assert (answer.status_code, challenge.state) == (422, "SUBMITTED")
    assert list(answer.context["approve_form"].errors) == ["supervisor"]


def test_a_posting_on_the_negative_list_needs_a_reason(client: Client, admin: User) -> None:
    NegativeListItem.objects.create(
        code="X1", name_zh="毒品", name_en="Drugs", keywords=["冰毒"], source_zh="法", source_en="law",
        valid_from="2020-01-01",
    )  # fmt: skip
    challenge = factories.submitted(description="检测污水中的冰毒残留。")
    page = client.get(f"/approvals/{challenge.public_id}/")
    assert [matter.words for matter in page.context["matters"]] == [["冰毒"]]
    assert "<mark>冰毒</mark>" in page.content.decode()
    sent = decision(challenge)
    refused = client.post(f"/approvals/{challenge.public_id}/approve/", sent)
    assert (refused.status_code, list(refused.context["approve_form"].errors)) == (422, ["clearance"])
    cleared = client.post(f"/approvals/{challenge.public_id}/approve/", {**sent, "clearance": "仅检测"})
    assert cleared.status_code == 302


def test_returning_needs_a_reason_and_shows_it_to_the_sponsor(client: Client, admin: User) -> None:
    challenge = factories.submitted()
    address = f"/approvals/{challenge.public_id}/return/"
    assert client.post(address, {"reason": " ", "version": challenge.version}).status_code == 422
    assert client.post(address, {"reason": "请补充指标", "version": challenge.version}).status_code == 302
    page = people.get(client, f"/challenges/{challenge.public_id}/edit/", challenge.author)
    assert "请补充指标" in page.content.decode()
    assert people.get(client, f"/challenges/{challenge.public_id}/", None).status_code == 404
