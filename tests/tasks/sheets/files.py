"""Lists as people send them: workbooks and CSV, honest and hostile; and what it takes to carry one through."""

import csv
import io
import time
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from marketplace.accounts.models import Organisation, User
from tasks.jobs import take_over_sheets
from tasks.sheets import services
from tasks.sheets.models import Sheet
from tests import factories

Office = tuple[User, Organisation]
HEADS = ("名称", "需求描述", "考核指标", "奖金或预算上限（万元）", "截止时间（北京时间）")
GOOD = ("高温阀门密封", "耐六百度。", "泄漏率 ≤ 1 mL/min", 80, "2027-03-31 18:00")


def workbook(
    *rows: Sequence[Any], heads: Sequence[Any] = HEADS, change: Callable[[Any], object] | None = None
) -> bytes:
    """A workbook with these rows; `change` may spoil its sheet."""
    book = Workbook()
    sheet = book.active
    for row in (heads, *rows):
        sheet.append(list(row))
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(*rows: Sequence[Any], heads: Sequence[Any] = HEADS, delimiter: str = ",") -> str:
    """The same as CSV."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([heads, *rows])
    return out.getvalue()


def delimited(*rows: Sequence[Any], heads: Sequence[Any] = HEADS) -> bytes:
    """The same in UTF-8."""
    return text(*rows, heads=heads).encode()


def repacked(content: bytes, **parts: bytes | None) -> bytes:
    """The workbook with parts replaced, added or left out; `__` in a name stands for a slash, `_dot_` for a dot."""
    named = {name.replace("__", "/").replace("_dot_", "."): value for name, value in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, value in named.items():
            if value is not None:
                new.writestr(name, value)
    return out.getvalue()


def part(content: bytes, name: str) -> bytes:
    """One part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def office() -> Office:
    """An officer and their verified organisation in Wuhan."""
    owner = factories.person()
    return owner, factories.organisation(owner)


def uploaded(content: bytes, name: str = "榜单.csv", *, by: Office | None = None, **more: Any) -> Sheet:
    """The file, uploaded by an officer."""
    actor, organisation = by or office()
    given = {"language": "zh-hans", **more}
    return services.upload_sheet(actor=actor, organisation=organisation, name=name, content=content, **given)


def through(sheet: Sheet, *, patience: float = 30.0) -> Sheet:
    """The sheet after the job has done all it can with it."""
    end = time.monotonic() + patience
    while take_over_sheets() and time.monotonic() < end:
        pass
    sheet.refresh_from_db()
    return sheet


def cells_of(content: str) -> list[list[str]]:
    """The rows of a downloaded CSV."""
    return list(csv.reader(io.StringIO(content.removeprefix("\ufeff"))))


def filled_in(template: bytes, rows: Sequence[dict[int, Any]]) -> bytes:
    """The downloaded workbook with rows below its example, each given by column number from 1."""
    book = load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, start=3):
        for column, value in row.items():
            sheet.cell(number, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
