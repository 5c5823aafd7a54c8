"""Cells of files that people open with spreadsheet programs: none can act as a formula (F12)."""

import re

BOM = "\ufeff"
"""Without it Excel reads UTF-8 as the office's old code page."""

_TRIGGER = re.compile(
    r"[\s'\"\u00a0\u3000\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\ufe62\ufe63\ufe66\ufe6b\u2212]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_REPLACED = "\ufffd"


def harmless(text: str) -> str:
    """The text as no spreadsheet program can take for a formula: an apostrophe before it where it could.

    Also before one that begins with an apostrophe, a tab or a line break, so that taking one away gives the text back.
    What cannot stand in a file of spreadsheets (control characters) becomes a replacement character, and line breaks
    are written one way.
    """
    clean = _CONTROL.sub(_REPLACED, re.sub("\r\n?", "\n", text))
    return f"'{clean}" if _TRIGGER.match(clean) or clean[:1] in {"'", "\t", "\r", "\n"} else clean
