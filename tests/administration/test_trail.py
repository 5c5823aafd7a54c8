"""The audit trail: what audit administrators see of it, and that nothing of a sealed proposal is among it (I9, I18)."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts import services as accounts
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.administration import trail
from marketplace.administration.trail import Asked
from marketplace.administration.web import trail as pages
from marketplace.outbox.models import Fact
from tasks.challenges.models import Challenge
from tasks.proposals import services as proposing
from tasks.proposals.models import Proposal
from tests import clock as movable
from tests import factories, relay
from tests.administration.staff import office
from tests.tasks.web_adjudication.stage import at_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TRAIL, EXPORT = "administration:trail", "administration:export"


@pytest.fixture
def auditor() -> Client:
    return at_browser(office(Role.AUDIT_ADMIN))


@pytest.fixture
def sealed() -> Proposal:
    """A proposal nobody may know of, with everything that was told because of it."""
    proposal = factories.submitted_proposal(factories.open_challenge())
    relay.drain()
    return proposal


def everything(client: Client, **asked: str) -> str:
    """Every page of the trail and both files, in one text."""
    said, below = [], ""
    while True:
        answer = client.get(reverse(TRAIL), {**asked, **({"below": below} if below else {})})
        assert answer.status_code == 200
        said.append(answer.content.decode())
        below = answer.context["older"]
        if not below:
            break
    files = [client.post(reverse(EXPORT), {**asked, "format": form}).getvalue().decode() for form in ("csv", "jsonl")]
    return "".join([*said, *files])


def kinds(asked: Asked) -> list[str]:
    return [fact.kind for fact in trail.facts(asked)]


def test_nothing_of_a_sealed_proposal_shows_anywhere(auditor: Client, sealed: Proposal) -> None:
    """Its id is nowhere; of its author nothing is there but how the account came to be."""
    hidden = Fact.objects.filter(stream=f"proposal:{sealed.public_id}")
    assert hidden.count() >= 2
    told = Fact.objects.filter(stream=f"user:{sealed.author.public_id}", kind="person.notified")
    assert told.exists()
    author = sealed.author.public_id
    for asked in (
        {},
        {"about": author},
        {"actor": author},
        {"about": sealed.challenge.public_id},
        {"kind": "proposal."},
    ):
        text = everything(auditor, **asked)
        assert sealed.public_id not in text
        for fact in (*hidden, *told):
            assert fact.digest[:12] not in text
    assert "proposal.submitted" not in everything(auditor)


def test_asked_for_by_its_id_it_is_as_unknown_as_any_other(auditor: Client, sealed: Proposal) -> None:
    def heard(public_id: str, **asked: str) -> str:
        page = auditor.get(reverse(TRAIL), {name: value.format(public_id) for name, value in asked.items()})
        return str(page.content.decode().replace(public_id, "…").split("<main", 1)[1].split("</main", 1)[0])

    for asked in ({"about": "{}"}, {"about": "proposal:{}"}, {"actor": "{}"}):
        assert heard(sealed.public_id, **asked) == heard("0" * 16, **asked)


def test_a_guard_taken_away_would_be_seen(auditor: Client, sealed: Proposal, monkeypatch: Any) -> None:
    monkeypatch.setattr(trail, "_declared", lambda: (lambda: Q(pk__isnull=False),))
    assert sealed.public_id in everything(auditor)


def test_opened_it_shows_and_one_withdrawn_before_never_does(auditor: Client) -> None:
    challenge = factories.open_challenge()
    opened, gone = factories.submitted_proposal(challenge), factories.submitted_proposal(challenge)
    proposing.withdraw_proposal(public_id=gone.public_id, actor=gone.author)
    factories.opened(factories.closed(challenge))
    text = everything(auditor)
    assert f"proposal:{opened.public_id}" in text
    assert gone.public_id not in text


def test_who_judges_shows_when_it_is_over(auditor: Client) -> None:
    challenge = factories.open_challenge()
    factories.submitted_proposal(challenge)
    factories.under_review(factories.opened(factories.closed(challenge)))
    seat = challenge.panel.assignments.first()
    assert seat
    assert seat.reviewer.public_id not in everything(auditor, kind="review")
    assert "reviewer.accepted" not in kinds(Asked())
    Challenge.objects.filter(pk=challenge.pk).update(state="AWARDED")
    assert seat.reviewer.public_id in everything(auditor, kind="review")


def test_reasons_of_official_acts_show_and_those_of_judging_do_not(auditor: Client) -> None:
    challenge = factories.open_challenge()
    factories.submitted_proposal(challenge)
    factories.opened(factories.closed(challenge))
    Fact.objects.filter(kind="challenge.proposals_opened").update(reason="官员理由甲", role=Role.REGION_ADMIN)
    Fact.objects.filter(kind="proposal.opened").update(reason="评判理由乙", role=Role.ADJUDICATOR)
    text = everything(auditor)
    assert "官员理由甲" in text
    assert "评判理由乙" not in text


def test_only_who_acted_in_an_office_is_named() -> None:
    admin = factories.officer_with(Role.REGION_ADMIN)
    admin.display_name = "江汉青"
    admin.save()
    challenge = factories.open_challenge()
    facts = trail.lines(list(trail.facts(Asked(about=challenge.public_id))))
    named = {line.name for line in facts if line.role == Role.REGION_ADMIN}
    assert named
    assert "" not in named
    assert {line.name for line in facts if line.role == "SPONSOR_OFFICER"} <= {""}


def test_filters_by_id_kind_actor_and_day(auditor: Client) -> None:
    admin = office(Role.SECURITY_ADMIN)
    person = factories.person()
    movable.shift(days=3)
    accounts.change_profile(actor=person, display_name="新", language="en")
    assert kinds(Asked(about=person.public_id)) == ["person.changed"]
    assert kinds(Asked(about=f"user:{person.public_id}")) == ["person.changed"]
    assert kinds(Asked(actor=person.public_id)) == ["person.changed"]
    assert set(kinds(Asked(kind="role."))) == {"role.granted"}
    assert admin.public_id in {fact.subject for fact in trail.facts(Asked(kind="role."))}
    moment = Fact.objects.get(kind="person.changed").occurred_at
    day = moment.astimezone(pages.BEIJING).date()
    assert kinds(Asked(first=day, last=day)) == ["person.changed"]
    page = auditor.get(reverse(TRAIL), {"first": "2026-03-02", "last": "2026-03-01"})
    assert page.status_code == 422
    assert "before the first" in page.content.decode()


def test_a_mark_from_elsewhere_shows_the_top(auditor: Client) -> None:
    for mark in ("1", "x" * 300, "\x00", "gAAAAAB"):
        assert auditor.get(reverse(TRAIL), {"below": mark}).context["lines"]


def test_every_fact_is_on_one_page_and_on_one_only(auditor: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(pages, "PER_PAGE", 3)
    for _number in range(7):
        office(Role.SECURITY_ADMIN)
    seen, below = [], ""
    while True:
        answer = auditor.get(reverse(TRAIL), {"below": below} if below else {})
        seen += [line.digest for line, _label, _role in answer.context["lines"]]
        below = answer.context["older"]
        if not below:
            break
    assert seen == [fact.digest for fact in trail.facts(Asked())]


def test_the_file_holds_what_the_filter_chose_and_is_itself_a_fact(auditor: Client) -> None:
    office(Role.SECURITY_ADMIN)
    answer = auditor.post(reverse(EXPORT), {"kind": "role.", "format": "jsonl"})
    lines = [json.loads(line) for line in answer.getvalue().decode().splitlines()]
    assert [line["kind"] for line in lines] == ["role.granted", "role.granted"]
    assert [line["digest"] for line in lines] == [fact.digest for fact in trail.facts(Asked(kind="role."))]
    noted = Fact.objects.get(kind="trail.exported")
    assert (noted.role, noted.data) == ("AUDIT_ADMIN", {"count": 2, "format": "jsonl", "kind": "role."})


def test_the_file_is_bounded(auditor: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(pages, "MOST", 1)
    office(Role.SECURITY_ADMIN)
    answer = auditor.post(reverse(EXPORT), {"format": "csv"})
    assert answer.status_code == 422
    assert "More than 1 facts" in answer.content.decode()
    assert not Fact.objects.filter(kind="trail.exported").exists()


def test_many_facts_come_in_portions_without_a_gap(auditor: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(trail, "PORTION", 2)
    for _number in range(5):
        office(Role.SECURITY_ADMIN)
    answer = auditor.post(reverse(EXPORT), {"kind": "role.", "format": "jsonl"})
    digests = [json.loads(line)["digest"] for line in answer.getvalue().decode().splitlines()]
    assert digests == [fact.digest for fact in trail.facts(Asked(kind="role."))]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_no_cell_of_the_file_is_a_formula(reason: str) -> None:
    fact = Fact(kind="role.granted", role=Role.SYSTEM_ADMIN, reason=reason, stream=reason, data={}, sequence=1)
    fact.occurred_at = datetime(2026, 1, 1, tzinfo=UTC)
    cells = trail.as_cells(trail.line(fact, {}))
    row = next(csv.reader(io.StringIO(pages.csv_line(cells), newline="")))
    assert not [cell for cell in row if cell.lstrip()[:1] in {"=", "+", "-", "@"}]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_with_one_fact_and_with_three(number: int, django_assert_num_queries: Any) -> None:
    client = at_browser(office(Role.AUDIT_ADMIN))
    for _number in range(number):
        office(Role.SECURITY_ADMIN)
    client.get(reverse(TRAIL))
    with django_assert_num_queries(4):
        client.get(reverse(TRAIL))


@pytest.mark.embedded  # PostgreSQL takes a lock more to write the fact
@pytest.mark.parametrize("number", [1, 3])
def test_the_file_costs_the_same_with_one_fact_and_with_three(number: int, django_assert_num_queries: Any) -> None:
    client = at_browser(office(Role.AUDIT_ADMIN))
    for _number in range(number):
        office(Role.SECURITY_ADMIN)
    with django_assert_num_queries(10):
        answer = client.post(reverse(EXPORT), {"kind": "role.", "format": "csv"})
        assert len(answer.getvalue().splitlines()) == number + 2


def test_a_person_s_facts_are_read_and_their_places_are_not(auditor: Client, sealed: Proposal) -> None:
    """Or a missing number would tell that somebody had been told something."""
    user: User = sealed.author
    accounts.change_profile(actor=user, display_name="新", language="en")
    assert Fact.objects.get(stream=f"user:{user.public_id}", kind="person.changed").sequence > 1
    shown = trail.lines(list(trail.facts(Asked(about=f"user:{user.public_id}"))))
    assert [line.place for line in shown] == [None]
