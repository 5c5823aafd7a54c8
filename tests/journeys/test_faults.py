"""The plug (house check 4): kill -9 and SIGSTOP of every process while people work, and nothing is lost or doubled.

One platform with a PostgreSQL, a Redis and an Elasticsearch of its own. Each blow is dealt once and looked at from
several sides.
"""

import json
from collections.abc import Iterator

import pytest

from tests.journeys.faults.drill import CATCH_UP, STOPPED, Blow, Drill, Outcome, drilling

pytestmark = [pytest.mark.drill, pytest.mark.production]

CHILDREN = "lost its children"
BLOWS = {
    "live killed": Blow(("live",), "killed"),
    "beat killed": Blow(("beat",), "killed"),
    "relay killed": Blow(("relay",), "killed"),
    "worker killed": Blow(("worker",), "killed"),
    "worker's pool killed": Blow(("worker",), CHILDREN),
    "redis killed": Blow(("redis",), "killed"),
    "elasticsearch killed": Blow(("redis", "elasticsearch"), "killed"),
    "redis stopped": Blow(("redis", "elasticsearch"), "stopped"),
    "elasticsearch stopped": Blow(("redis", "elasticsearch"), "stopped"),
    "relay stopped": Blow(("relay", "beat"), "stopped"),
    "beat stopped": Blow(("relay", "beat"), "stopped"),
    "worker stopped": Blow(("worker", "live"), "stopped"),
    "live stopped": Blow(("worker", "live"), "stopped"),
    "pages stopped": Blow(("pages",), "stopped"),
    "pages' workers killed": Blow(("pages",), CHILDREN),
    "pages killed": Blow(("pages",), "killed"),
    "postgresql killed": Blow(("postgresql",), "killed"),
}
"""By the name of the case. What does not lean on each other is struck together, to keep the whole short."""
FEWEST_WRITES, FEWEST_READS = 5, 8
UNANSWERED = {"pages", "postgresql"}
"""While one of these is away, pages cannot be given."""
OWED = ("waiting", "parked", "debts", "tickets", "behind")


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    """The platform under drill."""
    with drilling(tmp_path_factory.mktemp("faults")) as started:
        yield started


@pytest.mark.parametrize("name", BLOWS)
def test_after_a_blow_everything_is_as_it_should_be(drill: Drill, name: str) -> None:
    outcome = drill.after(BLOWS[name])
    assert {what: found for what, found in outcome.audit.items() if found} == {}
    assert {what: outcome.owed[what] for what in OWED if outcome.owed[what]} == {}, outcome.owed
    assert outcome.caught_up <= CATCH_UP, outcome.line()
    assert outcome.odd == []
    assert_answered(outcome)


def assert_answered(outcome: Outcome) -> None:
    """Requests went on being answered, all of them unless what every page needs was struck."""
    assert outcome.submitted, outcome.line()
    if UNANSWERED.intersection(outcome.blow.parts):
        return
    assert outcome.failed == []
    assert outcome.slowest < STOPPED, f"a page waited for what was away: {outcome.line()}"
    assert outcome.writes >= FEWEST_WRITES, outcome.line()
    assert outcome.reads >= FEWEST_READS, outcome.line()


def test_the_audit_would_find_a_loss(drill: Drill) -> None:
    """The canary: acts that never happened are missed, and one that happened is not."""
    ids = drill.stage.world["ids"]
    never = {"acknowledged": True, "token": "never", "at": 0.0}
    posting = drill.stage.world["open"][0]
    acts = [
        {**never, "kind": "approved", "subject": posting, "actor": ids["region_admin"]},
        {**never, "kind": "approved", "subject": posting, "actor": ids["owner"]},
        {**never, "kind": "drafted", "subject": "never", "actor": ids["owner"]},
    ]
    found = drill.auditor.ask("audit", acts=acts, since=0)["lost"]
    assert len(found) == 2, json.dumps(found, ensure_ascii=False)
