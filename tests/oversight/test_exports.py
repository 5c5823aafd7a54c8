"""The files hold what the page shows, and no cell of them can act as a formula (F12)."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils.translation import override

from marketplace.oversight import exports, queries
from marketplace.oversight.scope import EVERYTHING
from marketplace.oversight.tables import Cell, Row, Table, tables_of
from marketplace.workbooks.cells import harmless
from tests import factories
from tests.oversight import world

PAYLOADS = (
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example","y")', "+1", "+cmd|' /C calc'!A0", "-1", "-2+3",
    "@SUM(1)", "@x", "\t=1", "\r=1", "\n=1", "\r\n=1", " =1", "   +1", "\u3000=1", "\u00a0=1", "'=1", '"=1"', "'+1",
    "＝1+1", "＋1", "－1", "＠SUM(1)", "﹢1", "﹣1", "﹦1", "﹫x", "\u22121", "|calc", "%0A=1", "｜calc", "\ufeff=1",
    "=1\x00", "\x00=1", "\x07=1", "a\x0bb", ";=1", ",=1", "a,b;c\td\"e'f", "a\n=1", "a\r=1", "'quoted", "\tplain",
    "0=1",
)  # fmt: skip
TRIGGERS = set("=+-@\t\r\n|%＝＋－＠﹢﹣﹦﹫\u2212｜")


def table_with(texts: tuple[str, ...]) -> Table:
    rows = [Row(text, [Cell(text, text), Cell(7, "7")]) for text in texts]
    return Table("t", texts[0], list(texts[:3]), rows, note=texts[3])


def read_back(text: str) -> str:
    return text.removeprefix("'")


def cleaned(text: str) -> str:
    for number in (0, 7, 11):
        text = text.replace(chr(number), "\ufffd")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_forty_five_payloads_stay_text_in_csv_and_come_back_as_they_were() -> None:
    content = exports.as_csv([table_with(PAYLOADS)], list(PAYLOADS)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content, newline="")))
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell[:1] in TRIGGERS] == []
    assert [row[0] for row in rows[: len(PAYLOADS)]] == [harmless(one) for one in PAYLOADS]
    written = [row[1] for row in rows if row[2:] == ["7"]]
    assert [read_back(one) for one in written] == [cleaned(one) for one in PAYLOADS]


def test_forty_five_payloads_stay_text_in_xlsx_and_come_back_as_they_were() -> None:
    content = exports.as_xlsx([table_with(PAYLOADS)], list(PAYLOADS), PAYLOADS[0])
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if isinstance(cell.value, str) and cell.value[:1] in TRIGGERS] == []
    written = [row[1].value for row in book.worksheets[1].iter_rows() if len(row) > 2 and row[2].value == 7]
    assert [read_back(one) for one in written] == [cleaned(one) for one in PAYLOADS]


@pytest.mark.django_db
def test_both_files_hold_the_tables_of_the_page_in_its_language(client: Client) -> None:
    world.everything()
    for language, prefix, zone in (("zh-hans", "", "北京时间"), ("en", "/en", "Beijing time")):
        with override(language):
            tables = tables_of(queries.counted(EVERYTHING), EVERYTHING)
        expected = [[row.label, *(cell.value for cell in row.cells)] for table in tables for row in table.rows]
        answer = client.get(f"{prefix}/figures/export.csv")
        assert answer.content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
        assert [row for row in rows if row in texts(expected)] == texts(expected)
        assert all([*(table.heads or table.columns)] in rows for table in tables)
        said = " ".join(row[0] for row in rows[:5])
        assert zone in said
        assert f"http://127.0.0.1:8000{prefix}/figures/" in said

        book = openpyxl.load_workbook(io.BytesIO(client.get(f"{prefix}/figures/export.xlsx").content))
        assert len(book.sheetnames) == len(tables) + 1
        found = [trimmed(row) for sheet in book.worksheets[1:] for row in sheet.iter_rows(values_only=True)]
        assert [row for row in found if row in list(map(trimmed, expected))] == list(map(trimmed, expected))


@pytest.mark.django_db
def test_a_file_keeps_to_the_region_and_the_field_that_were_asked_for(client: Client) -> None:
    world.regions()
    world.posted("420100")
    world.posted("330100", fields=(factories.field("new-materials"),))
    content = client.get("/en/figures/export.csv?region=330000&field=new-materials").content.decode("utf-8-sig")
    assert "Zhejiang; new-materials" in content
    assert "Posted,1\r\n" in content
    assert "Hubei" not in content
    name = client.get("/figures/export.xlsx?region=330000&field=new-materials")["Content-Disposition"]
    assert 'filename="zhongyan-figures-330000-new-materials-2' in name


def texts(rows: list[list[Any]]) -> list[list[str]]:
    return [["" if value is None else str(value) for value in row] for row in rows]


def trimmed(row: Any) -> list[Any]:
    values = list(row)
    while values and values[-1] is None:
        values.pop()
    return values
