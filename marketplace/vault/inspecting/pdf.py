"""PDF: a document to be read, without anything that runs, opens, sends or hides."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf

from marketplace.vault.inspecting.findings import Unacceptable

MOST_OBJECTS = 200_000
MOST_LEVELS = 50
HEAD = re.compile(rb"\A%PDF-[12]\.\d")
MOST_BEHIND = 64
"""Bytes after the last %%EOF: line ends, no more."""
FOREIGN = re.compile(rb"PK\x03\x04|PK\x05\x06|<\s*(?:!doctype\s+html|html|script)", re.IGNORECASE)
"""Another kind of file before the document's body or after its end."""
ACTIONS = {"/GoTo", "/URI"}
"""The actions a document to be read needs (ISO 32000-2, 12.6.4): a link to a page or an address. No other is taken."""
KINDS_OF_ACTION = {
    "/GoTo", "/GoToR", "/GoToE", "/GoToDp", "/Launch", "/Thread", "/URI", "/Sound", "/Movie", "/Hide", "/Named",
    "/SubmitForm", "/ResetForm", "/ImportData", "/JavaScript", "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView",
    "/RichMediaExecute",
}  # fmt: skip
"""All that the standard knows (table 201)."""
ADDRESS = re.compile(r"\A(?:https?|mailto):", re.IGNORECASE)
ACTING = {"/JS", "/JavaScript", "/AA", "/Ref", "/RichMediaExecute"}
"""Keys of what runs by itself or fetches a part of the page from elsewhere."""
CARRYING = {"/EmbeddedFiles", "/EmbeddedFile", "/EF", "/FileAttachment", "/Filespec", "/Collection", "/XFA", "/AF"}
PLAYERS = {"/RichMedia", "/RichMediaContent", "/Movie", "/Sound", "/3D", "/Screen"}
"""Keys and kinds of what holds other files, forms with scripts or players."""


def judge(_kind: str, content: bytes) -> None:
    """Raises Unacceptable unless it is a document that only shows something."""
    _bounds(content)
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if document.is_encrypted:
                raise Unacceptable("locked_or_old")
            if document.get_warnings():
                raise Unacceptable("damaged")  # repaired while it was read: another reader may see another document
            _walk(document)
    except pikepdf.PasswordError:
        raise Unacceptable("locked_or_old") from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise Unacceptable("damaged") from None


def _bounds(content: bytes) -> None:
    if not HEAD.match(content):
        raise Unacceptable("not_what_it_says")
    if content.count(b" obj") > MOST_OBJECTS:  # before anything reads them one by one
        raise Unacceptable("too_costly")
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise Unacceptable("damaged")
    behind = content[end + len(b"%%EOF") :]
    if len(behind) > MOST_BEHIND or behind.strip(b"\r\n\t \x00"):
        raise Unacceptable("something_behind")
    if FOREIGN.search(content[:1024]) or FOREIGN.search(content[-1024:]) or zipfile.is_zipfile(io.BytesIO(content)):
        raise Unacceptable("something_behind")


def _walk(document: pikepdf.Pdf) -> None:
    if len(document.objects) > MOST_OBJECTS:
        raise Unacceptable("too_costly")
    if not document.pages:
        raise Unacceptable("damaged")
    for one in (*document.objects, document.trailer):  # what stands in the trailer itself is not among the objects
        for holder in _holders(one):
            _judge(holder)


def _judge(holder: Any) -> None:
    """One dictionary, or a stream's: its keys, what it calls itself, and what it does where it is an action."""
    said = {*holder.keys(), *(str(holder[key]) for key in ("/Subtype", "/Type") if key in holder)}
    if said & ACTING:
        raise Unacceptable("acts_by_itself")
    if said & (CARRYING | PLAYERS) or (isinstance(holder, pikepdf.Stream) and "/F" in holder):
        raise Unacceptable("holds_other_files")
    _judge_action(holder)


def _judge_action(holder: Any) -> None:
    """`/S` is also the kind of a group, a border, a transition or a tagged element, which do nothing."""
    kind = str(holder.get("/S", ""))
    if kind in KINDS_OF_ACTION - ACTIONS:
        raise Unacceptable("acts_by_itself")
    if "/URI" in holder and kind == "/URI" and not ADDRESS.match(str(holder["/URI"])):
        raise Unacceptable("reaches_outside")
    opening = holder.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S", "")) != "/GoTo":
        raise Unacceptable("acts_by_itself")


def _holders(one: Any, depth: int = 0) -> Iterator[Any]:
    """Every dictionary in this object; what is referred to comes by itself."""
    if depth > MOST_LEVELS:
        raise Unacceptable("too_costly")
    if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
        yield one
        inside = [value for _key, value in one.items()]
    else:
        inside = list(one) if isinstance(one, pikepdf.Array) else []
    for value in inside:
        if isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not value.is_indirect:
            yield from _holders(value, depth + 1)
