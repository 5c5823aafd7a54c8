"""The forty needs of the five cities: whole by the import's own rules, measurable, each under an invented name."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from marketplace.accounts.models import Organisation
from marketplace.demo.telling import regional
from marketplace.kernel import clock
from marketplace.registry import queries as registry
from marketplace.registry import services as reference
from marketplace.registry.models import Region
from tasks.challenges import posting
from tasks.challenges.posting import Posting
from tasks.sheets import queries

pytestmark = pytest.mark.django_db

CITIES = ("武汉", "南通", "温州", "嘉兴", "天水")


@pytest.fixture
def told() -> list[Posting]:
    reference.load_reference()
    words = queries.vocabulary(Organisation(region=Region(code="CN")))
    return [regional.posting_of(row, words) for row in regional.rows()]


def test_there_are_eight_of_each_city() -> None:
    assert Counter(row.cells["region"] for row in regional.rows()) == dict.fromkeys(CITIES, 8)
    assert {row.others[regional.SPONSOR][:2] for row in regional.rows()} == set(CITIES)
    assert all(row.others[regional.SPONSOR].startswith(row.cells["region"]) for row in regional.rows())


def test_whoever_posts_is_marked_as_invented_in_both_languages() -> None:
    assert all(row.others[regional.SPONSOR].endswith("（示例）") for row in regional.rows())
    assert all(row.others[regional.SPONSOR_EN].endswith("(sample)") for row in regional.rows())


def test_each_could_be_handed_in(told: list[Posting]) -> None:
    now = clock.now()
    later = {"deadline": now + timedelta(days=30), "contact_telephone": "0", "contact_address": "示例路"}
    assert [list(posting.problems(replace(one, **later), now=now)) for one in told] == [[]] * 40


def test_each_is_told_apart_and_says_how_it_is_measured(told: list[Posting]) -> None:
    assert len({one.title for one in told}) == len({one.description for one in told}) == 40
    assert all(len(one.description) > 100 for one in told)
    for one in told:
        assert len(one.indicators) >= 4
        assert all(line.op and any(sign.isdigit() for sign in line.value) for line in one.indicators)


def test_rewards_modes_and_fields_vary(told: list[Posting]) -> None:
    amounts = [one.bounty_amount or 0 for one in told]
    assert len(set(amounts)) > 30
    assert (min(amounts), max(amounts)) == (45_0000_00, 600_0000_00)
    assert set(Counter(one.mode for one in told)) == {"TASK", "BOUNTY"}
    assert len({one.code for posting_ in told for one in posting_.fields}) > 20


def test_none_reads_like_the_negative_list(told: list[Posting]) -> None:
    today = clock.now().date()
    assert [registry.hits(f"{one.title}\n{one.description}", on=today) for one in told] == [[]] * 40
