"""Plain text, UTF-8 or GB 18030, and nothing a browser or a spreadsheet of old would take for something else."""

import re
import unicodedata
from contextlib import suppress

from marketplace.vault.inspecting import markup
from marketplace.vault.inspecting.findings import Unacceptable

LAYOUT = "\n\r\t\f"
UTF7 = re.compile(r"\+ADw-|\+AD4-|\+AHs-", re.IGNORECASE)
"""Angle brackets and braces as UTF-7 writes them."""
MESSAGE = re.compile(r"\A\s*(?:MIME-Version|Content-Type|From|Received):", re.IGNORECASE)
"""The head of a mail or of a page saved as one (MHTML)."""
SURROGATE_OR_CONTROL = {"Cc", "Cs"}


def judge(_kind: str, content: bytes) -> None:
    """Raises Unacceptable unless it is readable text."""
    text = _decoded(content)
    markup.refuse(content)
    if text.lstrip().startswith(("<?", "{\\rtf", "%!PS")) or UTF7.search(text) or MESSAGE.match(text):
        raise Unacceptable("not_what_it_says")
    if any(unicodedata.category(one) in SURROGATE_OR_CONTROL and one not in LAYOUT for one in set(text)):
        raise Unacceptable("not_what_it_says")


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise Unacceptable("not_what_it_says")
