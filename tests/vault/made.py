"""Files as honest programs write them, made here so that every byte is known."""

import io
import zipfile
from collections.abc import Mapping

import pikepdf
from openpyxl import Workbook
from PIL import Image

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument"
MAINS = {
    "docx": ("word/document.xml", f"{TYPE}.wordprocessingml.document.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{TYPE}.presentationml.presentation.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{TYPE}.spreadsheetml.sheet.main+xml"),
}
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def package(kind: str, main: str, parts: Mapping[str, bytes | str] = {}, *, main_type: str = "") -> bytes:
    """An Office file: its main part, the parts every one has, and others."""
    name, usual = MAINS[kind]
    types = (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{name}" ContentType="{main_type or usual}"/></Types>'
    )
    root = relations(f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="{name}"/>')
    return zipped({"[Content_Types].xml": types, "_rels/.rels": root, name: main, **parts})


def zipped(parts: Mapping[str, bytes | str], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts, in their order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def relations(inside: str) -> str:
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{inside}</Relationships>'


def body(inside: str) -> str:
    """A Word document of these paragraphs."""
    return f'{HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{inside}</w:body></w:document>'


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def field(words: str, *, runs: int = 1) -> str:
    """A field of Word, its words split over several runs as Word itself does."""
    size = -(-len(words) // runs)
    parts = [words[start : start + size] for start in range(0, len(words), size)]
    inside = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in parts)
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f"<w:p>{mark.format('begin')}{inside}{mark.format('end')}</w:p>"


def docx(text: str = "技术方案", parts: Mapping[str, bytes | str] = {}) -> bytes:
    return package("docx", body(paragraph(text)), parts)


def pptx() -> bytes:
    main = f'{HEAD}<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>'
    return package("pptx", main)


def xlsx(cell: str = "指标") -> bytes:
    book, made = Workbook(), io.BytesIO()
    book.active["A1"], book.active["A2"] = cell, "=SUM(1,2)"
    book.save(made)
    return made.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, 1).save(made, kind, **options)
    return made.getvalue()


def pdf(change: object = None, **options: object) -> bytes:
    """A document of one page; `change` gets it before it is saved."""
    document, made = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    if callable(change):
        change(document)
    document.save(made, **options)
    return made.getvalue()
