"""Diagnosis: up to two experts see a draft and write about it; nothing else, and nobody else."""

from typing import Any

import pytest
from django.urls import reverse

from marketplace.accounts.models import Expert, User
from marketplace.accounts.roles import Role, Scope
from marketplace.kernel.errors import NotFound, Refusal
from marketplace.outbox.models import Fact
from tasks.adjudication import queries as judging
from tasks.challenges import queries as challenges
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tasks.diagnosis import queries, services
from tasks.diagnosis.models import Diagnosis
from tasks.proposals import policy as proposing
from tests import factories
from tests.tasks.web_adjudication.stage import at_browser, text_of

pytestmark = pytest.mark.django_db


def expert() -> User:
    """An expert of the field that drafts have."""
    return factories.expert(fields=(factories.field(),))


def entry(person: User) -> str:
    return Expert.objects.get(user=person).public_id


def asked(drafted: Challenge, who: User) -> Diagnosis:
    return services.ask(challenge=drafted.public_id, actor=drafted.author, expert=entry(who))


def read(drafted: Challenge, who: User) -> Diagnosis:
    return services.open_draft(public_id=asked(drafted, who).public_id, actor=who)


def test_an_expert_who_is_asked_sees_the_draft_writes_and_the_sponsor_reads_it() -> None:
    drafted, who = factories.draft(), expert()
    address = reverse("diagnosis:ask", args=[drafted.public_id])
    at_browser(drafted.author).post(address, {"expert": entry(who)})
    row = Diagnosis.objects.get()
    browser = at_browser(who)
    assert drafted.title in text_of(browser.get(reverse("work:mine")))
    before = text_of(browser.get(row.get_absolute_url()))
    assert drafted.description not in before
    assert "you can neither answer this challenge" in text_of(browser.get(f"/en{row.get_absolute_url()}"))
    browser.post(row.get_absolute_url())
    assert drafted.description in text_of(browser.get(row.get_absolute_url()))
    browser.post(row.get_absolute_url(), {"text": "指标二没有试验方法。"})
    assert "指标二没有试验方法。" in text_of(at_browser(drafted.author).get(address))


def test_they_see_nothing_else_of_it_and_nobody_else_sees_anything() -> None:
    drafted, who = factories.draft(), expert()
    row = asked(drafted, who)
    with pytest.raises(NotFound):
        challenges.visible(drafted.public_id, who)
    stranger = at_browser(factories.person())
    assert stranger.get(row.get_absolute_url()).status_code == 404
    assert at_browser(who).get(reverse("diagnosis:ask", args=[drafted.public_id])).status_code == 404


def test_two_are_asked_and_no_third() -> None:
    drafted = factories.draft()
    for _number in range(2):
        asked(drafted, expert())
    with pytest.raises(Refusal):
        asked(drafted, expert())
    assert Diagnosis.objects.count() == 2


def test_nobody_of_the_sponsor_is_offered_and_nobody_twice() -> None:
    drafted, colleague, other = factories.draft(), expert(), expert()
    assert drafted.sponsor
    factories.member(drafted.sponsor, colleague)
    assert [one.user for one in queries.askable(drafted)] == [other]
    with pytest.raises(Refusal):
        asked(drafted, colleague)
    asked(drafted, other)
    assert list(queries.askable(drafted)) == []


def test_once_handed_in_it_is_over() -> None:
    drafted, who = factories.draft(), expert()
    row = asked(drafted, who)
    posting.submit_challenge(public_id=drafted.public_id, actor=drafted.author)
    with pytest.raises(Refusal):
        services.comment(public_id=row.public_id, actor=who, text="太晚")
    assert at_browser(who).get(row.get_absolute_url()).status_code == 404


def test_only_the_expert_writes_and_something() -> None:
    drafted, who = factories.draft(), expert()
    row = asked(drafted, who)
    for actor, text in ((drafted.author, "自评"), (who, "没有看过")):
        with pytest.raises(Refusal):
            services.comment(public_id=row.public_id, actor=actor, text=text)
    with pytest.raises(Refusal):
        services.open_draft(public_id=row.public_id, actor=drafted.author)
    services.open_draft(public_id=row.public_id, actor=who)
    for actor, text in ((drafted.author, "自评"), (who, "  ")):
        with pytest.raises(Refusal):
            services.comment(public_id=row.public_id, actor=actor, text=text)
    row.refresh_from_db()
    assert (row.comment, row.answered_at) == ("", None)


@pytest.mark.parametrize("rows", [1, 2])
def test_pages_cost_the_same_with_one_row_and_with_more(rows: int, django_assert_num_queries: Any) -> None:
    drafted = factories.draft()
    made = [read(drafted, expert()) for _number in range(rows)]
    for _number in range(rows):
        expert()
    sponsor, reader = at_browser(drafted.author), at_browser(made[0].expert)
    with django_assert_num_queries(10):
        sponsor.get(reverse("diagnosis:ask", args=[drafted.public_id]))
    with django_assert_num_queries(5):
        reader.get(made[0].get_absolute_url())


def test_whoever_has_read_the_draft_neither_answers_nor_judges_and_being_asked_binds_nobody() -> None:
    drafted, reader, unread = factories.draft(), expert(), expert()
    row = read(drafted, reader)
    asked(drafted, unread)
    again = services.open_draft(public_id=row.public_id, actor=reader)
    assert (again.read_at, Fact.objects.filter(kind="diagnosis.read").count()) == (row.read_at, 1)
    challenge = factories.published(drafted)
    assert not proposing.may_propose(reader, challenge)
    assert proposing.may_propose(unread, challenge)
    assert judging.conflicts(reader, challenge)
    assert not judging.conflicts(unread, challenge)
    assert reader not in judging.candidates(challenge)[0]


@pytest.mark.parametrize("role", [Role.ADJUDICATOR, Role.SUPERVISOR])
def test_nor_are_they_named_to_adjudicate_or_supervise(role: Role) -> None:
    drafted, reader = factories.draft(), expert()
    read(drafted, reader)
    factories.accounts.grant_role(user=reader, role=role, scope=Scope.REGION, scope_id="420000")
    posting.submit_challenge(public_id=drafted.public_id, actor=drafted.author)
    factories.opening_officers()
    named = {one.lower(): factories.officer_with(one) for one in (Role.ADJUDICATOR, Role.SUPERVISOR)}
    named[role.lower()] = reader
    admin = factories.officer_with(Role.REGION_ADMIN)
    with pytest.raises(Refusal) as refused:
        posting.approve_challenge(public_id=drafted.public_id, actor=admin, **named)
    assert refused.value.field == role.lower()
