"""The index follows the database: through facts, through debts, by rebuilding and by verifying (I22, I23, I26)."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from marketplace.accounts.models import Expert
from marketplace.kernel.lifecycle import revise
from marketplace.kernel.views import view_name
from marketplace.outbox.models import Delivery, Fact
from marketplace.outbox.registry import listeners_of
from search import engine, indexing, jobs
from search.backends.base import DocumentRefused, EngineUnavailable, NoAnswer, SearchIndex
from search.models import IndexDebt, IndexDocument
from search.projection import Document, Kind, document, tombstone
from search.subscribers import follow_challenges
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tests import factories
from tests.relay import drain
from tests.search.rows import content_of

pytestmark = pytest.mark.django_db


def held(index: SearchIndex, kind: Kind = Kind.CHALLENGE) -> dict[str, Any]:
    return dict(index.held(kind))


def expected(*challenges: Challenge) -> dict[str, Any]:
    found = {}
    for challenge in challenges:
        content = content_of(Kind.CHALLENGE, challenge.public_id)
        assert content is not None
        found[challenge.public_id] = (content.version, content.digest)
    return found


def ledger() -> dict[str, Any]:
    return {row.public_id: (row.version, row.digest) for row in IndexDocument.objects.filter(kind=Kind.CHALLENGE)}


class Broken:
    """An engine that is away: every question fails as `failure`, and how often it was asked is counted."""

    def __init__(self, failure: type[EngineUnavailable] = NoAnswer) -> None:
        self.failure = failure
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        def fail(*args: Any, **kwargs: Any) -> Any:
            self.asked += 1
            raise self.failure(name)

        return fail


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Broken:
    broken = Broken()
    monkeypatch.setattr(engine, "engine", lambda: broken)
    return broken


def test_an_opened_challenge_enters_and_follows_its_life(index: SearchIndex) -> None:
    challenge = factories.open_challenge()
    drain()
    assert held(index) == expected(challenge) == ledger()
    factories.closed(challenge)
    drain()
    assert held(index) == expected(challenge) == ledger()


def test_a_draft_a_submitted_and_a_returned_posting_never_enter_not_even_their_ids(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I22: the engine is not even told that they exist."""
    told: list[Any] = []
    monkeypatch.setattr(type(index), "put", lambda self, documents, **how: told.extend(documents))
    factories.draft()
    factories.submitted()
    returned = factories.submitted()
    assert returned.region is not None
    admin = factories.officer_with("REGION_ADMIN", code=returned.region.code)  # type: ignore[arg-type]  # the role's code
    posting.return_challenge(public_id=returned.public_id, actor=admin, reason="请补充指标")
    drain()
    assert (told, held(index), ledger()) == ([], {}, {})


def test_the_index_is_written_before_anybody_is_told_to_look_again() -> None:
    """Deliveries of a fact go out in this order: a list that refreshes at once finds what is new."""
    order = [one.name.split(".")[0] for one in listeners_of("challenge.opened")]
    assert order.index("search") < order.index("realtime")


def test_facts_delivered_twice_and_in_reverse_lead_to_the_same_index(index: SearchIndex) -> None:
    challenge = factories.open_challenge()
    factories.closed(challenge)
    drain()
    before = held(index)
    for fact in Fact.objects.filter(stream=f"challenge:{challenge.public_id}").order_by("-sequence"):
        follow_challenges([fact])
        follow_challenges([fact, fact])
    assert held(index) == before == expected(challenge)


def test_a_challenge_that_is_no_longer_public_leaves_and_a_late_old_write_does_not_bring_it_back(
    index: SearchIndex,
) -> None:
    challenge = factories.open_challenge()
    drain()
    content = content_of(Kind.CHALLENGE, challenge.public_id)
    assert content is not None
    Challenge.objects.filter(pk=challenge.pk).update(state="DRAFT", version=challenge.version + 1)
    indexing.follow(Kind.CHALLENGE, {challenge.public_id: challenge.version + 1})
    index.put([document(content)], at_once=True)
    assert (held(index), ledger()) == ({}, {})


