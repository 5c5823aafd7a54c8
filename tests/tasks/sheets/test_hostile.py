"""Files made to break the reader: each gets a sentence, in little time and memory, and never more than that."""

import io
import random
import time
import zipfile

import pytest
from django.utils.translation import override

from marketplace.kernel.confined import PATIENCE
from marketplace.workbooks.cells import Unreadable
from tasks.sheets import faults
from tasks.sheets.confined import read_confined
from tasks.sheets.reading import LARGEST_FILE, LONGEST_CELL, read
from tests.tasks.sheets import files

BOOK = files.workbook(files.GOOD)
SHEET = files.part(BOOK, "xl/worksheets/sheet1.xml")
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><worksheet>&d;</worksheet>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet>&f;</worksheet>"""
SECONDS = PATIENCE + 3.0
"""Of the wall clock on a busy machine, the start of the reading program included."""


def bomb(*, claimed: bool) -> bytes:
    """A part of a hundred million spaces; `claimed` says so in the directory, else it lies."""
    made = files.repacked(BOOK, xl__worksheets__sheet1_dot_xml=b" " * 100_000_000)
    if claimed:
        return made
    size = (100_000_000).to_bytes(4, "little")
    return made.replace(size, (1000).to_bytes(4, "little"))


def old_excel() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def under_a_password() -> bytes:
    return old_excel() + "EncryptedPackage".encode("utf-16-le") + bytes(500)


def many_members() -> bytes:
    return files.repacked(BOOK, **{f"x{number}": b"" for number in range(400)})


def many_rows() -> bytes:
    begin, end = SHEET.split(b"<row", 1)[0], b"</sheetData></worksheet>"
    rows = b"".join(b'<row r="%d"/>' % number for number in range(1, 1_000_000))
    return files.repacked(BOOK, xl__worksheets__sheet1_dot_xml=begin + rows + end)


def many_rules() -> bytes:
    rules = b"<dataValidation/>" * 1_000_000
    spoiled = SHEET.replace(b"</sheetData>", b"</sheetData><dataValidations>" + rules + b"</dataValidations>")
    return files.repacked(BOOK, xl__worksheets__sheet1_dot_xml=spoiled)


def repeated() -> bytes:
    """A workbook keeps a text once, however many cells show it: some kilobytes that unpack to millions."""
    long = "长" * LONGEST_CELL
    return files.workbook(*[(f"题{number}", long, long, long, long) for number in range(60)])


def noise() -> bytes:
    return random.Random(1).randbytes(20_000)


HOSTILE = {
    "empty": ("a.csv", lambda: b"", "empty"),
    "too large": ("a.csv", lambda: b"a" * (LARGEST_FILE + 1), "too_large"),
    "bomb": ("a.xlsx", lambda: bomb(claimed=True), "too_large_unpacked"),
    "bomb that lies": ("a.xlsx", lambda: bomb(claimed=False), "broken_workbook"),
    "many members": ("a.xlsx", many_members, "too_large_unpacked"),
    "billion laughs": (
        "a.xlsx",
        lambda: files.repacked(BOOK, xl__worksheets__sheet1_dot_xml=LAUGHS),
        "broken_workbook",
    ),
    "laughs in names": ("a.xlsx", lambda: files.repacked(BOOK, xl__workbook_dot_xml=LAUGHS), "broken_workbook"),
    "file from outside": (
        "a.xlsx",
        lambda: files.repacked(BOOK, xl__worksheets__sheet1_dot_xml=OUTSIDE),
        "broken_workbook",
    ),
    "macros": ("a.xlsx", lambda: files.repacked(BOOK, xl__vbaProject_dot_bin=b"x"), "macros"),
    "a million empty rows": ("a.xlsx", many_rows, "no_head"),
    "a million rules": ("a.xlsx", many_rules, "too_costly"),
    "no shared strings": ("a.xlsx", lambda: files.repacked(BOOK, xl__workbook_dot_xml=None), "broken_workbook"),
    "broken sheet": (
        "a.xlsx",
        lambda: files.repacked(BOOK, xl__worksheets__sheet1_dot_xml=SHEET[:300]),
        "broken_workbook",
    ),
    "cut off": ("a.xlsx", lambda: BOOK[: len(BOOK) // 2], "broken_workbook"),
    "another zip": ("a.xlsx", lambda: zipped(b"hello"), "no_workbook"),
    "workbook as csv": ("a.csv", lambda: BOOK, "workbook_by_another_name"),
    "csv as workbook": ("a.xlsx", lambda: files.delimited(files.GOOD), "no_workbook"),
    "old excel": ("a.xlsx", old_excel, "old_workbook"),
    "under a password": ("a.xlsx", under_a_password, "locked"),
    "noise": ("a.csv", noise, None),
    "the same long cell again and again": ("a.xlsx", repeated, "too_large_unpacked"),
    "only a head": ("a.csv", files.delimited, "no_rows"),
    "only NUL": ("a.csv", lambda: bytes(1000), "no_head"),
    "open quotation": ("a.csv", lambda: files.delimited(files.GOOD) + b'"never closed,\n', "broken_csv"),
    "cell without end": ("a.csv", lambda: "名称,需求描述\n甲,".encode() + b"x" * 200_000, "broken_csv"),
    "column twice": ("a.csv", "名称,标题,需求描述\n甲,乙,丙\n".encode, "column_twice"),
}


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", content)
    return out.getvalue()


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_gets_a_sentence_in_bounded_time(kind: str) -> None:
    name, make, code = HOSTILE[kind]
    content = make()
    begun = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        read_confined(name, content)
    assert time.monotonic() - begun < SECONDS
    assert code in {None, refused.value.code}
    for language in ("zh-hans", "en"):
        with override(language):
            assert len(faults.file_sentence(refused.value.code, refused.value.values)) > 5


def spoiled(value: object) -> list[list[object]]:
    content = files.workbook(("甲", value), heads=("名称", "需求描述"))
    return read("a.xlsx", content).rows[0].faults


@pytest.mark.parametrize(
    "formula", ["=1+1", '=HYPERLINK("http://example.org","x")', "='[other.xlsx]Sheet1'!A1", "=cmd|'/c calc'!A1"]
)
def test_a_formula_is_a_fault_and_never_calculated_or_followed(formula: str) -> None:
    assert spoiled(formula) == [["description", "formula", {}]]


def test_links_to_other_files_are_never_opened() -> None:
    linked = files.repacked(BOOK, xl__externalLinks__externalLink1_dot_xml=b"<externalLink/>")
    assert len(read("a.xlsx", linked).rows) == 1


def test_an_error_of_the_spreadsheet_program_is_a_fault() -> None:
    assert spoiled("#REF!") == [["description", "error_value", {}]]


def test_a_cell_that_is_too_long_is_a_fault_and_cut() -> None:
    (row,) = read("a.csv", "名称,需求描述\n甲,".encode() + b"x" * 30_000).rows
    assert row.faults == [["description", "cell_too_long", {}]]
    assert len(row.cells["description"]) < 1000


def test_control_characters_are_a_fault_and_marked() -> None:
    (row,) = read("a.csv", "名称,需求描述\n甲\0乙,丙\x1b[0m\n".encode()).rows
    assert row.faults == [["title", "control_characters", {}], ["description", "control_characters", {}]]
    assert row.cells == {"title": "甲\ufffd乙", "description": "丙\ufffd[0m"}


def test_cells_merged_over_rows_are_faults_in_each_row() -> None:
    rows = [("甲", "乙"), ("丙", ""), ("丁", "戊")]
    merged = files.workbook(*rows, heads=("名称", "需求描述"), change=lambda sheet: sheet.merge_cells("B2:B3"))
    reading = read("a.xlsx", merged)
    assert [row.faults for row in reading.rows] == [
        [["description", "merged", {}]],
        [["description", "merged", {}]],
        [],
    ]


def test_a_size_that_a_sheet_claims_is_not_believed() -> None:
    claimed = SHEET.replace(b'<dimension ref="A1:E2"', b'<dimension ref="A1:XFD1048576"')
    assert claimed != SHEET
    assert len(read("a.xlsx", files.repacked(BOOK, xl__worksheets__sheet1_dot_xml=claimed)).rows) == 1


def test_a_cell_at_the_far_end_is_beyond_the_list() -> None:
    def far(sheet) -> None:
        sheet["A1048576"] = "远"
        sheet["XFD2"] = "远"

    assert len(read("a.xlsx", files.workbook(files.GOOD, change=far)).rows) == 1
