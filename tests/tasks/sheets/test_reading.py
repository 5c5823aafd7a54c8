"""Every honest kind of file reads alike: formats, encodings, delimiters, heads of both languages in any order."""

import subprocess
import sys
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.workbooks.cells import TRIGGERS, Unreadable, as_typed, harmless
from tasks.sheets import columns
from tasks.sheets.confined import read_confined
from tasks.sheets.reading import Reading, read
from tests.tasks.sheets import files

CELLS = {
    "title": "高温阀门密封",
    "description": "耐六百度。",
    "indicators": "泄漏率 ≤ 1 mL/min",
    "bounty": "80",
    "bounty_unit": "wan",
    "deadline": "2027-03-31 18:00",
}


def only(reading: Reading) -> dict[str, str]:
    (row,) = reading.rows
    assert row.faults == []
    return row.cells


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", files.workbook(files.GOOD)),
        ("a.csv", files.delimited(files.GOOD)),
        ("a.csv", b"\xef\xbb\xbf" + files.delimited(files.GOOD)),
        ("a.csv", files.text(files.GOOD).encode("gb18030")),
        ("a.csv", files.text(files.GOOD, delimiter="\t").encode("utf-16")),
        ("a.csv", files.text(files.GOOD, delimiter=";").encode()),
        ("A.CSV", files.text(files.GOOD).replace("\r\n", "\n").encode()),
    ],
    ids=["xlsx", "utf-8", "utf-8 with mark", "gb18030", "utf-16 with tabs", "semicolons", "unix lines"],
)
def test_every_format_says_the_same(name: str, content: bytes) -> None:
    assert only(read(name, content)) == CELLS
    assert read_confined(name, content) == read(name, content)


@pytest.mark.parametrize("place", ["zh", "en"])
def test_every_head_is_understood_in_both_languages(place: str) -> None:
    for column in columns.COLUMNS:
        head = getattr(column, place)
        assert [columns.column_of(one) for one in (head, f" *{head}：", head.upper())] == [column.key] * 3


def test_heads_stand_in_any_order_below_a_title_and_remarks_in_brackets_do_not_matter() -> None:
    lines = [["某市 2027 年榜单", ""], ["", ""], ["截止日期（必填）", "需求名称 *"], ["2027-03-31", "甲"]]
    content = "\n".join(",".join(line) for line in lines).encode()
    reading = read("a.csv", content)
    assert (reading.rows[0].number, reading.rows[0].cells) == (4, {"deadline": "2027-03-31", "title": "甲"})


def test_heads_of_both_languages_may_stand_in_one_list() -> None:
    reading = read("a.csv", "Title,需求描述,Mode\n甲,乙,bounty mode\n".encode())
    assert reading.rows[0].cells == {"title": "甲", "description": "乙", "mode": "bounty mode"}


def test_unknown_columns_are_named_and_kept_with_their_row() -> None:
    reading = read("a.csv", "序号,名称,推荐单位,需求描述\n1,甲,某局,乙\n".encode())
    assert reading.ignored == ["序号", "推荐单位"]
    assert reading.rows[0].others == {"序号": "1", "推荐单位": "某局"}


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("奖金（万元）", "wan"),
        ("悬赏金额(元)", "yuan"),
        ("Reward (10,000 CNY)", "wan"),
        ("Reward (CNY)", "yuan"),
        ("奖金", ""),
    ],
)
def test_the_head_of_the_reward_says_its_unit(head: str, unit: str) -> None:
    assert read("a.csv", f'名称,"{head}"\n甲,5\n'.encode()).rows[0].cells == {
        "title": "甲",
        "bounty": "5",
        "bounty_unit": unit,
    }


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (12.5, "12.5"),
        (300, "300"),
        (0.000125, "0.000125"),
        (1e-7, "0.0000001"),
        (1e20, "100000000000000000000"),
        (
            datetime(2027, 3, 31, 18, 30),  # noqa: DTZ001  # cells have no zone
            "2027-03-31 18:30",
        ),
        (date(2027, 3, 31), "2027-03-31"),
        (True, "TRUE"),
    ],
)
def test_what_a_cell_holds_is_written_as_a_person_would(value: object, said: str) -> None:
    assert (
        read("a.xlsx", files.workbook(("甲", value), heads=("名称", "需求描述"))).rows[0].cells["description"] == said
    )


def test_another_sheet_than_the_first_may_hold_the_list() -> None:
    def cover(sheet) -> None:
        sheet.parent.create_sheet("封面", 0).append(["某市科技局"])

    assert only(read("a.xlsx", files.workbook(files.GOOD, change=cover))) == CELLS


def test_empty_rows_between_do_not_end_a_list() -> None:
    reading = read("a.xlsx", files.workbook(files.GOOD, *[()] * 300, files.GOOD))
    assert [row.number for row in reading.rows] == [2, 303]


def test_five_hundred_rows_are_taken_and_one_more_is_too_many() -> None:
    assert len(read("a.csv", files.delimited(*[files.GOOD] * 500)).rows) == 500
    with pytest.raises(Unreadable) as refused:
        read("a.csv", files.delimited(*[files.GOOD] * 501))
    assert refused.value.code == "too_many_rows"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from([*"=+-@'＝＋|% \t\ra1甲"]), max_size=8))
def test_a_guarded_text_is_no_formula_and_comes_back(text: str) -> None:
    sent = harmless(text)
    assert as_typed(sent) == text.replace("\r", "\n")
    assert sent.lstrip(" \u3000\ufeff")[:1] not in set(TRIGGERS) or not sent.strip()


def test_pages_are_served_without_the_library_that_reads_workbooks() -> None:
    program = "import sys, django; django.setup(); import marketplace.urls; print('openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.split()[-1] == "False"
