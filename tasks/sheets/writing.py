"""Files that people download: the template to fill in, and the rows to mend."""

import csv
import io
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.registry.models import Region, TechnologyField
from marketplace.workbooks.cells import harmless
from tasks.sheets.columns import BESIDE, COLUMNS, EXAMPLE_MARKS, UNIT, UNITS_SAID, WAN, bare_head, head, script
from tasks.sheets.faults import CHOICES
from tasks.sheets.models import SheetRow
from tasks.sheets.reading import MOST_ROWS

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the system's old encoding."""
WIDTHS = {"title": 36, "description": 60, "indicators": 44, "criteria": 28, "fields": 24}


def template_csv() -> str:
    """The head and an example row, in the active language."""
    return _csv([_heads(), list(_example().values())])


def template_workbook(fields: Iterable[TechnologyField], regions: Iterable[Region]) -> bytes:
    """The same as a workbook, with a second sheet of the words allowed and drop-down lists for the short ones."""
    from openpyxl import Workbook  # heavy, and wanted by this function alone: pages stay small without it

    book = Workbook()
    table = book.active
    assert table is not None  # noqa: S101  # a new workbook has its first sheet
    table.title = _("Challenges")
    table.append(_heads())
    table.append(list(_example().values()))
    words = book.create_sheet(_("Words allowed"))
    allowed = _allowed(fields, regions)
    for line in zip_longest(*([head(column, _language()), *listed] for column, listed in allowed.items())):
        words.append(line)
    words.freeze_panes = "A2"
    for letter in "ABCDEFG":
        words.column_dimensions[letter].width = 30
    _dress(table, words.title, {column: len(listed) for column, listed in allowed.items()})
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_to_mend(rows: Iterable[SheetRow]) -> str:
    """The faulty rows as they were, what is wrong with each at the end; mended, the file can be uploaded again."""
    taken = list(rows)
    used = [column.key for column in COLUMNS if any(column.key in row.cells for row in taken)]
    keys = list(dict.fromkeys(["title", "description", *used, *(fault[0] for row in taken for fault in row.faults)]))
    others = list(dict.fromkeys(name for row in taken for name in row.others))
    lines = [[*(_head(key, taken) for key in keys), *others, *BESIDE[script(_language())]]]
    for row in taken:
        cells = [row.cells.get(key, "") for key in keys]
        wrong = " / ".join(f"{one['column']}: {one['sentence']}" for one in row.said)
        lines.append([*cells, *(row.others.get(name, "") for name in others), str(row.number), wrong])
    return _csv(lines)


def _head(key: str, rows: list[SheetRow]) -> str:
    """The column's head; above the reward the unit that the list itself named, which may be none."""
    if key != "bounty":
        return head(key, _language())
    unit = next((row.cells[UNIT] for row in rows if UNIT in row.cells), WAN)
    return bare_head(key, _language()) + UNITS_SAID[script(_language())].get(unit, "")


def _heads() -> list[str]:
    return [head(column.key, _language()) for column in COLUMNS]


def _example() -> dict[str, str]:
    """A row as it would be filled in, with the words of the active language."""
    choices = {column: str(CHOICES[column](value).label) for column, value in EXAMPLE_CHOICES.items()}
    texts = EXAMPLES[script(_language())]
    marked = {"title": EXAMPLE_MARKS[script(_language())] + texts["title"]}
    return {column.key: {**texts, **choices, **marked}.get(column.key, "") for column in COLUMNS}


def _allowed(fields: Iterable[TechnologyField], regions: Iterable[Region]) -> dict[str, list[str]]:
    """The words allowed, by column."""
    choices = {column: [str(label) for label in CHOICES[column].labels] for column in CHOICES}
    return choices | {"fields": [one.name for one in fields], "region": [one.full_name for one in regions]}


def _dress(table: Any, words: str, counts: dict[str, int]) -> None:
    """Widths, a head that stays, and drop-down lists that take their words from the second sheet."""
    from openpyxl.styles import Alignment, Font  # as above
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    table.freeze_panes = "B2"
    letters = {column.key: get_column_letter(place) for place, column in enumerate(COLUMNS, start=1)}
    for key, letter in letters.items():
        table.column_dimensions[letter].width = WIDTHS.get(key, 18)
        table[f"{letter}1"].font = Font(bold=True)
        table[f"{letter}2"].alignment = Alignment(wrap_text=True, vertical="top")
    for place, (key, count) in enumerate(counts.items(), start=1):
        listed = f"'{words}'!${get_column_letter(place)}$2:${get_column_letter(place)}${count + 1}"
        rule = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=key in CHOICES)
        rule.add(f"{letters[key]}2:{letters[key]}{MOST_ROWS + 2}")
        table.add_data_validation(rule)


def _language() -> str:
    return get_language() or ""


def _csv(lines: list[list[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([[harmless(text) for text in line] for line in lines])
    return BYTE_ORDER_MARK + out.getvalue()


EXAMPLE_CHOICES = {"problem_kind": "KEY", "mode": "TASK", "ip_terms": "JOINT", "kind": "TECH_NEED"}
EXAMPLES = {
    "zh": {
        "title": "固态电池正极界面阻抗降低",
        "description": "硫化物固态电解质与高镍正极之间的界面阻抗过高，低温下无法快充。"
        "需要可量产的界面处理方案；已试过湿法包覆，循环后开裂。",
        "fields": "动力电池与储能、新材料",
        "keywords": "固态电池，界面阻抗，高镍正极",
        "region": "",
        "indicators": "界面阻抗 ≤ 10 Ω·cm²\n循环寿命 ≥ 800 次\n容量保持率 ≥ 80 %",
        "bounty": "300",
        "deadline": "2027-06-30 18:00",
        "criteria": "技术路线与创新性 40\n考核指标响应 40\n经费与进度 20",
        "threshold": "60",
        "reserved_for_sme": "否",
        "contact_office": "科技管理处",
        "contact_person": "王工",
        "contact_telephone": "0000-00000000",
        "contact_address": "示例路 1 号",
    },
    "en": {
        "title": "Lower interface impedance at the cathode of a solid-state battery",
        "description": "Impedance between sulphide electrolyte and nickel-rich cathode is too high for fast charging "
        "in the cold. We need a treatment fit for mass production; wet coating was tried and cracks in cycling.",
        "fields": "Batteries and energy storage; New materials",
        "keywords": "solid-state battery, interface impedance, cathode",
        "region": "",
        "indicators": "interface impedance ≤ 10 Ω·cm²\ncycle life ≥ 800 cycles\ncapacity retention ≥ 80 %",
        "bounty": "300",
        "deadline": "2027-06-30 18:00",
        "criteria": "technical approach 40\nindicators met 40\ncost and schedule 20",
        "threshold": "60",
        "reserved_for_sme": "no",
        "contact_office": "Technology office",
        "contact_person": "Ms Wang",
        "contact_telephone": "0000-00000000",
        "contact_address": "1 Sample Road",
    },
}
"""Texts of a file format, not of a page: each stands in the template of its own language."""
