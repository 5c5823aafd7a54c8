"""The workbook that people download to fill in their publications and patents."""

import io

from django.utils.translation import get_language

from marketplace.profiles.reading.sheet import COLUMNS

WIDTHS = {"title": 60, "place": 30, "identifier": 26, "link": 40}


def workbook() -> bytes:
    """The head alone, in the page's language: whoever fills it in has no example to delete."""
    from openpyxl import Workbook  # heavy, and wanted by this function alone: pages stay small without it
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  # a new workbook has its first sheet
    sheet.append([one.en if (get_language() or "").startswith("en") else one.zh for one in COLUMNS])
    for place, column in enumerate(COLUMNS, start=1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(column.key, 12)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
