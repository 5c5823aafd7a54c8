"""A list becomes drafts row by row: what is good is drafted, what is faulty is named, nothing is done twice."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils.translation import override

from marketplace.accounts.models import Membership
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.kernel.moments import BEIJING
from marketplace.outbox.models import Fact
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge, ChallengeBatch
from tasks.sheets import queries, services, writing
from tasks.sheets.lifecycle import RowState, SheetState
from tasks.sheets.models import Sheet, SheetRow
from tests import clock, factories
from tests.tasks.sheets import files

pytestmark = pytest.mark.django_db


def kinds(sheet: Sheet) -> list[str]:
    facts = Fact.objects.filter(stream=f"sheet:{sheet.public_id}").order_by("sequence")
    return list(facts.values_list("kind", flat=True))


@pytest.mark.parametrize(("name", "make"), [("榜单.xlsx", files.workbook), ("榜单.csv", files.delimited)])
def test_a_good_row_becomes_a_draft_with_all_it_says(name: str, make) -> None:
    officer, organisation = files.office()
    sheet = files.through(files.uploaded(make(files.GOOD), name, by=(officer, organisation)))
    assert (sheet.state, bytes(sheet.content)) == (SheetState.FINISHED, b"")
    made = Challenge.objects.get()
    assert (made.state, made.author, made.sponsor) == ("DRAFT", officer, organisation)
    assert (made.title, made.description) == ("高温阀门密封", "耐六百度。")
    assert [str(one) for one in made.indicators.all()] == ["泄漏率 ≤ 1 mL/min"]
    assert made.bounty_amount == 80_0000_00
    assert made.deadline == datetime(2027, 3, 31, 18, tzinfo=BEIJING)
    assert made.region == organisation.region
    assert sum(made.criteria.values_list("weight", flat=True)) == 100
    assert sheet.rows.get().challenge == made
    assert kinds(sheet) == ["sheet.uploaded", "sheet.read", "sheet.finished"]


def test_the_request_only_keeps_the_file_and_states_the_fact() -> None:
    sheet = files.uploaded(files.delimited(files.GOOD))
    assert (sheet.state, bytes(sheet.content)) == (SheetState.UPLOADED, files.delimited(files.GOOD))
    assert kinds(sheet) == ["sheet.uploaded"]
    assert not SheetRow.objects.exists()


def test_a_faulty_row_is_named_and_does_not_stop_its_neighbours() -> None:
    bad = ("坏行", "", "越小越好", "很多", "明年")
    sheet = files.through(files.uploaded(files.delimited(files.GOOD, bad, files.GOOD)))
    assert queries.progress_of(sheet) == queries.Progress(drafted=2, faulty=1)
    row = sheet.rows.get(state=RowState.FAULTY)
    assert (row.number, row.challenge) == (3, None)
    with override("en"):
        said = [(one["column"], one["typed"]) for one in row.said]
        assert said == [
            ("Measurable indicators", "越小越好"),
            ("Reward or budget ceiling (10,000 CNY)", "很多"),
            ("Deadline (Beijing time)", "明年"),
        ]
        assert "interface impedance" in row.said[0]["sentence"]


def test_rows_to_mend_come_back_whole_and_mended_they_are_taken_over() -> None:
    heads = (*files.HEADS, "序号", "推荐单位")
    bad = ("=1+1 密封", "-40 ℃ 下", "泄漏率 越小越好", 80, "2027-03-31", "7", "@某局")
    office = files.office()
    first = files.through(files.uploaded(files.delimited(bad, heads=heads), by=office))
    download = writing.rows_to_mend(queries.faulty_rows(first))
    head, row = files.cells_of(download)
    assert head[-2:] == ["原行号", "需修改之处"]
    kept = [row[head.index(name)] for name in ("名称", "推荐单位", "序号")]
    assert kept == ["'=1+1 密封", "'@某局", "7"]
    second = files.uploaded(download.replace("泄漏率 越小越好", "泄漏率 ≤ 1 mL/min").encode(), "改.csv", by=office)
    files.through(second)
    assert Challenge.objects.get().title == "=1+1 密封"
    assert Challenge.objects.get().description == "-40 ℃ 下"
    assert second.rows.get().others == {"序号": "7", "推荐单位": "@某局"}


def test_the_same_file_twice_waits_for_a_word() -> None:
    office = files.office()
    first = files.through(files.uploaded(files.delimited(files.GOOD), by=office))
    second = files.through(files.uploaded(files.delimited(files.GOOD), "again.csv", by=office))
    assert (second.state, second.repeats) == (SheetState.HELD, first)
    assert Challenge.objects.count() == 1
    services.go_on(public_id=second.public_id, actor=office[0])
    assert files.through(second).state == SheetState.FINISHED
    assert Challenge.objects.count() == 2


def test_another_organisation_may_upload_the_same_file() -> None:
    files.uploaded(files.delimited(files.GOOD))
    assert files.uploaded(files.delimited(files.GOOD)).state == SheetState.UPLOADED


def test_a_held_file_can_be_discarded_by_its_uploader_alone() -> None:
    officer, organisation = files.office()
    files.uploaded(files.delimited(files.GOOD), by=(officer, organisation))
    held = files.uploaded(files.delimited(files.GOOD), by=(officer, organisation))
    colleague = factories.person()
    factories.member(organisation, colleague, Membership.Place.OFFICER)
    with pytest.raises(Refusal):
        services.discard_sheet(public_id=held.public_id, actor=colleague)
    gone = services.discard_sheet(public_id=held.public_id, actor=officer)
    assert (gone.state, bytes(gone.content)) == (SheetState.DISCARDED, b"")
    with pytest.raises(Refusal):
        services.go_on(public_id=held.public_id, actor=officer)


def test_a_list_may_become_one_batch() -> None:
    by = files.office()
    content = files.delimited(files.GOOD, files.GOOD)
    sheet = files.through(files.uploaded(content, by=by, batch_title="第三批", batch_study="产业研究"))
    batch = ChallengeBatch.objects.get()
    assert (batch.title, batch.study, batch.organisation) == ("第三批", "产业研究", by[1])
    assert batch.challenges.count() == 2
    assert sheet.batch == batch


def test_a_list_without_a_good_row_leaves_no_batch() -> None:
    sheet = files.through(files.uploaded(files.delimited(("题", "", "坏", "", "")), batch_title="第三批"))
    assert (sheet.state, sheet.batch) == (SheetState.FINISHED, None)
    assert not ChallengeBatch.objects.exists()


def test_only_a_verified_organisation_begins_a_batch() -> None:
    owner = factories.person()
    unverified = factories.organisation(owner, verified=False)
    with pytest.raises(Refusal):
        files.uploaded(files.delimited(files.GOOD), by=(owner, unverified), batch_title="第三批")
    assert not Sheet.objects.exists()
    assert files.uploaded(files.delimited(files.GOOD), by=(owner, unverified)).state == SheetState.UPLOADED


def test_nobody_uploads_for_an_organisation_they_do_not_act_for() -> None:
    with pytest.raises(Refusal):
        files.uploaded(files.delimited(files.GOOD), by=(factories.person(), files.office()[1]))
    assert not Sheet.objects.exists()


def test_a_draft_taken_to_another_organisation_is_no_longer_shown_to_the_lists_people(client: Client) -> None:
    both, here_alone = factories.person(), factories.person()
    first, second = factories.organisation(both), factories.organisation(both)
    factories.member(first, here_alone, Membership.Place.OFFICER)
    sheet = files.through(files.uploaded(files.delimited(("原题", "", "", "", "")), by=(both, first)))
    draft = Challenge.objects.get()
    content = factories.posting_content(title="另一单位的题目")
    posting.edit_challenge(public_id=draft.public_id, actor=both, content=content, sponsor=second)
    for person, shown in ((both, True), (here_alone, False)):
        client.force_login(person)
        page = client.get(sheet.get_absolute_url()).content.decode()
        assert ("另一单位的题目" in page, draft.public_id in page, "原题" in page) == (shown, shown, not shown)


def test_five_at_a_time_are_enough() -> None:
    by = files.office()
    for number in range(5):
        files.uploaded(files.delimited((f"题{number}", "", "", "", "")), by=by)
    with pytest.raises(Refusal):
        files.uploaded(files.delimited(files.GOOD), by=by)


def test_who_no_longer_acts_for_the_organisation_drafts_nothing_and_sees_nothing() -> None:
    officer, organisation = files.office()
    sheet = files.uploaded(files.delimited(files.GOOD), by=(officer, organisation))
    Membership.objects.filter(user=officer).update(valid_until="2020-01-01T00:00Z")
    files.through(sheet)
    assert not Challenge.objects.exists()
    assert sheet.rows.get().faults[0][1] == "refused"
    with pytest.raises(NotFound):
        queries.sheet_seen_by(sheet.public_id, officer)


def test_a_bug_in_one_row_sets_that_row_aside_and_not_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    drafted = services.challenges.draft_challenge

    def broken(**given):
        if given["content"].title == "坏":
            raise ZeroDivisionError
        return drafted(**given)

    monkeypatch.setattr(services.challenges, "draft_challenge", broken)
    sheet = files.through(files.uploaded(files.delimited(("坏", "", "", "", ""), files.GOOD)))
    assert queries.progress_of(sheet) == queries.Progress(drafted=1, faulty=1)
    assert sheet.rows.get(state=RowState.FAULTY).faults == [["title", "unexpected", {}]]


def test_a_file_that_kills_its_reader_is_given_up_after_three_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(name: str, content: bytes) -> None:
        raise KeyboardInterrupt  # what a kill leaves behind: a sheet being read by nobody

    sheet = files.uploaded(files.delimited(files.GOOD))
    monkeypatch.setattr(services, "read_confined", killed)
    for _attempt in range(3):
        with pytest.raises(KeyboardInterrupt):
            services.read_sheet(public_id=sheet.public_id)
        with pytest.raises(Stale):  # somebody may still be at it
            services.read_sheet(public_id=sheet.public_id)
        clock.shift(seconds=queries.LEASE.total_seconds() + 1)
    assert services.read_sheet(public_id=sheet.public_id).why_unreadable
    with pytest.raises(Stale):
        services.read_sheet(public_id=sheet.public_id)


def test_what_a_draft_still_needs_is_noted() -> None:
    sheet = files.through(files.uploaded(files.delimited(("只有名称", "", "", "", ""))))
    with override("en"):
        assert sheet.rows.get().lacking[:2] == ["Description", "Kind of problem"]
    assert "region" not in sheet.rows.get().lacks
