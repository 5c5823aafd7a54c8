"""Pages of taking a list over: upload, progress, rows to mend; and whom they do not exist for."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from marketplace.accounts.models import Membership, User
from marketplace.accounts.roles import Role
from marketplace.notices import queries as notices
from realtime.models import LiveMessage
from tasks.challenges.models import ChallengeBatch
from tasks.sheets.lifecycle import SheetState
from tasks.sheets.models import Sheet
from tests import factories
from tests.relay import drain
from tests.tasks.sheets import files
from tests.tasks.web.people import body, get, seen_by

pytestmark = pytest.mark.django_db

BAD = ("坏行", "", "越小越好", "", "")
START = "/challenges/import/"


def send(client: Client, by: files.Office, content: bytes, name: str = "榜单.csv", **more: Any) -> Any:
    """The form as a browser sends it."""
    seen_by(client, by[0])
    sent = {"organisation": by[1].public_id, "file": SimpleUploadedFile(name, content), **more}
    return client.post(more.pop("at", START), sent)


def address(sheet: Sheet) -> str:
    return f"{START}{sheet.public_id}/"


def test_an_upload_leads_to_a_page_of_its_own_that_can_be_left_and_come_back_to(client: Client) -> None:
    by = files.office()
    answer = send(client, by, files.delimited(files.GOOD, BAD))
    sheet = Sheet.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, address(sheet))
    waiting = body(get(client, address(sheet), by[0]))
    assert "等待读取" in waiting
    assert 'hx-trigger="every 3s"' in waiting
    assert f'data-live="person:{by[0].public_id}"' in waiting
    files.through(sheet)
    done = body(get(client, address(sheet), by[0]))
    assert "hx-trigger" not in done.split('id="sheet-run"')[1]
    assert "高温阀门密封" in done
    assert "第 1 行“越小越好”未写明测什么" in done
    assert address(sheet) in body(get(client, START, by[0]))


def test_the_same_page_speaks_english_whatever_language_the_list_was_uploaded_in(client: Client) -> None:
    by = files.office()
    sheet = files.through(files.uploaded(files.delimited(BAD), by=by))
    page = body(get(client, f"/en{address(sheet)}", by[0]))
    assert "Line 1, “越小越好”, does not say what is measured" in page
    assert "Measurable indicators" in page


def test_the_fragment_is_what_the_page_includes(client: Client) -> None:
    by = files.office()
    sheet = files.through(files.uploaded(files.delimited(files.GOOD, BAD), by=by))
    page, fragment = get(client, address(sheet), by[0]), get(client, f"{address(sheet)}progress/", by[0])
    assert body(fragment).strip() in body(page)


@pytest.mark.parametrize("part", ["", "progress/", "to-mend.csv"])
def test_a_run_does_not_exist_for_others(client: Client, part: str) -> None:
    by = files.office()
    sheet = files.through(files.uploaded(files.delimited(files.GOOD, BAD), by=by))
    others: list[User | None] = [factories.person(), files.office()[0], factories.officer_with(Role.REGION_ADMIN)]
    for person in others:
        assert get(client, address(sheet) + part, person).status_code == 404
    client.logout()
    assert client.get(address(sheet) + part).status_code in {302, 404}
    colleague = factories.person()
    factories.member(by[1], colleague, Membership.Place.OFFICER)
    assert get(client, address(sheet) + part, colleague).status_code == 200
    plain = factories.person()
    factories.member(by[1], plain)
    assert get(client, address(sheet) + part, plain).status_code == 404


def test_a_stranger_signs_in_first(client: Client) -> None:
    assert client.get(START)["Location"].startswith("/accounts/login/")
    assert client.post(f"{START}{'0' * 16}/go-on/").status_code == 404


@pytest.mark.parametrize("verb", ["go-on", "discard"])
def test_a_held_file_is_decided_on_by_its_uploader_alone(client: Client, verb: str) -> None:
    by = files.office()
    first, held = (files.uploaded(files.delimited(files.GOOD), by=by) for _ in range(2))
    page = body(get(client, address(held), by[0]))
    assert address(first) in page
    colleague = factories.person()
    factories.member(by[1], colleague, Membership.Place.OFFICER)
    assert seen_by(client, colleague).post(f"{address(held)}{verb}/").status_code == 422
    assert seen_by(client, factories.person()).post(f"{address(held)}{verb}/").status_code == 404
    assert seen_by(client, by[0]).post(f"{address(held)}{verb}/").status_code == 302
    held.refresh_from_db()
    assert held.state == {"go-on": SheetState.UPLOADED, "discard": SheetState.DISCARDED}[verb]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("榜单.xls", b"x", "旧版 Excel"),
        ("榜单.xlsm", b"x", "宏"),
        ("榜单.pdf", b"x", ".xlsx 或 .csv"),
        ("榜单", b"x", ".xlsx 或 .csv"),
        ("榜单.csv", b"", "空"),
        ("榜单.csv", b"x" * (5 * 1024 * 1024 + 1), "5 MB"),
    ],
)
def test_another_kind_of_file_is_refused_beside_its_field(client: Client, name: str, content: bytes, said: str) -> None:
    answer = send(client, files.office(), content, name)
    assert answer.status_code == 422
    assert said in answer.content.decode().split('id="id_file_error"')[1][:300]
    assert not Sheet.objects.exists()


def test_a_batch_is_begun_from_the_form_and_needs_a_title(client: Client) -> None:
    by = files.office()
    assert send(client, by, files.delimited(files.GOOD), batch_study="研究").status_code == 422
    assert send(client, by, files.delimited(files.GOOD), batch_title="第三批榜单").status_code == 302
    sheet = files.through(Sheet.objects.get())
    batch = ChallengeBatch.objects.get()
    assert f"/batches/{batch.public_id}/" in body(get(client, address(sheet), by[0]))


def test_nobody_posts_for_an_organisation_of_others(client: Client) -> None:
    by = files.office()
    assert send(client, (by[0], files.office()[1]), files.delimited(files.GOOD)).status_code == 422
    assert not Sheet.objects.exists()


def test_who_acts_for_nobody_is_shown_the_way(client: Client) -> None:
    assert "/organisations/new/" in body(get(client, START, factories.person()))


@pytest.mark.parametrize(("prefix", "title"), [("", "名称"), ("/en", "Title")])
def test_the_template_comes_in_the_reader_s_language(client: Client, prefix: str, title: str) -> None:
    book = load_workbook(io.BytesIO(client.get(f"{prefix}{START}template.xlsx").content))
    assert book.worksheets[0]["A1"].value == title
    assert len(book.worksheets) == 2
    text = client.get(f"{prefix}{START}template.csv")
    assert "attachment" in text["Content-Disposition"]
    assert files.cells_of(text.content.decode())[0][0] == title


def test_the_rows_to_mend_are_a_download(client: Client) -> None:
    by = files.office()
    sheet = files.through(files.uploaded(files.delimited(files.GOOD, BAD), by=by))
    answer = get(client, f"{address(sheet)}to-mend.csv", by[0])
    assert answer["Content-Type"].startswith("text/csv")
    assert [row[0] for row in files.cells_of(answer.content.decode())] == ["名称", "坏行"]
    whole = files.through(files.uploaded(files.delimited(files.GOOD), by=by))
    assert get(client, f"{address(whole)}to-mend.csv", by[0]).status_code == 404


def test_both_places_where_one_would_look_lead_to_it(client: Client) -> None:
    person = files.office()[0]
    assert START in body(get(client, "/my-work/", person))
    assert START in body(get(client, "/challenges/new/", person))


def test_pages_cost_the_same_with_one_row_and_with_three(client: Client, django_assert_num_queries: Any) -> None:
    by = files.office()
    one, three = (files.through(files.uploaded(files.delimited(*[files.GOOD, BAD] * count), by=by)) for count in (1, 3))
    seen_by(client, by[0])
    for sheet in (one, three):
        with django_assert_num_queries(8):
            assert client.get(address(sheet)).status_code == 200
    with django_assert_num_queries(4):
        assert client.get(START).status_code == 200
    Sheet.objects.exclude(pk=one.pk).delete()
    with django_assert_num_queries(4):
        assert client.get(START).status_code == 200


def test_the_end_is_told_once_and_progress_reaches_those_who_act_for_the_organisation(client: Client) -> None:
    by = files.office()
    colleague = factories.person()
    factories.member(by[1], colleague, Membership.Place.OFFICER)
    sheet = files.through(files.uploaded(files.delimited(files.GOOD), by=by))
    drain()
    told = [sentence for _notice, sentence in notices.lines(notices.notices_of(by[0]), by[0])]
    assert [one for one in told if "清单" in one] == [f"您为{by[1]}上传的清单已处理完毕，请查看各行结果"]
    assert not notices.notices_of(colleague).filter(kind="sheet.finished").exists()
    for person in (by[0], colleague):
        heard = LiveMessage.objects.filter(topic=f"person:{person.public_id}", subject=sheet.public_id)
        assert heard.count() == 3


def test_an_unreadable_file_is_told_with_its_reason(client: Client) -> None:
    by = files.office()
    sheet = files.through(files.uploaded(b"PK\x03\x04rubbish", "榜单.xlsx", by=by))
    drain()
    assert "工作簿已损坏" in body(get(client, address(sheet), by[0]))
    assert notices.notices_of(by[0]).filter(kind="sheet.unreadable").count() == 1
