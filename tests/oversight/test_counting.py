"""Every figure equals a plain recount, and nothing before the opening changes any of them."""

import random
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from marketplace.kernel import clock
from marketplace.oversight import countings, queries, solvers
from marketplace.oversight.countings import COUNTINGS
from marketplace.oversight.scope import EVERYTHING, Scope
from marketplace.registry.models import Region
from tasks.challenges.models import Challenge
from tests import factories
from tests.oversight import recount, world
from tests.registry.conftest import archived
from tests.tasks.web.people import body

pytestmark = pytest.mark.django_db
TIMES = re.compile(r"\d\d:\d\d(:\d\dZ)?")
FAILURES = ("NO_PROPOSAL", "NONE_ADMISSIBLE", "BELOW_THRESHOLD")


def test_every_figure_and_every_list_equals_a_plain_recount_over_whole_lives() -> None:
    world.everything()
    found = queries.counted(EVERYTHING)
    assert set(recount.TESTS) == set(COUNTINGS)
    for name, counting in COUNTINGS.items():
        expected = {one.pk for one in recount.counted(name)}
        assert {one.pk for one in counting.rows(EVERYTHING)} == expected, name
        figure = {**found.won, **found.totals}.get(counting.column)
        assert figure is None or figure == len(expected), name
    assert {pace.name: pace.days for pace in found.paces} == {
        name: recount.days(name) for name in COUNTINGS if name.startswith("took")
    }
    assert {pace.name: pace.count for pace in found.paces} == {
        name: len(recount.counted(name)) for name in COUNTINGS if name.startswith("took")
    }
    published = recount.published()
    assert found.totals["offered"] == sum(one.bounty_amount or 0 for one in published)
    assert found.totals["awarded_money"] == sum(one.awards.get().amount for one in recount.counted("awarded"))
    assert sum(found.won[one.column] for one in countings.WINNERS) == found.won["won"] == 3
    assert found.won["enterprise_university"] == 2
    assert found.solvers.proposals == sum(
        one.state in recount.OPENED for row in published for one in row.proposals.all()
    )
    kinds = recount.solvers()
    assert solvers._by_kind([one.pk for one in published]) == {
        kind: kinds[kind] for kind in solvers.KINDS if kind != "OTHER"
    } | {"OTHER": kinds["GOVERNMENT"]}


def test_a_thousand_ways_to_stand_add_up_in_every_region_field_and_month() -> None:
    dice = random.Random(20)  # no secret: the same rows every time
    regions = world.regions()
    fields = [factories.field(code) for code in ("a", "b", "c")]
    _random_rows(dice, list(regions.values()), fields)
    for scope in (EVERYTHING, *(Scope(region=one) for one in regions.values()), Scope(field=fields[0])):
        found = queries.counted(scope)
        rows = [one for one in recount.published() if _lies_in(one, scope)]
        assert found.totals["posted"] == len(rows)
        for group in (found.regions, found.months):
            assert sum(numbers["posted"] for numbers in group.values()) == len(rows)
            assert sum(numbers["offered"] for numbers in group.values()) == found.totals["offered"]
        per_field = {one.code: [row for row in rows if one in row.fields.all()] for one in fields}
        assert {code: numbers["posted"] for code, numbers in found.fields.items()} == {
            code: len(some) for code, some in per_field.items() if some
        }
        stand = ("open", "judged", "awarded", "failed", "cancelled")
        assert sum(found.totals[name] for name in stand) == found.totals["posted"]
        for name in (*stand, "failed_below_threshold", "opened", "answered", "samples"):
            expected = [one for one in rows if _plainly(name, one)]
            assert found.totals[name] == len(expected), (scope.key, name)


def test_a_region_counts_itself_and_everything_below_it_once() -> None:
    tree = world.regions()
    for code in ("420106", "420100", "420500", "330100", "DE"):
        posted_in(tree[code])
    top = {code: numbers["posted"] for code, numbers in queries.counted(EVERYTHING).regions.items()}
    assert top == {"420000": 3, "330000": 1, "DE": 1}
    hubei = queries.counted(Scope(region=tree["420000"]))
    assert {code: numbers["posted"] for code, numbers in hubei.regions.items()} == {"420100": 2, "420500": 1}
    wuhan = queries.counted(Scope(region=tree["420100"]))
    assert {code: numbers["posted"] for code, numbers in wuhan.regions.items()} == {"420106": 1, "420100": 1}
    china = queries.counted(Scope(region=tree["CN"]))
    assert {code: numbers["posted"] for code, numbers in china.regions.items()} == {"420000": 3, "330000": 1}
    alone = Scope(region=tree["420100"], alone=True)
    assert COUNTINGS["posted"].rows(alone).count() == 1


