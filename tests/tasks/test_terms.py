"""What a posting promises beside its need: audience, rewards, prizes, milestones, readiness, English (L02)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.registry.calendar import WorkCalendar
from tasks.challenges import policy, posting, queries, services
from tasks.challenges.advice import advice
from tasks.challenges.choices import LEVELS, NameShown
from tasks.challenges.forecast import forecast
from tasks.challenges.posting import CriterionLine, MilestoneLine, PlaceLine, Posting
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
HALF = 1_500_000_00
NUMBER = CriterionLine("阻抗", 100, kind="NUMBER", op="≤", limit="10", unit="Ω·cm²", test_method="四探针法")
PLACES = {"mode": "BOUNTY", "prize_rule": "PLACES"}

BROKEN: list[tuple[str, dict[str, Any]]] = [
    ("no_secrets", {"no_secrets": False}),
    ("eligibility_reason", {"audience": "INTERNAL"}),
    ("chain", {"audience": "CHAIN", "eligibility_reason": "配套"}),
    ("audience", {"audience": "FRIENDS"}),
    ("abroad_reason", {"abroad": "NO"}),
    ("title_en", {"abroad": "YES", "description_en": "Lower it."}),
    ("description_en", {"abroad": "YES", "title_en": "Lower impedance"}),
    ("reward_kinds", {"reward_kinds": ()}),
    ("reward_kinds", {"reward_kinds": ("LUCK",), "reward_terms": "运气"}),
    ("reward_terms", {"reward_kinds": ("CASH", "EQUITY")}),
    ("places", PLACES),
    ("places", {**PLACES, "places": (PlaceLine(HALF),)}),
    ("places", {**PLACES, "places": (PlaceLine(HALF), PlaceLine(HALF - 1))}),
    ("places", {**PLACES, "places": (PlaceLine(HALF - 1), PlaceLine(HALF + 1))}),
    ("milestones", {"milestones": (MilestoneLine("样机", 8, 60), MilestoneLine("中试", 20, 39))}),
    ("milestones", {"milestones": (MilestoneLine("样机", 8, 60), MilestoneLine("中试", 8, 40))}),
    ("start_level", {"start_level": 10}),
    ("target_level", {"start_level": 5, "target_level": 4}),
    ("criteria", {"criteria": (replace(NUMBER, test_method=" "),)}),
    ("criteria", {"criteria": (replace(NUMBER, limit=""),)}),
    ("criteria", {"criteria": (replace(NUMBER, op=""),)}),
]


def found(**changes: Any) -> list[str]:
    """The fields that keep such a posting from being handed in."""
    content = replace(factories.posting_content(region=factories.region()), **changes)
    return [problem.field for problem in posting.problems(content, now=clock.now())]


@pytest.mark.parametrize(("field", "changes"), BROKEN)
def test_each_broken_promise_is_named_at_its_field(field: str, changes: dict[str, Any]) -> None:
    assert found(**changes) == [field]


@pytest.mark.parametrize(
    "changes",
    [
        {"audience": "INTERNAL", "eligibility_reason": "只对本单位"},
        {"audience": "BOTH"},
        {"abroad": "NO", "abroad_reason": "出口管制"},
        {"abroad": "YES", "title_en": "Lower impedance", "description_en": "By ten."},
        {"reward_kinds": ("EQUITY",), "reward_terms": "项目公司 5 % 股权"},
        {**PLACES, "places": (PlaceLine(HALF), PlaceLine(HALF))},
        {"milestones": (MilestoneLine("样机", 8, 60), MilestoneLine("中试", 20, 40))},
        {"criteria": (NUMBER,)},
        {"criteria": (CriterionLine("有样机", 100, kind="YES_NO"),)},
        {"start_level": 4, "target_level": 7},
    ],
)
def test_what_is_complete_can_be_handed_in(changes: dict[str, Any]) -> None:
    assert found(**changes) == []


def test_it_is_kept_as_it_was_written() -> None:
    content = factories.posting_content(
        criteria=(NUMBER,),
        milestones=(MilestoneLine("样机", 8, 60), MilestoneLine("中试", 20, 40)),
        places=(PlaceLine(HALF), PlaceLine(HALF)),
        reward_kinds=("CASH", "OPTION"),
        reward_terms="期权",
        start_level=3,
        target_level=6,
        name_shown=NameShown.AFTER_NDA,
    )
    owner = factories.person()
    sponsor = factories.organisation(owner)
    made = services.draft_challenge(actor=owner, content=content, sponsor=sponsor)
    made.refresh_from_db()
    assert queries.posting_of(made) == replace(content, region=sponsor.region)


@given(amounts=st.lists(st.integers(1, 10**9), min_size=2, max_size=10), off=st.integers(-3, 3))
def test_prizes_of_places_pass_only_if_they_make_the_whole_reward(amounts: list[int], off: int) -> None:
    places = tuple(PlaceLine(amount) for amount in sorted(amounts, reverse=True))
    content = Posting(title="甲", mode="BOUNTY", prize_rule="PLACES", places=places, bounty_amount=sum(amounts) + off)
    wrong = [one.field for one in posting.problems(content, now=datetime(2026, 11, 23, tzinfo=UTC))]
    assert ("places" in wrong) == (off != 0)


@given(
    shares=st.lists(st.integers(1, 100), min_size=1, max_size=8) | st.permutations([20, 30, 50]),
    steps=st.lists(st.integers(0, 30), min_size=8, max_size=8),
)
def test_milestones_pass_only_if_they_make_a_hundred_and_follow_each_other(shares: list[int], steps: list[int]) -> None:
    weeks = [sum(steps[: place + 1]) + 1 for place in range(len(shares))]
    lines = tuple(MilestoneLine("步", week, share) for week, share in zip(weeks, shares, strict=True))
    wrong = [
        one.field
        for one in posting.problems(
            Posting(title="甲", mode="TASK", milestones=lines), now=datetime(2026, 11, 23, tzinfo=UTC)
        )
    ]
    fits = sum(shares) == 100 and all(step > 0 for step in steps[1 : len(shares)])
    assert ("milestones" in wrong) == (not fits)


@given(
    deadline=st.integers(0, 70 * 365 * 24 * 60).map(lambda minutes: BEGINNING + timedelta(minutes=minutes)),
    holidays=st.frozensets(st.dates(date(2020, 1, 1), date(2090, 1, 1)), max_size=30),
    weeks=st.integers(0, 520),
)
def test_each_later_stage_comes_after_the_one_before(deadline: datetime, holidays: frozenset[date], weeks: int) -> None:
    calendar = WorkCalendar(holidays=holidays, makeup_days=frozenset(), published_years=frozenset({2026}))
    stages = forecast(deadline, calendar, first_weeks=weeks)
    moments = [one.at for one in stages]
    assert moments == sorted(set(moments))
    assert len(stages) == 7
    assert stages[-1].at >= deadline + timedelta(weeks=weeks)


def test_each_level_of_readiness_has_words() -> None:
    assert sorted(LEVELS) == list(range(1, 10))
    drafted = factories.draft(target_level=6)
    assert drafted.target_words == "6 · prototype shown under realistic conditions"
    assert drafted.start_words == ""


def test_advice_keeps_nobody_from_handing_in() -> None:
    content = factories.posting_content(description="显著提高性能", region=factories.region())
    said = [one.field for one in advice(content, sponsor="", works=lambda _day: False)]
    assert set(said) >= {"description", "bounty", "milestones", "title_en", "target_level", "criteria", "deadline"}
    assert list(posting.problems(content, now=clock.now())) == []


def test_advice_warns_of_a_name_that_stands_in_the_text() -> None:
    content = factories.posting_content(name_shown="HIDDEN", title="某某公司求解")
    assert "title" in [one.field for one in advice(content, sponsor="某某公司", works=lambda _day: True)]


def test_what_is_named_takes_no_part_that_is_not() -> None:
    whole = factories.open_challenge()
    hidden = factories.posting_content(name_shown="HIDDEN")
    with pytest.raises(Refusal) as refused:
        services.draft_challenge(actor=whole.author, content=hidden, sponsor=whole.sponsor, parent=whole)
    assert refused.value.field == "name_shown"


@pytest.mark.parametrize(
    ("abroad", "alone", "with_partner"), [("YES", True, True), ("PARTNER", False, True), ("NO", False, False)]
)
def test_who_answers_from_abroad(abroad: str, *, alone: bool, with_partner: bool) -> None:
    challenge = factories.draft(abroad=abroad)
    assert policy.abroad_denial(challenge, abroad=False, with_partner=False) is None
    for partner, allowed in ((False, alone), (True, with_partner)):
        assert (policy.abroad_denial(challenge, abroad=True, with_partner=partner) is None) == allowed
