"""The pages: saying who one is, alone or with a first proposal; the officers' list; what the review asks for."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.identity import queries, services
from marketplace.identity.models import RealNameVerification
from marketplace.kernel.errors import Refusal
from tasks.adjudication import services as judging
from tasks.proposals import services as proposing
from tasks.proposals.models import Proposal
from tests import factories
from tests.identity.test_documents import CARD, card
from tests.identity.test_mrz import SPECIMEN
from tests.tasks.web_adjudication.stage import at_browser, running_case, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TYPED = {"real_name": "欧阳菡萏", "kind": "ID_CARD", "id_number": CARD, "region": "420100", "consent": "on"}


@pytest.fixture(autouse=True)
def wuhan() -> None:
    factories.region()


def stranger() -> User:
    return factories.person(known=False)


def with_draft(solver: User) -> Proposal:
    challenge = factories.open_challenge()
    begun = proposing.start_proposal(challenge_id=challenge.public_id, actor=solver)
    return proposing.save_proposal(
        public_id=begun.public_id, actor=solver, content=factories.content(), organisation=None
    )


def submit(client: Client, proposal: Proposal, **typed: Any) -> Any:
    return client.post(reverse("proposals:submit", args=[proposal.public_id]), {"version": proposal.version, **typed})


def test_said_on_its_own_page() -> None:
    client = at_browser(stranger())
    assert "Say who you are" in text_of(client.get(reverse("identity:mine")))
    assert client.post(reverse("identity:mine"), TYPED).status_code == 302
    page = text_of(client.get(reverse("identity:mine")))
    assert "verification pending" in page
    assert CARD not in page
    assert "欧阳菡萏" not in page


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"id_number": "110105194912310021"}, "no valid identity card number"),
        ({"kind": "PASSPORT"}, "not the two lines"),
        ({"kind": "PASSPORT", "passport_lines": SPECIMEN}, "no longer valid"),
        ({"kind": "OTHER"}, "which document"),
        ({"consent": ""}, "required"),
        ({"real_name": "\u202egnp.exe"}, "invisible"),
        ({"region": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(change: dict[str, str], complaint: str) -> None:
    person = stranger()
    answer = at_browser(person).post(reverse("identity:mine"), {**TYPED, **change})
    assert answer.status_code == 422
    assert complaint in str(answer.context["form"].errors)
    assert not RealNameVerification.objects.filter(user=person).exists()


def test_whoever_said_it_too_often_reads_why_there_is_no_form() -> None:
    client = at_browser(stranger())
    for _time in range(5):
        assert client.post(reverse("identity:mine"), TYPED).status_code == 302
    for answer in (client.get(reverse("identity:mine")), client.post(reverse("identity:mine"), TYPED)):
        assert "please try again in 24 hours" in text_of(answer)
        assert 'name="id_number"' not in text_of(answer)


def test_a_first_proposal_and_the_name_are_handed_in_together_or_not_at_all() -> None:
    solver = stranger()
    proposal, client = with_draft(solver), at_browser(solver)
    page = text_of(client.get(reverse("proposals:submit", args=[proposal.public_id])))
    assert "Say who you are" in page
    assert "An administrator of your region compares it" in page
    for wrong in ({}, {**TYPED, "id_number": "1"}, {**TYPED, "version": "0"}):
        assert submit(client, proposal, **wrong).status_code in {409, 422}
        assert not queries.has_said(solver)
    assert submit(client, proposal, **TYPED).status_code == 302
    assert queries.has_said(solver)
    assert Proposal.objects.get(pk=proposal.pk).state == "SUBMITTED"


def test_whoever_has_said_it_is_not_asked_again() -> None:
    solver = factories.person()
    proposal, client = with_draft(solver), at_browser(solver)
    assert "Say who you are" not in text_of(client.get(reverse("proposals:submit", args=[proposal.public_id])))
    assert submit(client, proposal).status_code == 302


def test_a_proposal_is_admitted_once_its_author_is_verified() -> None:
    challenge = factories.open_challenge()
    solver = stranger()
    application = services.Application(
        name="欧阳", document=factories.documents.id_card(CARD), region=factories.region()
    )
    said = services.apply_for_verification(actor=solver, application=application)
    factories.submitted_proposal(challenge, solver)
    opened = factories.opened(factories.closed(challenge))
    proposal = opened.proposals.get()
    case = at_browser(opened.adjudicator)
    where = reverse("adjudication:case", args=[opened.public_id])
    assert "real name not verified yet" in text_of(case.get(where))
    admit = reverse("adjudication:admit", args=[opened.public_id, proposal.code])
    assert "not verified yet" in text_of(case.post(admit))
    assert Proposal.objects.get(pk=proposal.pk).state == "OPENED"
    officer = factories.officer_with(Role.REGION_ADMIN)
    services.verify(public_id=said.public_id, actor=officer, number_read=CARD)
    assert "real name not verified yet" not in text_of(case.get(where))
    judging.admit_proposal(public_id=opened.public_id, code=proposal.code, actor=opened.adjudicator)


def test_an_officer_compares_from_the_list_and_sees_no_number() -> None:
    solver = stranger()
    at_browser(solver).post(reverse("identity:mine"), TYPED)
    said = RealNameVerification.objects.get(user=solver)
    officer = at_browser(factories.officer_with(Role.REGION_ADMIN))
    where = reverse("identity:compare", args=[said.public_id])
    assert where in text_of(officer.get(reverse("identity:waiting")))
    assert where in text_of(officer.get(reverse("work:mine")))
    page = text_of(officer.get(where))
    assert "欧阳菡萏" in page
    assert CARD not in page
    assert "not the number that was typed" in text_of(officer.post(where, {"number_read": card(5)}))
    assert officer.post(where, {"number_read": CARD}).status_code == 302
    for answer in (officer.get(where), officer.post(where, {"number_read": CARD})):
        assert answer.headers["Location"] == reverse("identity:waiting")
        assert "欧阳菡萏" not in text_of(answer)
    assert "verified" in text_of(at_browser(solver).get(reverse("accounts:profile")))


def test_a_colleague_does_not_even_read_the_name() -> None:
    solver = stranger()
    at_browser(solver).post(reverse("identity:mine"), TYPED)
    said = RealNameVerification.objects.get(user=solver)
    colleague = factories.officer_with(Role.REGION_ADMIN)
    factories.member(factories.organisation(solver), colleague)
    page = at_browser(colleague).get(reverse("identity:compare", args=[said.public_id]))
    assert "欧阳菡萏" not in text_of(page)
    assert "somebody else must compare" in text_of(page)
    assert "no-store" in page.headers["Cache-Control"]


def test_whoever_is_no_longer_verified_is_not_awarded() -> None:
    case = factories.scored(running_case(answers=1), {"P01": 90})
    winner = case.proposals.get().author
    RealNameVerification.objects.filter(user=winner).update(state="REVOKED")
    with pytest.raises(Refusal, match="no longer verified"):
        judging.adjudicate(public_id=case.public_id, actor=case.adjudicator, winner="P01", reasons="最好")


def test_sent_back_with_a_reason_its_owner_reads() -> None:
    solver = stranger()
    client = at_browser(solver)
    client.post(reverse("identity:mine"), TYPED)
    said = RealNameVerification.objects.get(user=solver)
    officer = at_browser(factories.officer_with(Role.REGION_ADMIN))
    where = reverse("identity:return", args=[said.public_id])
    assert officer.post(where, {"reason": ""}).status_code == 422
    assert officer.post(where, {"reason": "姓名不一致"}).status_code == 302
    page = text_of(client.get(reverse("identity:mine")))
    assert "姓名不一致" in page
    assert "Correct it and hand it in again" in page


@pytest.mark.parametrize("route", ["waiting", "compare"])
def test_the_list_asks_as_often_for_three_as_for_one(route: str, django_assert_num_queries: Any) -> None:
    officer = factories.officer_with(Role.REGION_ADMIN)
    client = at_browser(officer)
    for number in (1, 2, 3):
        application = services.Application(
            name="名", document=factories.documents.id_card(card(number)), region=factories.region()
        )
        said = services.apply_for_verification(actor=stranger(), application=application)
        if number != 2:
            with django_assert_num_queries({"waiting": 4, "compare": 8}[route]):
                client.get(reverse(f"identity:{route}", args=[said.public_id] if route == "compare" else []))
