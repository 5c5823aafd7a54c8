"""Word, Excel and PowerPoint files (ECMA-376): the document asked for, no macros, embedded files or remote parts."""

import re
import zipfile
from typing import Any

from defusedxml import DefusedXmlException, ElementTree

from marketplace.vault.inspecting import archives, images, markup
from marketplace.vault.inspecting.findings import Unacceptable

MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
"""What the main part of each kind calls itself; a file with macros calls itself otherwise."""
CONTENTS = "[Content_Types].xml"
XML = (".xml", ".rels", ".vml", ".svg")
SHOWN = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".odttf", ".fntdata", ".thmx")
"""Parts that are not XML and only show something. Whatever else there is makes the file unacceptable."""
SETTINGS_OF_PRINTERS = re.compile(r"/printerSettings/printerSettings\d*\.bin\Z", re.IGNORECASE)
PROGRAMS = re.compile(r"vba|macrosheets|activex|\.bin\Z|customui", re.IGNORECASE)
CARRIED = re.compile(r"/embeddings/|oleobject|externallinks|/connections\.xml\Z|afchunk|/querytables/", re.IGNORECASE)
HOLDING = re.compile(
    r"/(?:oleObject|package|vbaProject|control|activeX\w*|attachedTemplate|webextension\w*|aFChunk)\Z", re.IGNORECASE
)
"""Relations to what runs or carries, whatever the part itself is called."""
LINK = "/hyperlink"
"""The one relation that may lead out of a file: a link its reader follows or not."""
FIELD = re.compile(r"\A\s*(?:DDE(?:AUTO)?|INCLUDE\w*|LINK|IMPORT|DATABASE|MERGE\w*DATA|AUTOTEXT\w*)\b", re.IGNORECASE)
"""Fields that fetch something when the file is opened."""
CALL = re.compile(r"\b(?:WEBSERVICE|RTD|CALL|REGISTER\.ID|EXEC|IMPORTDATA|IMAGE|DDE)\s*\(|\w\s*\|", re.IGNORECASE)
"""Formulas that start a program or fetch something; the last is DDE as spreadsheets write it: cmd|'/c …'!A1."""
FORMULA = re.compile(r"f\Z|definedName\Z|[fF]ormula")
ADDRESS = re.compile(r"\A(?:https?|mailto):", re.IGNORECASE)


def judge(kind: str, content: bytes) -> None:
    """Raises Unacceptable unless it is a document of this kind that only shows something."""
    with archives.opened(content) as archive:
        names = {entry.filename for entry in archive.infolist()}
        if CONTENTS not in names:
            raise Unacceptable("not_what_it_says")
        for entry in archive.infolist():
            _judge_part(archive, entry)
        _refuse_other_kind(kind, archive)


def _judge_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    name = f"/{entry.filename}"
    if entry.is_dir() or SETTINGS_OF_PRINTERS.search(name):
        return
    if PROGRAMS.search(name):
        raise Unacceptable("acts_by_itself")
    if CARRIED.search(name):
        raise Unacceptable("holds_other_files")
    content = archives.unpacked(archive, entry)
    if name.lower().endswith(XML):
        _judge_tree(name, _tree(content))
    elif not name.lower().endswith(SHOWN):
        raise Unacceptable("holds_other_files")
    else:
        for piece in images.beside_pixels(name.rpartition(".")[2].lower(), content):
            markup.refuse(piece)


def _tree(content: bytes) -> Any:
    try:
        return ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Unacceptable("acts_by_itself") from None
    except (ElementTree.ParseError, ValueError, LookupError):
        raise Unacceptable("damaged") from None


def _judge_tree(name: str, tree: Any) -> None:
    fields: list[str] = []
    for element in tree.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag == "Relationship":
            _judge_relation(element)
        elif tag in {"instrText", "delInstrText"}:
            fields.append(element.text or "")
        elif tag == "fldSimple":
            for value in _attributes(element, "instr"):
                _refuse_field(value)
        elif tag in {"script", "foreignObject"}:
            raise Unacceptable("acts_by_itself")
        elif tag in {"ddeLink", "oleLink", "altChunk", "control", "oleObject", "OLEObject", "oleObj", "mailMerge"}:
            raise Unacceptable("holds_other_files")
        elif FORMULA.match(tag) and name.startswith("/xl/") and CALL.search(element.text or ""):
            raise Unacceptable("acts_by_itself")
        elif tag == "fldChar":
            fields = _ended(element, fields)
    _refuse_field("".join(fields))


def _ended(mark: Any, fields: list[str]) -> list[str]:
    """Word splits a field's words over several runs; they are judged together where the field begins anew or ends."""
    _refuse_field("".join(fields))
    return [] if _attributes(mark, "fldCharType") else fields


def _attributes(element: Any, name: str) -> list[str]:
    """Every attribute of this name, whatever its namespace: the reader of the file picks one, and not the first."""
    return [value for key, value in element.attrib.items() if key.rpartition("}")[2] == name]


def _refuse_field(words: str) -> None:
    if FIELD.match(words.replace('"', "")):
        raise Unacceptable("acts_by_itself")


def _judge_relation(relation: Any) -> None:
    kind, target = relation.get("Type", ""), relation.get("Target", "")
    if HOLDING.search(kind):
        raise Unacceptable("holds_other_files")
    outside = relation.get("TargetMode", "").lower() == "external"
    if outside and not (kind.endswith(LINK) and ADDRESS.match(target)):
        raise Unacceptable("reaches_outside")
    if not outside and archives.OUTSIDE.search(target.removeprefix("/").replace("../", "", 3)):
        raise Unacceptable("reaches_outside")


def _refuse_other_kind(kind: str, archive: zipfile.ZipFile) -> None:
    tree = _tree(archive.read(CONTENTS))
    kinds = {element.get("ContentType", "") for element in tree.iter()}
    if any(re.search(r"macro|vba|activex|oleobject|webextension", one, re.IGNORECASE) for one in kinds):
        raise Unacceptable("acts_by_itself")
    if MAIN[kind] not in kinds:
        raise Unacceptable("not_what_it_says")
