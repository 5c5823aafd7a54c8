"""One's own copy holds everything that the table says, and nothing of anybody else (I29, 个人信息保护法 art. 45)."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from marketplace.accounts import membership
from marketplace.accounts.models import Acceptance, Device, User
from marketplace.accounts.personal_numbers import masked
from marketplace.identity.models import NAME, NUMBER
from marketplace.kernel.concealing import conceal, reveal
from marketplace.kernel.personal import Datum, in_code
from marketplace.notices.models import Letter
from marketplace.privacy import copies, queries, tables
from tests import factories
from tests.privacy.dumping import canaries, in_the_database
from tests.privacy.planting import World, somebody

pytestmark = pytest.mark.django_db


def copy_of(person: User) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(copies.copy_of(User.objects.get(pk=person.pk)))
    return copy


def by_password(person: User) -> Client:
    """A browser in which the person has signed in, and has just typed the password once more."""
    client = Client()
    typed = {"login": person.email, "password": "a good password"}
    assert client.post(reverse("account_login"), typed).status_code == 302
    assert client.post(reverse("account_reauthenticate"), {"password": "a good password"}).status_code == 302
    return client


def secret(datum: Datum) -> bool:
    return datum.shown in (in_code, masked)


def told() -> set[tuple[str, str]]:
    """Every personal column that a copy must name, by its table."""
    return {(table.model, column) for table, part in tables.parts() if part.told for column in part.columns}


@pytest.fixture
def whole() -> tuple[User, set[str], dict[str, Any]]:
    """Somebody of whom something is kept everywhere; names of documents are as they were said."""
    person, planted = somebody(World(), erased=False)
    person.real_name.concealed_name = conceal("王小明", purpose=NAME)
    person.real_name.concealed_number = conceal("A1234567", purpose=NUMBER)
    person.real_name.save()
    standing = set().union(*in_the_database().values())
    return person, planted & standing, copy_of(person)


def test_every_personal_column_is_in_it_and_every_canary_that_is_no_secret(
    whole: tuple[User, set[str], dict[str, Any]],
) -> None:
    person, planted, copy = whole
    columns = {(one["table"], name) for one in copy["kept"] for row in one["rows"] for name in row}
    assert columns == told()
    written = canaries(json.dumps(copy, ensure_ascii=False))
    keys = queries.keys_of(person)
    hidden = {
        one
        for table, part in tables.parts()
        for row in queries.rows_of(table, part, keys)
        for datum in part.data
        if secret(datum) or not part.told or "concealed_name" in datum.columns
        for column in datum.columns
        for one in canaries(str(getattr(row, column)))
    }
    assert planted - written <= hidden
    assert hidden & written <= canaries(f"{person.email} {person.display_name}")
    assert len(written) > 30


def test_a_column_taken_out_of_the_copy_is_missed(
    whole: tuple[User, set[str], dict[str, Any]], monkeypatch: Any
) -> None:
    person, _planted, _copy = whole
    fewer = [pair for pair in tables.parts() if pair[0].model != "accounts.Device"]
    monkeypatch.setattr(queries, "parts", lambda: iter(fewer))
    columns = {(one["table"], name) for one in copy_of(person)["kept"] for row in one["rows"] for name in row}
    assert columns != told()


def test_name_and_number_of_a_document_are_not_in_it_in_clear(whole: tuple[User, set[str], dict[str, Any]]) -> None:
    person, _planted, copy = whole
    text = json.dumps(copy, ensure_ascii=False)
    assert reveal(User.objects.get(pk=person.pk).real_name.concealed_number, purpose=NUMBER) == "A1234567"
    assert "A1234567" not in text
    assert "王小明" not in text
    assert "王**" in text
    for hidden in ("concealed_number", "document", "password", "session_data", "session_key", "key"):
        values = {row[hidden] for one in copy["kept"] for row in one["rows"] if hidden in row}
        assert values == {in_code(None)}, hidden


def test_it_holds_no_secret_of_an_authenticator_and_no_link_of_a_letter() -> None:
    person = factories.person()
    Authenticator.objects.create(user=person, type="totp", data={"secret": "JBSWY3DPEHPK3PXP", "name": "我的手机"})
    Letter.objects.create(
        to=person.email,
        subject="x",
        body="链接 https://example.org/reset/abc 有效",
        sender="x",
        due_at="2026-01-01T00:00Z",
    )
    text = json.dumps(copy_of(person), ensure_ascii=False)
    assert "我的手机" in text
    assert "JBSWY3" not in text
    assert "链接 … 有效" in text


def test_it_holds_nothing_of_anybody_else() -> None:
    """Not who judged, not who decided, not whom one invited, not one's colleagues."""
    challenge = factories.open_challenge()
    mine = factories.submitted_proposal(challenge)
    rival = factories.submitted_proposal(challenge, team="对手团队机密")
    challenge = factories.under_review(factories.opened(factories.closed(challenge)))
    factories.scored(challenge, {"P01": 90, "P02": 50})
    factories.adjudicated(challenge)
    house = factories.organisation(mine.author)
    factories.member(house, factories.person())
    membership.invite(organisation_id=house.public_id, actor=mine.author, email="geladen@example.org", place="MEMBER")
    for person in (mine.author, challenge.author, challenge.adjudicator):
        text = json.dumps(copy_of(person), ensure_ascii=False)
        others = User.objects.exclude(pk=person.pk)
        for other in others:
            assert other.email not in text
            assert f'"{other.display_name}"' not in text
            assert other.public_id not in text
        assert "geladen@example.org" not in text
        assert "对手团队机密" not in text or person == rival.author