def test_what_happens_while_the_engine_is_away_is_owed_and_paid(
    index: SearchIndex, away: Broken, monkeypatch: pytest.MonkeyPatch
) -> None:
    challenge = factories.open_challenge()
    drain()
    assert not Delivery.objects.exclude(state="DONE").filter(listener__startswith="search.").exists()
    assert IndexDebt.objects.get().public_id == challenge.public_id
    assert away.asked == 1, "after the first failure the engine is left alone for a while"
    assert jobs.catch_up() == 0
    monkeypatch.undo()
    engine.wake()
    assert jobs.catch_up() == 1
    assert held(index) == expected(challenge)
    assert (IndexDebt.objects.count(), jobs.catch_up()) == (0, 0)


class Picky:
    """The engine, which does not take one document."""

    def __init__(self, index: SearchIndex, refused: str) -> None:
        self.index, self.refused = index, refused

    def __getattr__(self, name: str) -> Any:
        return getattr(self.index, name)

    def put(self, documents: list[Document], *, at_once: bool = False) -> None:
        if any(one["public_id"] == self.refused for one in documents):
            raise DocumentRefused(self.refused)
        self.index.put(documents, at_once=at_once)


def test_what_is_refused_keeps_nothing_behind_it_waiting(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = (factories.open_challenge() for _number in range(3))
    drain()
    for number, one in enumerate((first, second, third)):
        since = timezone.now() - timedelta(minutes=9 - number)
        IndexDebt.objects.create(kind=Kind.CHALLENGE, public_id=one.public_id, version=one.version, since=since)
    monkeypatch.setattr(engine, "engine", lambda: Picky(index, second.public_id))
    assert indexing.pay_debts() == 2
    assert IndexDebt.objects.get().public_id == second.public_id
    monkeypatch.undo()
    assert indexing.pay_debts() == 1


def test_more_is_owed_than_is_paid_at_once(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "TOGETHER", 2)
    for challenge in [factories.open_challenge() for _number in range(5)]:
        since = timezone.now() - timedelta(minutes=1)
        IndexDebt.objects.create(kind=Kind.CHALLENGE, public_id=challenge.public_id, version=1, since=since)
    assert (indexing.pay_debts(), IndexDebt.objects.count()) == (5, 0)


def test_a_lost_index_is_built_again_by_itself(index: SearchIndex) -> None:
    """I26: the index is disposable."""
    challenge = factories.open_challenge()
    drain()
    index.drop()
    indexing.follow(Kind.CHALLENGE, {challenge.public_id: challenge.version})
    assert IndexDebt.objects.count() == 1
    jobs.catch_up()
    assert held(index) == expected(challenge) == ledger()
    assert (index.missing(), IndexDebt.objects.count()) == ([], 0)


def test_a_rebuild_holds_everything_and_forgets_what_is_gone(index: SearchIndex) -> None:
    challenges = [factories.open_challenge() for _ in range(3)]
    factories.draft()
    IndexDocument.objects.create(
        kind=Kind.CHALLENGE, public_id="gone", version=1, digest="", indexed_at="2026-01-01T00:00:00Z"
    )
    told: list[int] = []
    assert indexing.rebuild(Kind.CHALLENGE, told.append) == 3
    assert (held(index), told) == (expected(*challenges), [3])
    assert ledger() == held(index)


def test_a_change_during_a_rebuild_is_not_lost(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    early, late = factories.open_challenge(), factories.open_challenge()
    drain()

    def change_meanwhile(count: int) -> None:
        for challenge in (early, late):
            revise(challenge, title="改了")
            indexing.follow(Kind.CHALLENGE, {challenge.public_id: challenge.version})

    monkeypatch.setattr("search.sources.BATCH", 1)
    indexing.rebuild(Kind.CHALLENGE, change_meanwhile)
    assert held(index) == expected(early, late)


def test_verifying_finds_and_mends_every_kind_of_difference(index: SearchIndex) -> None:
    right, absent, outdated = (factories.open_challenge() for _ in range(3))
    drain()
    surplus = content_of(Kind.CHALLENGE, right.public_id)
    assert surplus is not None
    index.put([{**document(surplus), "public_id": "surplus"}], at_once=True)
    index.put([tombstone(Kind.CHALLENGE, absent.public_id, absent.version)], at_once=True)
    Challenge.objects.filter(pk=outdated.pk).update(description="没有事实说过的改动")
    found = indexing.compare(Kind.CHALLENGE)
    assert found.absent == [absent.public_id]
    assert found.outdated == [outdated.public_id]
    assert found.surplus == {"surplus": right.version}
    assert jobs.verify_index() == 3
    assert held(index) == expected(right, absent, outdated)
    assert indexing.compare(Kind.CHALLENGE).count == 0


def test_an_index_ahead_of_a_restored_database_is_rebuilt(index: SearchIndex) -> None:
    challenge = factories.open_challenge()
    drain()
    Challenge.objects.filter(pk=challenge.pk).update(version=1)
    assert indexing.compare(Kind.CHALLENGE).ahead == [challenge.public_id]
    jobs.verify_index()
    assert held(index) == expected(challenge)


def test_experts_and_archive_entries_follow_their_facts_too(index: SearchIndex) -> None:
    factories.expert()
    entry = Expert.objects.get()
    indexing.follow(Kind.EXPERT, {entry.public_id: entry.version})
    assert list(held(index, Kind.EXPERT)) == [entry.public_id]


def test_the_verification_view_says_what_the_index_holds(index: SearchIndex) -> None:
    factories.open_challenge()
    drain()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT kind, id, version, digest FROM {view_name(connection, 'index_document')}")
        rows = cursor.fetchall()
    assert rows == [("challenge", public_id, *known) for public_id, known in held(index).items()]


def test_the_rebuild_command_tells_its_progress(index: SearchIndex) -> None:
    factories.open_challenge()
    out = StringIO()
    call_command("rebuild_index", kind=["challenge"], stdout=out)
    assert out.getvalue().splitlines() == ["challenge: 1 of 1", "challenge: 1 documents, in use now."]
    out = StringIO()
    call_command("rebuild_index", if_missing=True, stdout=out)
    assert out.getvalue() == ""


def test_the_verify_command_reports_mends_and_exits_by_the_result(index: SearchIndex) -> None:
    challenge = factories.open_challenge()
    with pytest.raises(CommandError, match="1 documents differ"):
        call_command("verify_index", report_only=True, stdout=StringIO())
    assert held(index) == {}
    out = StringIO()
    call_command("verify_index", stdout=out)
    assert out.getvalue().splitlines()[:2] == [f"challenge {challenge.public_id}: absent", "challenge: 1 put right."]
    out = StringIO()
    call_command("verify_index", report_only=True, stdout=out)
    assert out.getvalue().splitlines() == [f"{kind}: index and database agree." for kind in Kind]


@pytest.mark.parametrize("command", ["rebuild_index", "verify_index"])
def test_commands_say_plainly_that_the_engine_is_away(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "engine", Broken)
    with pytest.raises(CommandError, match="The search engine failed"):
        call_command(command, stdout=StringIO())


def test_many_changes_are_written_in_one_go(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten closings within a second cost one bulk request and one refresh, not ten."""
    challenges = [factories.open_challenge() for _ in range(4)]
    hidden = factories.draft()
    puts: list[int] = []
    put = type(index).put
    monkeypatch.setattr(type(index), "put", lambda self, cut, **how: puts.append(len(cut)) or put(self, cut, **how))
    indexing.follow(Kind.CHALLENGE, {one.public_id: one.version for one in [*challenges, hidden]})
    assert puts == [4]
    assert held(index) == expected(*challenges) == ledger()
