"""Writing a posting: a draft may wait for almost everything, nonsense is refused beside its field and stays typed."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from marketplace.accounts.models import User
from marketplace.outbox.models import Fact
from tasks.challenges.models import Challenge
from tests import factories
from tests.tasks.web import people, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client) -> User:
    """A signed-in officer of one verified organisation."""
    person = factories.person()
    factories.organisation(person)
    people.seen_by(client, person)
    return person


def send(client: Client, **changes: Any) -> Any:
    return client.post("/challenges/new/", typed.posting(**changes))


def test_a_title_alone_makes_a_draft(client: Client, owner: User) -> None:
    answer = client.post(
        "/challenges/new/", {"title": "想法", **typed.rows("indicators", []), **typed.rows("criteria", [])}
    )
    made = Challenge.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/challenges/{made.public_id}/edit/")
    assert (made.title, made.state, made.author) == ("想法", "DRAFT", owner)


def test_a_person_without_an_organisation_may_draft(client: Client) -> None:
    people.seen_by(client, factories.person())
    assert send(client).status_code == 302
    made = Challenge.objects.get()
    page = client.get(f"/en/challenges/{made.public_id}/preview/")
    assert page.context["denial"] == "Please choose the organisation that posts this challenge."


def test_what_was_typed_is_what_is_kept(client: Client, owner: User) -> None:
    sponsor = owner.memberships.get().organisation
    answer = send(
        client, sponsor=sponsor.public_id, then="preview", keywords="电池，固态, 阻抗", deadline="2027-03-01T18:00"
    )
    made = Challenge.objects.get()
    assert answer["Location"] == f"/challenges/{made.public_id}/preview/"
    assert made.sponsor == sponsor
    assert made.region == sponsor.region
    assert made.bounty_amount == 3_000_000_00
    assert made.deadline == datetime(2027, 3, 1, 10, 0, tzinfo=UTC)
    assert made.keywords == ["电池", "固态", "阻抗"]
    assert [str(one) for one in made.indicators.all()] == ["界面阻抗 ≤ 10 Ω·cm²"]
    assert [(one.name, one.weight) for one in made.criteria.all()] == [("技术方案", 60), ("可行性", 40)]
    form = client.get(f"/challenges/{made.public_id}/edit/").context["form"]
    assert [form[name].value() for name in ("bounty", "keywords")] == ["300", "电池, 固态, 阻抗"]
    assert 'value="2027-03-01T18:00"' in str(form["deadline"])


def test_the_form_begins_with_one_criterion_that_makes_a_hundred(client: Client, owner: User) -> None:
    form = client.get("/challenges/new/").context["form"]
    assert [row["weight"].value() for row in form.tables["criteria"]] == [100, None]
    assert form["sponsor"].value() == owner.memberships.get().organisation.public_id


HOSTILE = [
    ({"bounty": "-5"}, "bounty"),
    ({"bounty": "1e3"}, "bounty"),
    ({"bounty": "１００"}, "bounty"),
    ({"bounty": "NaN"}, "bounty"),
    ({"bounty": "Infinity"}, "bounty"),
    ({"bounty": "0"}, "bounty"),
    ({"bounty": "0.0000001"}, "bounty"),
    ({"bounty": str(10**15)}, "bounty"),
    ({"bounty": "1" * 400}, "bounty"),
    ({"bounty": "3\x0000"}, "bounty"),
    ({"title": "长" * 34_000}, "title"),
    ({"title": "空\x00字符"}, "title"),
    ({"title": "   "}, "title"),
    ({"description": "\x00"}, "description"),
    ({"description": "长" * 20_001}, "description"),
    ({"deadline": "yesterday"}, "deadline"),
    ({"deadline": "0001-01-01T00:00"}, "deadline"),
    ({"deadline": "9999-12-31T23:59"}, "deadline"),
    ({"deadline": "2027-02-30T10:00"}, "deadline"),
    ({"mode": "GIFT"}, "mode"),
    ({"fields": ["no-such-field"]}, "fields"),
    ({"region": "999999"}, "region"),
    ({"sponsor": "0000000000000000"}, "sponsor"),
    ({"threshold": "101"}, "threshold"),
    ({"keywords": "词" * 31}, "keywords"),
    ({"version": "-1"}, "version"),
]


@pytest.mark.parametrize(("changes", "field"), HOSTILE, ids=lambda value: str(value)[:24])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_nonsense_is_refused_beside_its_field_and_stays_typed(
    client: Client, owner: User, prefix: str, changes: dict[str, Any], field: str
) -> None:
    facts = Fact.objects.count()
    answer = client.post(f"{prefix}/challenges/new/", typed.posting(**changes))
    form = answer.context["form"]
    assert answer.status_code == 422
    assert list(form.errors) == [field]
    assert form[field].value() == changes[field]
    assert form["description" if field == "title" else "title"].value()
    assert (Challenge.objects.count(), Fact.objects.count()) == (0, facts)


TABLES: list[tuple[dict[str, Any], str]] = [
    (typed.rows("criteria", [{"name": "一", "weight": "60"}, {"name": "二", "weight": "41"}]), "criteria"),
    (typed.rows("criteria", [{"name": "一", "weight": "-1"}, {"name": "二", "weight": "101"}]), "criteria"),
    (typed.rows("criteria", [{"name": "一", "weight": ""}]), "criteria"),
    (typed.rows("criteria", [{"name": "", "weight": "100"}]), "criteria"),
    (typed.rows("criteria", [{"name": "一", "weight": "1"}] * 24), "criteria"),
    (typed.rows("indicators", [{"name": "阻抗", "op": "≤", "value": ""}]), "indicators"),
    (typed.rows("indicators", [{"name": "阻抗", "op": "<script>", "value": "1"}]), "indicators"),
    (typed.rows("indicators", [{"name": "阻\x00抗", "value": "1"}]), "indicators"),
    ({"indicators-TOTAL_FORMS": "many"}, "indicators"),
    ({"criteria-INITIAL_FORMS": "-3", "criteria-TOTAL_FORMS": ""}, "criteria"),
]


@pytest.mark.parametrize(("changes", "table"), TABLES)
def test_a_broken_table_is_refused_and_nothing_is_written(
    client: Client, owner: User, changes: dict[str, Any], table: str
) -> None:
    answer = send(client, **changes)
    assert answer.status_code == 422
    assert answer.context["form"].tables[table].total_error_count() > 0
    assert answer.context["form"]["title"].value()
    assert not Challenge.objects.exists()


def test_weights_that_miss_a_hundred_are_named_with_their_sum(client: Client, owner: User) -> None:
    answer = client.post("/en/challenges/new/", typed.posting(**TABLES[0][0]))
    assert "The weights must add up to 100; now they make 101." in answer.content.decode()


def test_two_windows_the_slower_one_is_told_and_may_then_decide(client: Client, owner: User) -> None:
    send(client)
    made = Challenge.objects.get()
    address = f"/challenges/{made.public_id}/edit/"
    assert client.post(address, typed.posting(title="先保存", version="1")).status_code == 302
    late = client.post(address, typed.posting(title="后保存", version="1"))
    made.refresh_from_db()
    assert (late.status_code, made.title) == (409, "先保存")
    assert late.context["form"]["title"].value() == "后保存"
    assert late.context["form"]["version"].value() == "2"
    assert client.post(address, typed.posting(title="后保存", version="2")).status_code == 302
    made.refresh_from_db()
    assert made.title == "后保存"


def test_the_preview_lists_all_that_is_missing_and_leads_to_each_field(client: Client, owner: User) -> None:
    client.post("/challenges/new/", {"title": "x", **typed.rows("indicators", []), **typed.rows("criteria", [])})
    made = Challenge.objects.get()
    page = client.get(f"/en/challenges/{made.public_id}/preview/")
    missing = [problem.field for problem in page.context["problems"]]
    assert missing[:4] == ["description", "problem_kind", "mode", "fields"]
    edit = client.get(f"/challenges/{made.public_id}/edit/").content.decode()
    for field in missing:
        assert f'#id_{field}"' in page.content.decode()
        assert f'id="id_{field}"' in edit, field
    assert "Hand in for approval" not in page.content.decode()


def test_handing_in_needs_a_verified_organisation(client: Client) -> None:
    owner = factories.person()
    sponsor = factories.organisation(owner, verified=False)
    people.seen_by(client, owner)
    send(client, sponsor=sponsor.public_id)
    made = Challenge.objects.get()
    page = client.get(f"/en/challenges/{made.public_id}/preview/")
    assert "must be verified" in str(page.context["denial"])
    answer = client.post(f"/en/challenges/{made.public_id}/submit/", {"version": made.version})
    made.refresh_from_db()
    assert (answer.status_code, made.state) == (422, "DRAFT")


def test_handing_in_twice_happens_once(client: Client, owner: User) -> None:
    made = factories.draft(owner)
    address = f"/challenges/{made.public_id}/submit/"
    assert client.post(address, {"version": made.version}).status_code == 302
    again = client.post(address, {"version": made.version})
    made.refresh_from_db()
    assert (again.status_code, made.state) == (409, "SUBMITTED")


def test_others_can_neither_edit_nor_hand_in(client: Client) -> None:
    made = factories.draft()
    public = factories.open_challenge()
    people.seen_by(client, factories.person())
    for one in (made, public):
        for verb in ("edit", "submit"):
            assert client.post(f"/challenges/{one.public_id}/{verb}/", typed.posting()).status_code == 404
        one.refresh_from_db()
    assert (made.version, public.state) == (1, "OPEN")


def test_a_sponsor_cannot_pick_the_administrator_of_another_region(client: Client, owner: User) -> None:
    factories.region("330100", "杭州市", "Hangzhou")
    assert send(client, region="330100").status_code == 422
    assert send(client, region="420100").status_code == 302


def test_only_the_sponsor_splits_off_a_work_package(client: Client) -> None:
    whole = factories.open_challenge()
    address = f"/challenges/new/?parent={whole.public_id}"
    assert people.get(client, address, factories.person()).status_code == 404
    page = people.get(client, address, whole.author)
    assert page.context["form"]["sponsor"].value() == whole.sponsor.public_id
    sent = typed.posting(sponsor=whole.sponsor.public_id, reserved_for_sme="on", eligibility_reason="协作配套")
    assert client.post(address, sent).status_code == 302
    package = Challenge.objects.get(parent=whole)
    assert package.reserved_for_sme is True
    other = factories.organisation(whole.author)
    answer = client.post(address, {**sent, "sponsor": other.public_id})
    assert (answer.status_code, Challenge.objects.filter(parent=whole).count()) == (422, 1)


@pytest.mark.parametrize("given", ["%00", "x", "0" * 15 + "%00", "%25"])
@pytest.mark.parametrize("name", ["parent", "batch"])
def test_what_can_be_no_id_is_not_found_before_the_database_is_asked(
    client: Client, owner: User, monkeypatch: pytest.MonkeyPatch, name: str, given: str
) -> None:
    """PostgreSQL refuses to compare with some of it, and the page would break."""
    for asked in ("splittable", "batch_seen_by"):
        monkeypatch.setattr(f"tasks.challenges.queries.{asked}", pytest.fail)
    assert client.get(f"/challenges/new/?{name}={given}").status_code == 404


@pytest.mark.parametrize("unseen", ["\u200b\u200b", "\u202e", "\r\n", "\x07"])
def test_a_title_that_nobody_can_see_is_none(client: Client, owner: User, unseen: str) -> None:
    assert send(client, title=unseen).status_code == 422
    assert not Challenge.objects.exists()


def test_lines_are_kept_as_they_are_read(client: Client, owner: User) -> None:
    """They stand in lists, in subjects of letters and on public notices: no line break, no change of direction."""
    lines = typed.rows("indicators", [{"name": "强\u202e度", "op": "≥", "value": "\u200b5", "unit": "M\nPa"}])
    answer = send(client, title="固态\r\nBcc: x", contact_office="办\u2028公室", keywords="电\u200b池", **lines)
    assert answer.status_code == 302
    made = Challenge.objects.get()
    assert (made.title, made.contact_office, made.keywords) == ("固态 Bcc: x", "办 公室", ["电池"])
    assert str(made.indicators.get()) == "强度 ≥ 5 M Pa"
