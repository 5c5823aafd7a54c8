"""From the bytes of an examined file to the same file without names, and what was taken out of it."""

from collections import Counter
from collections.abc import Callable, Mapping

from marketplace.vault.blinding import office, pdf, pictures
from marketplace.vault.blinding.report import Taken
from marketplace.vault.inspecting.findings import Unacceptable


def _as_it_is(content: bytes, _taken: Taken) -> bytes:
    """Plain text says of itself nothing but what it shows."""
    return content


CLEANERS: Mapping[str, Callable[[bytes, Taken], bytes]] = {
    "pdf": pdf.blind,
    "docx": office.blind,
    "xlsx": office.blind,
    "pptx": office.blind,
    "png": pictures.png,
    "jpg": pictures.jpeg,
    "txt": _as_it_is,
    "csv": _as_it_is,
}
"""By kind. What is not listed here is not taken blind."""


def blind(kind: str, content: bytes) -> tuple[bytes, Taken]:
    """The file without names, and what was taken out. Raises Unacceptable where that cannot be done."""
    if kind not in CLEANERS:
        raise Unacceptable("kind_unknown")
    taken: Taken = Counter()
    blinded = CLEANERS[kind](content, taken)
    return blinded, +taken
