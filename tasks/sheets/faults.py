"""What can be wrong with a file, a row or a cell, in words of the reader's language. Rows keep codes and values."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tasks.challenges.choices import Abroad, Audience, NameShown, PrizeRule
from tasks.challenges.models import ChallengeKind, ChallengeMode, IPTerms, ProblemKind
from tasks.sheets.columns import head

CHOICES: dict[str, Any] = {
    "mode": ChallengeMode,
    "kind": ChallengeKind,
    "problem_kind": ProblemKind,
    "ip_terms": IPTerms,
    "audience": Audience,
    "abroad": Abroad,
    "prize_rule": PrizeRule,
    "name_shown": NameShown,
}
"""Columns that take one of a few words."""

ON_THE_FORM: dict[str, Any] = {
    "no_secrets": _("Confidentiality"),
    "chain": _("Suppliers along the chain"),
    "places": _("Prizes"),
}
"""What a draft from a list may lack that no column of it gives."""

OF_FILES: dict[str, Any] = {  # `old_or_locked` stands in imports of before the two were told apart
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than 5 MB."),
    "too_large_unpacked": _("Unpacked, the file would be far larger than any list of challenges; it was not opened."),
    "too_costly": _("Reading the file took more time or memory than any list of challenges needs; it was stopped."),
    "old_workbook": _("This is a file of an old Excel (.xls). Please save it as .xlsx."),
    "locked": _("The workbook has a password. Please save it as .xlsx without one."),
    "old_or_locked": _("This is an old Excel file or one with a password. Please save it as .xlsx without a password."),
    "workbook_by_another_name": _(
        "This is a workbook, but its name does not end in .xlsx. Please save it as .xlsx and upload it again."
    ),
    "no_workbook": _("The name ends in .xlsx, but this is no Excel workbook."),
    "broken_workbook": _("The workbook is damaged or holds something that is not allowed in one."),
    "macros": _("The workbook holds macros. Please save it as .xlsx without them."),
    "unsafe_reader": _("Workbooks cannot be read safely here at the moment; please upload the list as CSV."),
    "too_many_merges": _("The workbook has thousands of merged cells. Please unmerge them."),
    "no_text": _("The text is in no encoding we know. Please save it as CSV in UTF-8 or as .xlsx."),
    "broken_csv": _("Row %(row)s cannot be told apart from its neighbours: a quotation mark is missing or too many."),
    "no_head": _(
        "No row names the columns. Within the first ten rows one must name the title and at least one other column, "
        "as the template does."
    ),
    "column_twice": _("There are two columns “%(column)s”. Please keep one of them."),
    "too_many_rows": _("There are more than %(most)s rows. Please split the list."),
    "no_rows": _("Below the names of the columns there is no row."),
    "not_allowed": "%(why)s",
    "three_attempts": _("Reading it was tried three times and never came to an end. Nothing was imported."),
}

OF_CELLS: dict[str, Any] = {
    "no_title": _("Please give the challenge a title."),
    "too_long": _("This is too long: %(length)s characters where %(most)s are allowed."),
    "cell_too_long": _("This is too long: no cell may have more than 20,000 characters."),
    "control_characters": _("There are characters in it that cannot be seen; please type it anew."),
    "formula": _("This is a formula. Please put its result here as a value."),
    "error_value": _("This is an error of the spreadsheet program. Please put a value here."),
    "merged": _("This cell is merged with cells of other rows. Please unmerge them and fill in each row."),
    "unknown_choice": _("“%(said)s” is none of the words allowed here: %(allowed)s."),
    "unknown_field": _("We know no technology field “%(said)s”; the template lists them all."),
    "unknown_region": _("“%(said)s” is no region we know, or could be several."),
    "region_elsewhere": _("“%(said)s” does not lie in the region of the organisation that posts."),
    "keywords": _("At most %(most)s keywords of at most %(longest)s characters each."),
    "indicator": _(
        "Line %(line)s, “%(said)s”, does not say what is measured and how much: name, comparison, value, unit, "
        "for example: interface impedance ≤ 10 Ω·cm²"
    ),
    "indicator_too_long": _(
        "Line %(line)s, “%(said)s”: at most 80 characters for the name, 60 for the value, 30 for the unit."
    ),
    "criterion": _("Line %(line)s, “%(said)s”, does not end in a weight between 1 and 100."),
    "criterion_too_long": _("Line %(line)s, “%(said)s”: at most 80 characters for the name."),
    "too_many_lines": _("At most %(most)s lines."),
    "weights": _("The weights must add up to 100; now they make %(total)s."),
    "no_amount": _("“%(said)s” is no amount. Please write digits, for example 300 or 12.5."),
    "no_unit": _("“%(said)s”: 元 or 万元? Please say it in the cell or in the heading of the column."),
    "finer_than_a_fen": _("An amount has at most two decimal places in 元."),
    "bounty_range": _("The reward must be between CNY 100 and CNY 10 billion."),
    "no_moment": _("“%(said)s” is no date between 2000 and 2100. Please write it like 2027-03-31 or 2027-03-31 18:00."),
    "threshold": _("The threshold must be between 1 and 100 points."),
    "yes_or_no": _("“%(said)s”: please write yes or no."),
    "refused": "%(why)s",
    "unexpected": _("This row could not be imported, through no fault of yours; we have noted it."),
}


def file_sentence(code: str, values: dict[str, Any]) -> str:
    """Why a file could not be read, in the active language."""
    if "column" in values:
        values = {**values, "column": column_name(values["column"])}
    return _said(OF_FILES, code, values)


def cell_sentence(code: str, values: dict[str, Any]) -> str:
    """What is wrong with a cell, in the active language."""
    if "allowed" in values:
        words = [str(label) for label in CHOICES[values["allowed"]].labels]
        values = {**values, "allowed": " · ".join(words)}
    return _said(OF_CELLS, code, values)


def column_name(key: str) -> str:
    """The head of the column in the active language; of what no list can say, its name on the form."""
    return head(key, get_language() or "") or str(ON_THE_FORM.get(key, ""))


def _said(sentences: dict[str, Any], code: str, values: dict[str, Any]) -> str:
    return str(sentences[code]) % values if code in sentences else code
