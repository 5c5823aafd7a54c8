"""Asking an employer, its answer by officers or by letter, and that nobody answers for themselves."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.accounts.models import Organisation, User
from marketplace.accounts.roles import Role
from marketplace.consents import letters, queries, services
from marketplace.consents.lifecycle import ConsentState
from marketplace.consents.models import EmployerConsent
from marketplace.consents.terms import CONDITIONS, ConsentKind, Period
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.notices.models import Notice
from marketplace.outbox.models import Fact
from marketplace.vault.lifecycle import FileState
from marketplace.vault.models import StoredFile
from tests import clock as movable
from tests import factories
from tests.relay import drain
from tests.tasks.web_adjudication.stage import at_browser, text_of

pytestmark = pytest.mark.django_db

THREE = [one.value for one in CONDITIONS[ConsentKind.IN_SERVICE]]


@pytest.fixture
def dean() -> User:
    return factories.person("院长")


@pytest.fixture
def school(dean: User) -> Organisation:
    return factories.organisation(dean, kind="UNIVERSITY")


@pytest.fixture
def researcher(school: Organisation) -> User:
    person = factories.person("研究员")
    factories.member(school, person)
    return person


def days(kind: str = ConsentKind.IN_SERVICE, *, length: int = 300, **changes: Any) -> services.Wish:
    first = queries.today()
    return services.Wish(kind=kind, period=Period(first, first + timedelta(days=length)), **changes)


@pytest.fixture
def asked(researcher: User, school: Organisation) -> EmployerConsent:
    return services.ask_for_consent(actor=researcher, wish=days(organisation=school))


@pytest.fixture
def by_letter(researcher: User) -> EmployerConsent:
    wish = days(employer="某某研究所", region=factories.region())
    return services.ask_for_consent(actor=researcher, wish=wish)


def page(name: str, row: EmployerConsent) -> str:
    return reverse(f"consents:{name}", args=[row.public_id])


def state(row: EmployerConsent) -> str:
    row.refresh_from_db()
    return row.state


def test_it_is_asked_on_the_page_and_given_by_another_officer(
    researcher: User, school: Organisation, dean: User
) -> None:
    first = queries.today()
    form = {
        "kind": "IN_SERVICE",
        "first_day": first.isoformat(),
        "last_day": (first + timedelta(days=99)).isoformat(),
        "organisation": school.public_id,
    }
    assert at_browser(researcher).post(reverse("consents:mine"), form).status_code == 302
    row = EmployerConsent.objects.get()
    assert "研究员" in text_of(at_browser(dean).get(reverse("consents:mine")))
    at_browser(dean).post(page("give", row), {"conditions": THREE, "version": row.version})
    assert state(row) == "GIVEN"
    assert queries.in_force(researcher) == row
    assert Fact.objects.get(kind="consent.given").data == {"conditions": " ".join(sorted(THREE)), "letter": False}
    drain()
    assert set(Notice.objects.values_list("user__display_name", flat=True)) >= {"院长", "研究员"}


def test_without_every_condition_there_is_no_consent(asked: EmployerConsent, dean: User) -> None:
    for said in (THREE[:2], [], [*THREE, "RIGHTS_KEPT"]):
        answer = at_browser(dean).post(page("give", asked), {"conditions": said, "version": asked.version})
        assert answer.status_code == 422
    with pytest.raises(Refusal):
        services.give_consent(public_id=asked.public_id, actor=dean, conditions=THREE[:2])
    assert state(asked) == "ASKED"


def test_nobody_consents_to_their_own_work(dean: User, school: Organisation) -> None:
    own = services.ask_for_consent(actor=dean, wish=days(organisation=school))
    with pytest.raises(Refusal):
        services.give_consent(public_id=own.public_id, actor=dean, conditions=THREE)
    other = factories.person()
    factories.member(school, other, "OFFICER")
    assert services.give_consent(public_id=own.public_id, actor=other, conditions=THREE).state == "GIVEN"


def test_only_the_employers_own_people_ask_it(school: Organisation) -> None:
    with pytest.raises(Refusal):
        services.ask_for_consent(actor=factories.person(), wish=days(organisation=school))


def test_strangers_and_colleagues_see_nothing(asked: EmployerConsent, school: Organisation) -> None:
    colleague = factories.person()
    factories.member(school, colleague)
    office = factories.officer_with(Role.REGION_ADMIN)
    for other in (factories.person(), colleague, office):
        assert at_browser(other).get(page("consent", asked)).status_code == 404
        assert at_browser(other).post(page("give", asked), {"conditions": THREE}).status_code == 404
        assert list(queries.waiting_for(other)) == []
    with pytest.raises(NotFound):
        queries.seen_by(asked.public_id, factories.person())


def test_a_refusal_and_a_revocation_say_why(asked: EmployerConsent, researcher: User, dean: User) -> None:
    empty = at_browser(dean).post(page("refuse", asked), {"reason": " ", "version": asked.version})
    assert list(empty.context["refuse_form"].errors) == ["reason"]
    at_browser(dean).post(page("refuse", asked), {"reason": "教学任务未完成", "version": asked.version})
    assert state(asked) == "REFUSED"
    assert "教学任务未完成" in text_of(at_browser(researcher).get(page("consent", asked)))


def test_what_was_given_can_be_taken_back(asked: EmployerConsent, researcher: User, dean: User) -> None:
    services.give_consent(public_id=asked.public_id, actor=dean, conditions=THREE)
    with pytest.raises(Refusal):
        services.withdraw_question(public_id=asked.public_id, actor=researcher)
    services.revoke_consent(public_id=asked.public_id, actor=dean, reason="岗位调整")
    assert queries.in_force(researcher) is None
    with pytest.raises(Refusal):
        services.give_consent(public_id=asked.public_id, actor=dean, conditions=THREE)


def test_an_answer_to_what_has_changed_is_stale(asked: EmployerConsent, researcher: User, dean: User) -> None:
    services.withdraw_question(public_id=asked.public_id, actor=researcher)
    with pytest.raises(Stale):
        services.give_consent(public_id=asked.public_id, actor=dean, conditions=THREE, version=1)


def test_an_employer_without_an_account_answers_by_letter(by_letter: EmployerConsent, researcher: User) -> None:
    office, elsewhere = factories.officer_with(Role.REGION_ADMIN), factories.officer_with(Role.REGION_ADMIN, code="33")
    with pytest.raises(Refusal):
        services.give_consent(public_id=by_letter.public_id, actor=office, conditions=THREE)
    where = reverse("vault:at", args=[letters.CODE, by_letter.public_id])
    sent = {"purpose": "CONSENT", "file": SimpleUploadedFile("同意函.png", factories.scan_of_a_letter().read())}
    assert at_browser(researcher).post(where, sent)["Location"] == page("consent", by_letter)
    file = StoredFile.objects.get(door=letters.CODE)
    StoredFile.objects.filter(pk=file.pk).update(state=FileState.CLEAN)
    opened = [
        at_browser(one).get(reverse("vault:open", args=[file.public_id])).status_code
        for one in (researcher, office, elsewhere, factories.person())
    ]
    assert opened == [302, 302, 404, 404]
    assert list(queries.waiting_for(office)) == [by_letter]
    services.give_consent(public_id=by_letter.public_id, actor=office, conditions=THREE)
    assert queries.in_force(researcher) == by_letter


@pytest.mark.parametrize("lacking", [{"employer": ""}, {"region": None}])
def test_such_an_employer_is_named_with_its_place(researcher: User, lacking: dict[str, Any]) -> None:
    wish = {"employer": "某研究所", "region": factories.region(), **lacking}
    with pytest.raises(Refusal):
        services.ask_for_consent(actor=researcher, wish=days(**wish))


def test_nobody_asks_without_end(researcher: User, school: Organisation) -> None:
    for _turn in range(5):
        services.ask_for_consent(actor=researcher, wish=days(organisation=school))
    with pytest.raises(Refusal):
        services.ask_for_consent(actor=researcher, wish=days(organisation=school))


def test_leave_is_told_before_its_end_and_ends(researcher: User, school: Organisation, dean: User) -> None:
    row = services.ask_for_consent(actor=researcher, wish=days(ConsentKind.LEAVE, length=100, organisation=school))
    said = [one.value for one in CONDITIONS[ConsentKind.LEAVE]]
    services.give_consent(public_id=row.public_id, actor=dean, conditions=said)
    assert services.tell_of_ends() == 0
    movable.shift(days=75)
    assert [services.tell_of_ends(), services.tell_of_ends()] == [1, 0]
    assert queries.in_force(researcher) == row
    movable.shift(days=26)
    assert queries.in_force(researcher) is None
    row.refresh_from_db()
    assert row.state == ConsentState.GIVEN


def test_whoever_proposes_in_their_own_name_is_told_that_it_is_due(
    researcher: User, asked: EmployerConsent, dean: User
) -> None:
    sentence = "you need your employer's consent"
    proposal = factories.proposal_draft(factories.open_challenge(), researcher)
    where = "/en" + reverse("proposals:edit", args=[proposal.public_id])
    assert sentence in text_of(at_browser(researcher).get(where))
    services.give_consent(public_id=asked.public_id, actor=dean, conditions=THREE)
    assert sentence not in text_of(at_browser(researcher).get(where))


def test_who_needs_one_is_told_on_the_page(researcher: User) -> None:
    sentence = "You belong to such an organisation and have no consent in force."
    assert sentence in text_of(at_browser(researcher).get("/en" + reverse("consents:mine")))
    assert sentence not in text_of(at_browser(factories.person()).get("/en" + reverse("consents:mine")))


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(
    researcher: User, school: Organisation, dean: User, django_assert_num_queries: Any, number: int
) -> None:
    for _turn in range(number):
        services.ask_for_consent(actor=researcher, wish=days(organisation=school))
    for person, queries_needed in ((researcher, 10), (dean, 10)):
        client = at_browser(person)
        client.get(reverse("consents:mine"))
        with django_assert_num_queries(queries_needed):
            client.get(reverse("consents:mine"))
