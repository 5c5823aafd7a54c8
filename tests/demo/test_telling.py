"""The demo data: told through the services, dated around the loading, whole after one run, unchanged by the next."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from marketplace.accounts.models import Expert, Organisation, User
from marketplace.demo import cast
from marketplace.demo.models import Loading
from marketplace.demo.telling import calls, loading, plays, regional, script
from marketplace.management.commands.verify_invariants import CHECKERS
from marketplace.outbox.models import Fact
from marketplace.registry import queries as registry
from marketplace.registry.models import PublishedChallenge
from tasks.challenges.lifecycle import FailureReason, State
from tasks.challenges.models import Challenge, ChallengeBatch, ChallengeMode
from tasks.proposals.models import Proposal
from tasks.sheets.lifecycle import SheetState
from tasks.sheets.models import Sheet
from tasks.sheets.queries import Progress, progress_of

CALLS, ARCHIVED, REGIONAL = 12, 11, 3
UNSEEN = ("团队", "课题组", "单位", "资质", "team", "staff", "people")
SHORT = {"experts.jsonl": 11, "challenges.jsonl": 60}

Heard = list[tuple[int, int]]


def short(name: str) -> list[dict[str, object]]:
    return records(name)[: SHORT[name]]


records, listed = script.records, regional.rows


@pytest.fixture(scope="module")
def told(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Heard]:
    """A small demo, told once for all tests here."""
    patch = pytest.MonkeyPatch()
    archive = tmp_path_factory.mktemp("archive") / "published.jsonl"
    archive.write_text("\n".join(registry.SHIPPED_ARCHIVE.read_text("utf-8").splitlines()[:ARCHIVED]), "utf-8")
    patch.setattr(registry, "SHIPPED_ARCHIVE", archive)
    patch.setattr(calls, "AT_A_TIME", CALLS)
    patch.setattr(script, "records", short)
    patch.setattr(regional, "rows", lambda: listed()[::14][:REGIONAL])
    patch.setattr(loading, "BREATH", 0)
    heard: Heard = []
    with (
        patch.context(),
        override_settings(CLOCK="marketplace.demo.clock.offset"),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        loading.load(scale=1, seed=7, heard=lambda done, total: heard.append((done, total)))
        yield heard
        transaction.set_rollback(True)
    patch.undo()


pytestmark = pytest.mark.usefixtures("told", "db")


def test_every_state_and_every_way_to_fail_is_there() -> None:
    assert set(Challenge.objects.values_list("state", flat=True)) == set(State) - {State.APPROVED, State.ADJUDICATED}
    failed = set(Challenge.objects.filter(state="FAILED").values_list("failure_reason", flat=True))
    assert failed == set(FailureReason) - {FailureReason.UNOPENED}  # 90 days in which nobody does anything


def test_ten_calls_close_within_a_week_and_all_lie_ahead() -> None:
    running = Challenge.objects.filter(state="OPEN")
    assert running.filter(deadline__lte=timezone.now() + timedelta(days=7)).count() >= 10
    assert not running.filter(deadline__lte=timezone.now()).exists()
    assert running.count() == CALLS + REGIONAL + 7


def test_every_call_left_its_solvers_fifteen_days() -> None:
    submitted = dict(Fact.objects.filter(kind="challenge.submitted").values_list("subject", "occurred_at"))
    posted = Challenge.objects.exclude(deadline=None).filter(public_id__in=submitted)
    left = {call.title: call.deadline - submitted[call.public_id] for call in posted if call.deadline}
    assert len(left) > CALLS
    assert {title: days for title, days in left.items() if days < timedelta(days=15)} == {}


def test_everything_carries_the_sample_mark_and_says_it_in_its_name() -> None:
    assert not User.objects.filter(is_sample=False).exists()
    assert not Challenge.objects.filter(is_sample=False).exists()
    assert not Organisation.objects.exclude(name__contains="示例").exists()
    assert not Expert.objects.filter(is_sample=False).exists()


def test_the_stories_of_the_seeds_are_there() -> None:
    batch = ChallengeBatch.objects.get()
    assert Counter(batch.challenges.values_list("state", flat=True)) == {"OPEN": 2, "SEALED": 1, "SUBMITTED": 1}
    whole = Challenge.objects.get(title__startswith="高镍三元")
    assert whole.sponsor is not None
    assert (whole.sponsor.sponsor_class, whole.work_packages.count()) == ("LEADING_ENTERPRISE", 3)
    assert all(part.reserved_for_sme and part.eligibility_reason for part in whole.work_packages.all())
    assert Challenge.objects.filter(state="OPEN", sponsor__sponsor_class="SME", bounty_amount=8_0000_00).exists()
    assert Challenge.objects.filter(language="en", state="OPEN").exists()


def test_the_bureau_has_uploaded_a_list_of_which_two_rows_wait_to_be_mended() -> None:
    sheet = Sheet.objects.get()
    assert (sheet.state, sheet.uploader.is_sample) == (SheetState.FINISHED, True)
    assert progress_of(sheet) == Progress(drafted=2, faulty=2)


def test_the_accounts_can_sign_in() -> None:
    for player in cast.SHOWN:
        assert User.objects.get(email=player.email).check_password(cast.PASSWORD)


def test_reviews_are_partly_locked_where_a_review_runs() -> None:
    running = Challenge.objects.get(state="REVIEWING")
    admitted = Proposal.objects.filter(challenge=running, state="UNDER_REVIEW")
    assert admitted.filter(reviews__state="LOCKED").count() == 4


def test_what_was_told_holds_every_invariant() -> None:
    assert [check().violations for check in CHECKERS] == [[]] * len(CHECKERS)


def test_nothing_happened_in_the_future_and_the_clock_shows_real_time() -> None:
    assert not Fact.objects.filter(occurred_at__gt=timezone.now()).exists()
    assert not Fact.objects.filter(stream="demo:clock").exists()


def test_progress_counts_to_the_end(told: Heard) -> None:
    total = told[-1][1]
    assert [done for done, _total in told] == list(range(1, total + 1))
    row = Loading.objects.get()
    assert (row.done, row.total, row.failure) == (total, total, "")
    assert row.finished_at is not None


def test_the_archive_is_taken_over_as_it_is() -> None:
    assert PublishedChallenge.objects.count() == ARCHIVED


def test_a_second_run_changes_nothing(told: Heard) -> None:
    before = Fact.objects.count(), Challenge.objects.count(), User.objects.count(), len(told)
    assert loading.load(scale=1, seed=7, heard=lambda done, total: told.append((done, total)))
    assert (Fact.objects.count(), Challenge.objects.count(), User.objects.count(), len(told)) == before


def test_a_run_that_was_stopped_goes_on_where_it_was() -> None:
    assert not loading.load(scale=2, seed=7, stopped=lambda: True)
    row = Loading.objects.get()
    assert row.total == row.done + CALLS
    assert row.finished_at is None


def test_a_piece_that_fails_leaves_nothing_and_is_noted(monkeypatch) -> None:
    def broken(*_args: object) -> None:
        Organisation.objects.all()[0].memberships.all().delete()
        raise ValueError("no such thing")

    before = Fact.objects.count()
    monkeypatch.setattr(calls, "tell", broken)
    with pytest.raises(ValueError, match="no such thing"):
        loading.load(scale=2, seed=7)
    assert Fact.objects.count() == before
    assert Organisation.objects.all()[0].memberships.exists()
    assert "no such thing" in Loading.objects.get().failure


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("mode", ChallengeMode.values)
def test_reviewers_are_asked_only_about_what_they_can_read(mode: str, language: str) -> None:
    """Who is behind a proposal is hidden from the panel, so no criterion and no comment of the demo is about that."""
    names = [line.name for line in plays.criteria_of(mode, language)]
    said = [comment for story in script.stories() for one in story.answers for comment in one.get("comments", [])]
    assert said
    assert [text for text in (*names, *said) if any(word in text for word in UNSEEN)] == []
