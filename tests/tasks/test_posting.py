"""What may be submitted and what may not, and that a refused act changes nothing (L01–L05, L09)."""

from datetime import timedelta
from typing import Any

import pytest

from marketplace.accounts.models import Membership
from marketplace.accounts.roles import Role
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.outbox.models import Fact
from marketplace.registry.models import NegativeListItem
from tasks.challenges import policy, posting, queries, services
from tasks.challenges.lifecycle import PUBLIC, State
from tasks.challenges.models import Challenge
from tasks.challenges.posting import CriterionLine, IndicatorLine
from tests import clock as movable
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

BROKEN: dict[str, dict[str, Any]] = {
    "description": {"description": "  "},
    "problem_kind": {"problem_kind": ""},
    "mode": {"mode": "AUCTION"},
    "fields": {"fields": ()},
    "indicators": {"indicators": ()},
    "bounty": {"bounty_amount": None},
    "deadline": {"deadline": None},
    "ip_terms": {"ip_terms": ""},
    "contact_office": {"contact_office": ""},
    "contact_telephone": {"contact_telephone": " "},
    "contact_address": {"contact_address": ""},
    "criteria": {"criteria": (CriterionLine("a", 60), CriterionLine("b", 39))},
    "threshold": {"threshold": 0},
    "eligibility_reason": {"reserved_for_sme": True},
}


@pytest.mark.parametrize("field", BROKEN)
def test_each_missing_thing_is_named_at_its_field_and_keeps_the_posting_a_draft(field: str) -> None:
    drafted = factories.draft(**BROKEN[field])
    with pytest.raises(Refusal) as refused:
        services.submit_challenge(public_id=drafted.public_id, actor=drafted.author)
    assert refused.value.field == field
    drafted.refresh_from_db()
    assert (drafted.state, drafted.version) == (State.DRAFT, 1)
    assert not Fact.objects.filter(kind="challenge.submitted").exists()


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("title", {"title": "长" * 121}),
        ("title", {"title": " "}),
        ("description", {"description": "x" * 20_001}),
        ("bounty", {"bounty_amount": -5}),
        ("bounty", {"bounty_amount": 0}),
        ("bounty", {"bounty_amount": 10**15}),
        ("criteria", {"criteria": (CriterionLine("a", -10), CriterionLine("b", 110))}),
    ],
)
def test_what_cannot_be_is_not_even_a_draft(field: str, change: dict[str, Any]) -> None:
    owner = factories.person()
    with pytest.raises(Refusal) as refused:
        services.draft_challenge(actor=owner, content=factories.posting_content(**change))
    assert refused.value.field == field
    assert not Challenge.objects.exists()


def test_a_deadline_within_fifteen_days_is_too_soon_and_exactly_fifteen_is_not() -> None:
    now = clock.now()
    late = factories.posting_content(deadline=now + timedelta(days=15), region=factories.region())
    soon = factories.posting_content(deadline=now + timedelta(days=15, seconds=-1), region=factories.region())
    assert list(posting.problems(late, now=now)) == []
    assert [problem.field for problem in posting.problems(soon, now=now)] == ["deadline"]


def test_anyone_signed_in_drafts_but_submits_only_for_a_verified_organisation() -> None:
    somebody = factories.person()
    drafted = services.draft_challenge(actor=somebody, content=factories.posting_content())
    with pytest.raises(Refusal):
        services.submit_challenge(public_id=drafted.public_id, actor=somebody)
    unverified = factories.organisation(somebody, verified=False)
    drafted = services.edit_challenge(
        public_id=drafted.public_id, actor=somebody, content=factories.posting_content(), sponsor=unverified
    )
    with pytest.raises(Refusal, match="verified"):
        services.submit_challenge(public_id=drafted.public_id, actor=somebody)


def test_nobody_posts_for_an_organisation_they_do_not_act_for() -> None:
    foreign = factories.organisation(factories.person())
    stranger = factories.person()
    with pytest.raises(Refusal) as refused:
        services.draft_challenge(actor=stranger, content=factories.posting_content(), sponsor=foreign)
    assert refused.value.field == "sponsor"
    factories.member(foreign, stranger, Membership.Place.MEMBER)
    with pytest.raises(Refusal):
        services.draft_challenge(actor=stranger, content=factories.posting_content(), sponsor=foreign)


def test_a_draft_is_seen_by_its_people_only_and_a_submitted_one_also_by_its_region() -> None:
    drafted = factories.draft()
    here = factories.officer_with(Role.REGION_ADMIN, code="420000")
    elsewhere = factories.officer_with(Role.REGION_ADMIN, code="330000")
    watchers = {"author": drafted.author, "here": here, "elsewhere": elsewhere, "stranger": factories.person()}

    def seen() -> set[str]:
        by_query = {name for name, who in watchers.items() if queries.visible_to(who).filter(pk=drafted.pk).exists()}
        fresh = Challenge.objects.get(pk=drafted.pk)
        assert by_query == {name for name, who in watchers.items() if policy.may_see(who, fresh)}
        return by_query

    assert seen() == {"author"}
    services.submit_challenge(public_id=drafted.public_id, actor=drafted.author)
    assert seen() == {"author", "here"}


