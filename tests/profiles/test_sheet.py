"""Publications and patents from a workbook: read in a program of its own, in both languages, without harm."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from marketplace.kernel.errors import Refusal
from marketplace.profiles import importing
from marketplace.profiles.reading import sheet
from marketplace.profiles.reading.found import MOST
from tests import factories
from tests.profiles.people import at_browser

pytestmark = pytest.mark.usefixtures("in_english")

ZH, EN = ([getattr(one, script) for one in sheet.COLUMNS] for script in ("zh", "en"))


def book(*lines: list[Any], head: list[str] = ZH) -> bytes:
    made = Workbook()
    table = made.active
    assert table is not None
    for line in (head, *lines):
        table.append(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_member(workbook: bytes, name: str) -> bytes:
    out = io.BytesIO(workbook)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, b"x")
    return out.getvalue()


@pytest.mark.parametrize("head", [ZH, EN, [*reversed(ZH)]])
def test_rows_are_read_by_their_heads(head: list[str]) -> None:
    said = ["专利", "一种电池", 2021, "cn 114000000 a", "国家知识产权局", "https://example.org/"]
    line = said[::-1] if head[0] == ZH[-1] else said
    offer = importing.read_file("xlsx", book(line, head=head))
    assert [vars(one) for one in offer.citations] == [
        {
            "kind": "PATENT",
            "title": "一种电池",
            "year": 2021,
            "identifier": "CN114000000A",
            "place": "国家知识产权局",
            "link": "https://example.org/",
        }
    ]


def test_what_cannot_stand_is_counted_and_left_out() -> None:
    lines = [
        ["论文", "=1+1", 2021, "", "", ""],
        ["论文", None, 2021, "10.1000/x", "", ""],
        ["论文", "好的", "MMXX", "https://doi.org/10.1000/X", "", "http://example.org"],
        [None, None, None],
    ]
    offer = importing.read_file("xlsx", book(*lines))
    assert [(one.title, one.year, one.identifier, one.link) for one in offer.citations] == [
        ("好的", None, "10.1000/x", "")
    ]
    assert offer.left_out == 2


def test_there_is_an_end_to_rows() -> None:
    offer = importing.read_file("xlsx", book(*(["论文", f"第 {number} 篇"] for number in range(320))))
    assert (len(offer.citations), offer.left_out) == (MOST, 20)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no workbook", "no workbook"),
        (b"PK\x03\x04 broken", "is damaged"),
        (b"\xd0\xcf\x11\xe0" + bytes(2000), r"old Excel \(\.xls\)"),
        (b"\xd0\xcf\x11\xe0" + bytes(900) + "EncryptedPackage".encode("utf-16-le"), "has a password"),
        (with_member(book(), "xl/vbaProject.bin"), "holds macros"),
        (book(["论文", "x"], head=["甲", "乙"]), "No row names the columns"),
        (b"PK" + b"0" * (5 * 1024 * 1024), "too large"),
    ],
)
def test_what_is_no_such_workbook_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        importing.read_file("xlsx", content)


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_template_filled_in_is_taken(prefix: str) -> None:
    client = at_browser(factories.person())
    page = client.get(f"{prefix}/people/mine/import/")
    assert f'href="{prefix}/people/mine/import/template.xlsx"' in page.content.decode()
    answer = client.get(f"{prefix}/people/mine/import/template.xlsx")
    made = load_workbook(io.BytesIO(answer.content))
    assert made.active is not None
    made.active.append(["论文", "填好的一篇", 2024])
    out = io.BytesIO()
    made.save(out)
    preview = client.post(reverse("profiles:import"), {"file": SimpleUploadedFile("论文.XLSX", out.getvalue())})
    assert [one.title for one, _value, _known in preview.context["rows"]] == ["填好的一篇"]