def test_what_was_agreed_to_is_in_it() -> None:
    person = factories.person()
    Acceptance.objects.create(user=person, code="privacy", edition="2026-11-22")
    kept = next(one for one in copy_of(person)["kept"] if one["table"] == "accounts.Acceptance")
    assert (kept["rows"][0]["code"], kept["rows"][0]["edition"]) == ("privacy", "2026-11-22")
    assert kept["data"][0]["how_long"]


def test_the_password_is_asked_for_again_and_the_file_is_kept_nowhere() -> None:
    person = factories.person()
    screen = Client()
    screen.force_login(person)
    answer = screen.get(reverse("privacy:download"))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    answer = by_password(person).get(reverse("privacy:download"))
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("application/json")
    assert json.loads(answer.content)["person"] == person.public_id


@pytest.mark.parametrize("number", [1, 3])
def test_page_and_file_ask_as_often_for_three_rows_as_for_one(number: int, django_assert_num_queries: Any) -> None:
    person = factories.person()
    for turn in range(number):
        Device.objects.create(user=person, session_key=f"k{turn}", user_agent="curl/8")
        Acceptance.objects.create(user=person, code=f"c{turn}", edition="2026-11-22")
        factories.accounts.register_organisation(
            actor=person,
            particulars=factories.Particulars(
                kind="ENTERPRISE",
                name=f"单位{turn}",
                region=factories.region(),
                uscc=factories.credit_code(8_000_000 + turn),
            ),
        )
    client = by_password(person)
    client.get(reverse("privacy:mine"))
    with django_assert_num_queries(96):
        page = client.get(reverse("privacy:mine"))
    with django_assert_num_queries(102):
        file = client.get(reverse("privacy:download"))
    assert [one.status_code for one in (page, file)] == [200, 200]


def test_the_page_shows_it_and_leads_to_where_each_is_corrected(in_english: None, client: Client) -> None:
    person, _planted = somebody(World(), erased=False)
    person.real_name.concealed_name = conceal("王小明", purpose=NAME)
    person.real_name.save()
    Acceptance.objects.create(user=person, code="privacy", edition="2026-11-23")
    client.force_login(person)
    page = client.get(reverse("privacy:mine"))
    text = page.content.decode()
    assert "王**" in text
    assert "Privacy policy · 2026-11-23" in text
    for code in ("person.", "organisation.", "REGION", "{&#x27;"):
        assert code not in text
    assert "王小明" not in text
    for name in ("accounts:profile", "account_email", "identity:mine", "privacy:download", "privacy:erase"):
        assert f'href="{reverse(name)}"' in text
