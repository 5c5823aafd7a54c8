"""Workers may be many, may be killed at any moment and may come back: every row is taken over exactly once."""

import os
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from marketplace.kernel.errors import Stale
from marketplace.outbox.models import Fact
from tasks.challenges.models import Challenge, ChallengeBatch
from tasks.jobs import take_over_sheets
from tasks.sheets import queries, services
from tasks.sheets.lifecycle import SheetState
from tasks.sheets.models import Sheet
from tests import clock, factories
from tests.hands import together
from tests.tasks.sheets import files

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = min(5, int(os.environ.get("TWO_HANDS_ROUNDS", "5")))
ROWS = 12
BAD = ("", "没有名称", "", "", "")


def listed(mark: str) -> bytes:
    rows = [(f"{mark}{number}", "", "", "", "") if number % 4 else BAD for number in range(ROWS)]
    return files.delimited(*rows)


def exactly_once(sheet: Sheet) -> None:
    sheet.refresh_from_db()
    assert sheet.state == SheetState.FINISHED
    assert queries.progress_of(sheet) == queries.Progress(drafted=9, faulty=3)
    drafted = [row.challenge_id for row in queries.drafted_rows(sheet, sheet.uploader)]
    assert len(set(drafted)) == 9
    assert Challenge.objects.filter(sponsor=sheet.organisation).count() == 9
    kinds = Counter(Fact.objects.filter(subject=sheet.public_id).values_list("kind", flat=True))
    assert kinds == {"sheet.uploaded": 1, "sheet.read": 1, "sheet.finished": 1}


def worked_on_by_two(sheet: Sheet) -> None:
    def work() -> None:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            take_over_sheets()
            if Sheet.objects.filter(pk=sheet.pk, state=SheetState.FINISHED).exists():
                return

    assert together(work, work) == [None, None]


def test_two_workers_read_and_draft_one_list_together() -> None:
    for number in range(ROUNDS):
        sheet = files.uploaded(listed(f"轮{number}题"))
        worked_on_by_two(sheet)
        exactly_once(sheet)


def test_two_workers_make_one_batch_of_one_list() -> None:
    for number in range(ROUNDS):
        owner = factories.person()
        bureau = factories.organisation(owner, kind="GOVERNMENT")
        sheet = files.uploaded(listed(f"批{number}题"), by=(owner, bureau), batch_title=f"第{number}批")
        worked_on_by_two(sheet)
        exactly_once(sheet)
        (batch,) = ChallengeBatch.objects.filter(organisation=bureau)
        assert batch.challenges.count() == 9


def test_two_readers_of_one_file_write_its_rows_once() -> None:
    sheet = files.uploaded(listed("题"))

    def read() -> Any:
        return services.read_sheet(public_id=sheet.public_id)

    results = together(read, read)
    assert [type(one) for one in results if isinstance(one, Exception)] == [Stale]
    assert sheet.rows.count() == ROWS
    assert Fact.objects.filter(subject=sheet.public_id, kind="sheet.read").count() == 1


def test_two_uploads_of_one_file_at_once_leave_one_waiting() -> None:
    by = files.office()
    for number in range(ROUNDS):

        def send(content: bytes = listed(f"次{number}")) -> Sheet:
            return files.uploaded(content, by=by)

        sent = together(send, send)
        assert sorted(one.state for one in sent) == ["HELD", "UPLOADED"]
        for one in sent:
            files.through(one)
            if one.state == SheetState.HELD:
                services.discard_sheet(public_id=one.public_id, actor=by[0])


class Killed(BaseException):
    """The worker is gone in the middle of what it did; nothing catches this."""


def killing(times: int, act: Callable[..., Any]) -> Callable[..., Any]:
    """The act, after whose end the worker dies the first so many times."""
    left = [times]

    def struck(*args: Any, **given: Any) -> Any:
        done = act(*args, **given)
        if left[0]:
            left[0] -= 1
            raise Killed
        return done

    return struck


@pytest.mark.parametrize("where", ["draft_challenge", "move", "record"])
def test_a_worker_killed_in_the_middle_leaves_the_rest_to_the_next(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    sheet = services.read_sheet(public_id=files.uploaded(listed("题")).public_id)
    place = services.challenges if where == "draft_challenge" else services
    monkeypatch.setattr(place, where, killing(3, getattr(place, where)))
    deaths = 0
    while not Sheet.objects.filter(pk=sheet.pk, state=SheetState.FINISHED).exists():
        try:
            take_over_sheets()
        except Killed:
            deaths += 1
        assert deaths <= 3
    assert deaths == 3
    exactly_once(sheet)


def test_a_reader_killed_in_the_middle_is_followed_by_another_after_its_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = files.uploaded(listed("题"))
    with monkeypatch.context() as patch:
        patch.setattr(services, "read_confined", killing(1, services.read_confined))
        with pytest.raises(Killed):
            take_over_sheets()
    assert take_over_sheets() == 0
    clock.shift(seconds=queries.LEASE.total_seconds() + 1)
    files.through(sheet)
    exactly_once(sheet)
