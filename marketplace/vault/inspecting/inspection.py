"""From a name's ending and the bytes of a file to: this is a file of that kind, and nothing in it acts by itself."""

from collections.abc import Callable, Mapping

from marketplace.vault.inspecting import images, office, pdf, plain
from marketplace.vault.inspecting.findings import Unacceptable

JUDGES: Mapping[str, Callable[[str, bytes], None]] = {
    "pdf": pdf.judge,
    "docx": office.judge,
    "xlsx": office.judge,
    "pptx": office.judge,
    "png": images.judge,
    "jpg": images.judge,
    "txt": plain.judge,
    "csv": plain.judge,
}
"""By kind: who can tell that a file is one. What is not listed here is not taken in."""

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""OLE2: Office files behind a password, and those of before 2007, which may hold programs."""


def inspect(kind: str, content: bytes) -> None:
    """Raises Unacceptable unless the bytes are a harmless file of this kind."""
    if not content:
        raise Unacceptable("empty")
    if kind not in JUDGES:
        raise Unacceptable("kind_unknown")
    if content.startswith(COMPOUND):
        raise Unacceptable("locked_or_old")
    JUDGES[kind](kind, content)