def test_a_region_admin_cannot_decide_on_another_regions_challenge() -> None:
    waiting = factories.submitted()
    for actor in (factories.officer_with(Role.REGION_ADMIN, code="330000"), waiting.author, factories.person()):
        with pytest.raises(Refusal):
            services.return_challenge(public_id=waiting.public_id, actor=actor, reason="不行")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.return_reason) == (State.SUBMITTED, "")


def test_an_administrator_who_belongs_to_the_sponsor_leaves_it_to_another() -> None:
    waiting = factories.submitted()
    admin = factories.officer_with(Role.REGION_ADMIN)
    assert waiting.sponsor
    factories.member(waiting.sponsor, admin)
    with pytest.raises(Refusal, match="somebody else"):
        services.return_challenge(public_id=waiting.public_id, actor=admin, reason="不行")


def test_a_return_needs_a_reason_and_the_sponsor_may_then_correct_and_submit_again() -> None:
    waiting = factories.submitted()
    admin = factories.officer_with(Role.REGION_ADMIN)
    with pytest.raises(Refusal):
        services.return_challenge(public_id=waiting.public_id, actor=admin, reason="  ")
    returned = services.return_challenge(public_id=waiting.public_id, actor=admin, reason="指标不可测量")
    assert (returned.state, returned.return_reason) == (State.RETURNED, "指标不可测量")
    content = factories.posting_content(indicators=(IndicatorLine("能量密度", "≥", "400", "Wh/kg"),))
    services.edit_challenge(public_id=waiting.public_id, actor=waiting.author, content=content)
    again = services.submit_challenge(public_id=waiting.public_id, actor=waiting.author)
    assert (again.state, again.return_reason) == (State.SUBMITTED, "")


def test_approval_names_two_different_fit_officers() -> None:
    waiting = factories.submitted()
    admin = factories.officer_with(Role.REGION_ADMIN)
    adjudicator, supervisor = factories.officer_with(Role.ADJUDICATOR), factories.officer_with(Role.SUPERVISOR)
    both = factories.officer_with(Role.ADJUDICATOR)
    assert waiting.sponsor
    bound = factories.officer_with(Role.ADJUDICATOR)
    factories.member(waiting.sponsor, bound)
    for judge, watcher, field in (
        (both, both, "supervisor"),
        (factories.person(), supervisor, "adjudicator"),
        (adjudicator, factories.officer_with(Role.SUPERVISOR, code="330000"), "supervisor"),
        (bound, supervisor, "adjudicator"),
    ):
        with pytest.raises(Refusal) as refused:
            services.approve_challenge(public_id=waiting.public_id, actor=admin, adjudicator=judge, supervisor=watcher)
        assert refused.value.field == field
    opened = services.approve_challenge(
        public_id=waiting.public_id, actor=admin, adjudicator=adjudicator, supervisor=supervisor
    )
    assert opened.state == State.OPEN
    assert opened.opened_at is not None


def test_a_listed_matter_is_refused_with_its_item_until_somebody_says_why_it_is_none() -> None:
    NegativeListItem.objects.create(
        code="X1",
        name_zh="武器",
        name_en="Weapons",
        keywords=["界面阻抗"],
        source_zh="",
        source_en="",
        valid_from="2016-01-01",
    )
    waiting = factories.submitted()
    admin = factories.officer_with(Role.REGION_ADMIN)
    named = {
        "adjudicator": factories.officer_with(Role.ADJUDICATOR),
        "supervisor": factories.officer_with(Role.SUPERVISOR),
    }
    with pytest.raises(Refusal, match="X1") as refused:
        services.approve_challenge(public_id=waiting.public_id, actor=admin, **named)
    assert refused.value.field == "clearance"
    opened = services.approve_challenge(public_id=waiting.public_id, actor=admin, clearance="民用电池", **named)
    assert opened.state == State.OPEN
    assert Fact.objects.get(kind="challenge.approved").reason == "民用电池"


def test_a_call_closes_at_its_deadline_and_not_before() -> None:
    challenge = factories.open_challenge()
    assert challenge.deadline
    movable.shift(seconds=(challenge.deadline - clock.now()).total_seconds() - 1)
    with pytest.raises(Refusal):
        services.close_challenge(public_id=challenge.public_id)
    movable.shift(seconds=1)
    assert services.close_challenge(public_id=challenge.public_id).state == State.SEALED
    with pytest.raises(Stale):
        services.close_challenge(public_id=challenge.public_id)


def test_an_unknown_challenge_and_a_hidden_one_read_alike() -> None:
    drafted = factories.draft()
    stranger = factories.person()
    for public_id in (drafted.public_id, "0" * 16):
        with pytest.raises(NotFound) as failure:
            queries.visible(public_id, stranger)
        assert str(failure.value) == str(NotFound())


def test_no_state_before_opening_is_public() -> None:
    assert not {State.DRAFT, State.SUBMITTED, State.RETURNED, State.APPROVED} & PUBLIC