def test_nothing_that_happens_before_the_opening_changes_a_single_byte(client: Client) -> None:
    world.regions()
    sealed = factories.closed(world.posted("330100"))
    challenge = world.posted()
    seen = [_everything_published(client)]
    proposal = world.answered(challenge, world.organisation("UNIVERSITY", "420100"))
    world.answered(challenge)
    factories.proposal_draft(challenge)
    seen.append(_everything_published(client))
    proposal.refresh_from_db()
    world.proposing.withdraw_proposal(public_id=proposal.public_id, actor=proposal.author)
    seen.append(_everything_published(client))
    assert seen[0] == seen[1] == seen[2]
    factories.opened(sealed)
    assert _everything_published(client) != seen[0]


def test_kinds_of_solvers_are_told_in_bands_and_only_of_many() -> None:
    world.regions()
    made = [world.posted() for _number in range(3)]
    firms = [world.organisation("UNIVERSITY", "330100") for _number in range(6)]
    for place in range(9):
        world.answered(made[place % 3], firms[place] if place < 6 else None)
    for one in made:
        world.opened(one)
    assert queries.counted(EVERYTHING).solvers == solvers.Solvers(9, 3, {})
    last = world.posted()
    world.answered(last, firms[0])
    world.answered(last)
    world.opened(last)
    found = queries.counted(EVERYTHING).solvers
    assert found.proposals == 11
    told = {kind: str(band) for kind, band in found.kinds.items()}
    assert told == {
        "ALONE": "0–4", "SME": "0–4", "ENTERPRISE": "0–4", "UNIVERSITY": "5–9", "INSTITUTE": "0–4", "OTHER": "0–4"
    }  # fmt: skip


def test_the_newest_stand_for_all_where_there_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(countings, "LATEST", 2)
    tree = world.regions()
    made = [posted_in(tree["420100"], opened_at=clock.now() - timedelta(days=days)) for days in (1, 9, 3)]
    rows = COUNTINGS["took-approval"].rows(EVERYTHING)
    assert [one.pk for one in rows] == [made[0].pk, made[2].pk]
    assert queries.counted(EVERYTHING).paces[0].count == 2


def test_the_archive_counts_nowhere() -> None:
    tree = world.regions()
    before = queries.counted(EVERYTHING).totals
    archived("A1", factories.field(), tree["420000"])
    assert queries.counted(EVERYTHING).totals == before == dict.fromkeys(before, 0)


def posted_in(region: Region | None, **columns: Any) -> Challenge:
    """A published row, without its life."""
    values = {"author": factories.person(), "title": "x", "state": "OPEN", "opened_at": clock.now(), **columns}
    return Challenge.objects.create(region=region, **values)


def _random_rows(dice: random.Random, regions: list[Region], fields: list[Any]) -> None:
    author = factories.person()
    for _number in range(60):
        state = dice.choice(sorted(recount.PUBLIC | {"DRAFT", "SUBMITTED", "RETURNED"}))
        failed = dice.choice(FAILURES) if state == "FAILED" else ""
        made = posted_in(
            dice.choice(regions),
            author=author,
            state=state,
            failure_reason=failed,
            bounty_amount=dice.choice([None, dice.randint(1, 10**12)]),
            opened_at=clock.now() - timedelta(days=dice.randint(0, 600)),
            deadline=clock.now(),
            proposals_opened_at=clock.now() if failed or state in recount.JUDGED - {"SEALED"} else None,
            is_sample=dice.random() < 0.3,
        )
        made.fields.set(dice.sample(fields, dice.randint(0, 3)))


def _lies_in(one: Challenge, scope: Scope) -> bool:
    here = scope.region is None or (one.region is not None and scope.region.covers(one.region))
    return here and (scope.field is None or scope.field in one.fields.all())


def _plainly(name: str, one: Challenge) -> bool:
    if name == "answered":  # these rows have no proposals; the reason alone tells
        return one.proposals_opened_at is not None and one.failure_reason != "NO_PROPOSAL"
    return recount.TESTS[name.replace("_", "-")](one)


def _everything_published(client: Client) -> list[Any]:
    caches["figures"].clear()
    pages = [f"/figures/list/{name}/" for name in COUNTINGS if name not in {"opened", "answered"}]
    pages += ["/figures/", "/figures/regions/420000/", "/figures/export.csv", "/en/figures/?field=new-energy"]
    return [TIMES.sub("", body(client.get(page))) for page in pages]
