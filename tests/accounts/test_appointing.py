"""`appoint`, `dismiss` and `tie_expert`: offices and expert entries from a terminal, said twice changes nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from marketplace.accounts import queries
from marketplace.accounts.models import Expert, RoleGrant, User
from marketplace.accounts.roles import Role
from marketplace.outbox.models import Fact
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return factories.person()


@pytest.fixture(autouse=True)
def places() -> None:
    factories.region("420000", "湖北省", "Hubei", "PROVINCE")
    factories.region("420100")
    factories.region("330100", "杭州市", "Hangzhou")


@pytest.fixture
def run(capsys) -> Any:
    """Give a command and hear what it says."""

    def said(*words: str) -> str:
        call_command(*words)
        return capsys.readouterr().out.strip()

    return said


def facts(kind: str) -> int:
    return Fact.objects.filter(kind=kind).count()


def entry(source: str = "E001", **said: Any) -> Expert:
    return Expert.objects.create(source_id=source, label=source, expertise="固态电池", **said)


def test_an_office_for_a_region_reaches_what_lies_in_it(run, person: User) -> None:
    said = run("appoint", person.email.upper(), "region-admin", "--region", "420000")
    assert said == f"{person.email} is REGION_ADMIN for 420000 from now on."
    assert queries.holds(person, Role.REGION_ADMIN, region=factories.region("420100"))
    assert not queries.holds(person, Role.REGION_ADMIN, region=factories.region("330100"))
    assert facts("role.granted") == 1


def test_without_a_region_it_reaches_everywhere(run, person: User) -> None:
    assert run("appoint", person.email, "SYSTEM_ADMIN") == f"{person.email} is SYSTEM_ADMIN everywhere from now on."
    assert queries.holds(person, Role.SYSTEM_ADMIN)


def test_an_office_may_be_one_organisation_s(run, person: User) -> None:
    organisation = factories.organisation(person)
    run("appoint", person.email, "OBSERVER", "--organisation", organisation.public_id)
    assert RoleGrant.objects.get(user=person).scope_id == organisation.public_id


def test_the_last_day_is_one_of_the_office_in_beijing_time(run, person: User) -> None:
    last = timezone.now().date() + timedelta(days=30)
    said = run("appoint", person.email, "ADJUDICATOR", "--until", last.isoformat())
    assert said == f"{person.email} is ADJUDICATOR everywhere until {last} from now on."
    ends = datetime(last.year, last.month, last.day, 16, tzinfo=UTC)
    assert RoleGrant.objects.get().valid_until == ends


def test_the_same_office_again_changes_nothing_and_says_so(run, person: User) -> None:
    words = ("appoint", person.email, "SUPERVISOR", "--region", "420000", "--until", "2999-12-31")
    run(*words)
    assert run(*words).endswith("until 2999-12-31 already: nothing changed.")
    assert (RoleGrant.objects.count(), facts("role.granted")) == (1, 1)


def test_another_last_day_ends_the_old_grant_and_begins_a_new_one(run, person: User) -> None:
    run("appoint", person.email, "SUPERVISOR", "--until", "2999-12-31")
    run("appoint", person.email, "SUPERVISOR")
    assert [grant.valid_until for grant in queries.grants_of(person)] == [None]
    assert (facts("role.granted"), facts("role.revoked")) == (2, 1)


def test_dismissed_from_every_place_at_once(run, person: User) -> None:
    for place in (("--region", "420100"), ("--region", "330100"), ("--until", "2999-12-31")):
        run("appoint", person.email, "ADJUDICATOR", *place)
    run("appoint", person.email, "SUPERVISOR")
    said = run("dismiss", person.email, "ADJUDICATOR")
    assert said == f"{person.email} is no longer ADJUDICATOR for 420100, for 330100, everywhere."
    assert [grant.role for grant in queries.grants_of(person)] == ["SUPERVISOR"]
    assert facts("role.revoked") == 3


def test_dismissed_from_one_region_and_told_what_is_left(run, person: User) -> None:
    for code in ("420000", "420100"):
        run("appoint", person.email, "ADJUDICATOR", "--region", code)
    said = run("dismiss", person.email, "ADJUDICATOR", "--region", "420100")
    assert said == f"{person.email} is no longer ADJUDICATOR for 420100. Still held for 420000."
    again = run("dismiss", person.email, "ADJUDICATOR", "--region", "420100")
    assert again == f"{person.email} is not ADJUDICATOR for 420100: nothing changed. Still held for 420000."
    assert facts("role.revoked") == 1


def test_nothing_to_end_is_said(run, person: User) -> None:
    assert run("dismiss", person.email, "OBSERVER") == f"{person.email} is not OBSERVER anywhere: nothing changed."


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("appoint", "nobody@example.org", "ADJUDICATOR"), "Nobody has an account with the address nobody@example.org"),
        (("dismiss", "nobody@example.org", "ADJUDICATOR"), "Nobody has an account"),
        (("appoint", "{email}", "EMPEROR"), "invalid choice: 'EMPEROR'"),
        (("appoint", "{email}", "ADJUDICATOR", "--region", "999999"), "There is no region 999999"),
        (("dismiss", "{email}", "ADJUDICATOR", "--region", "999999"), "There is no region 999999"),
        (("appoint", "{email}", "OBSERVER", "--organisation", "nowhere"), "There is no organisation nowhere"),
        (("appoint", "{email}", "ADJUDICATOR", "--until", "soon"), "soon is no day"),
        (("appoint", "{email}", "ADJUDICATOR", "--until", "2020-01-01"), "That day is over already"),
        (("appoint", "{email}", "SYSTEM_ADMIN", "--region", "420000"), "has the whole platform"),
        (("tie_expert", "E404", "{email}"), "has no entry E404"),
        (("tie_expert", "E001", "nobody@example.org"), "Nobody has an account"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(run, person: User, words: tuple[str, ...], why: str) -> None:
    entry()
    with pytest.raises(CommandError, match=why):
        run(*(word.format(email=person.email) for word in words))
    assert (RoleGrant.objects.count(), Fact.objects.count()) == (0, 0)


def test_an_unconfirmed_address_or_a_closed_account_gets_nothing(run) -> None:
    entry()
    unsure, gone = factories.person(verified=False), factories.person()
    User.objects.filter(pk=gone.pk).update(is_active=False)
    for email, why in ((unsure.email, "has not been confirmed"), (gone.email, "is closed")):
        for words in (("appoint", email, "ADJUDICATOR"), ("tie_expert", "E001", email)):
            with pytest.raises(CommandError, match=why):
                run(*words)
    assert (RoleGrant.objects.count(), Fact.objects.count()) == (0, 0)


def test_a_tied_entry_is_the_person_s_and_a_fact_for_the_index(run, person: User) -> None:
    listed = entry()
    said = run("tie_expert", "E001", person.email)
    assert said == f"The entry E001 belongs to {person.email} from now on."
    listed.refresh_from_db()
    assert (listed.user, listed.version) == (person, 2)
    assert [(fact.subject, fact.version) for fact in Fact.objects.filter(kind="expert.listed")] == [
        (listed.public_id, 2)
    ]
    again = run("tie_expert", "E001", person.email)
    assert again == f"The entry E001 belongs to {person.email} already: nothing changed."
    assert facts("expert.listed") == 1


def test_an_entry_belongs_to_one_person_and_a_person_has_one_entry(run, person: User) -> None:
    other = factories.person()
    entry("E001", user=other)
    entry("E002", user=person)
    entry("E003")
    with pytest.raises(CommandError, match=f"The entry E001 belongs to {other.email}"):
        run("tie_expert", "E001", person.email)
    with pytest.raises(CommandError, match=f"{person.email} has the entry E002 already"):
        run("tie_expert", "E003", person.email)
    assert Expert.objects.get(source_id="E003").user is None
    assert facts("expert.listed") == 0
