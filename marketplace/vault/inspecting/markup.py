"""Signs of a web page hidden in something else: a browser that guesses would run it."""

import re

from marketplace.vault.inspecting.findings import Unacceptable

PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html|script|iframe|svg|body|object|embed|meta|xsl:|x?html:)", re.IGNORECASE)
WIDE = re.compile(rb"<\x00(?:[!a-z]\x00){3}|\x00<(?:\x00[!a-z]){3}", re.IGNORECASE)
"""The same in two bytes a letter."""


def refuse(content: bytes) -> None:
    """Raises Unacceptable where any of it stands in the bytes."""
    if PAGE.search(content) or WIDE.search(content):
        raise Unacceptable("web_page_inside")
