"""Honest files full of their author's name: in properties, comments, tracked changes, pictures, notes of programs."""

import io
import struct
import zipfile
from collections.abc import Mapping

import pikepdf
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin

from tests.vault import made
from tests.vault.made import OFFICE, paragraph, relations

WHO = "Qianqian"
"""Part of every word in these files that must not be left."""
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
MARKED = f'w:id="1" w:author="{WHO} Li" w:date="2026-01-02T03:04:05Z"'


def photo(kind: str = "JPEG", *, held: int = 1, size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture with a camera's notes: who, where, with what, a smaller picture, a remark."""
    exif = Image.Exif()
    exif[0x013B], exif[0x010F], exif[0x0112], exif[0x8298] = f"{WHO} Li", f"{WHO}'s camera", held, f"(c) {WHO}"
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 35.0, 1.5), 3: "E", 4: (114.0, 17.0, 2.5)})
    picture, written = _gradient(size), io.BytesIO()
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", WHO)
        notes.add_text("Software", f"of {WHO}", zip=True)
        notes.add_itxt("XML:com.adobe.xmp", f"<x>{WHO}</x>", zip=True)
        picture.save(written, kind, pnginfo=notes, exif=exif, dpi=(96, 96))
        return written.getvalue()
    picture.save(written, kind, exif=exif, comment=f"by {WHO}", dpi=(96, 96), xmp=f"<x>{WHO}</x>".encode())
    whole = written.getvalue()
    place = f"Photoshop 3.0\x008BIM {WHO}".encode()
    return whole[:2] + b"\xff\xed" + struct.pack(">H", len(place) + 2) + place + whole[2:]


def _gradient(size: tuple[int, int]) -> Image.Image:
    across, down = size
    return Image.frombytes("RGB", size, bytes(n * 5 % 256 for n in range(3 * across * down)))


def gif() -> bytes:
    written = io.BytesIO()
    _gradient((8, 8)).convert("P").save(written, "GIF", comment=f"by {WHO}".encode())
    return written.getvalue()


def emf() -> bytes:
    """The head alone, with a description."""
    words = f"Draw\x00{WHO}\x00\x00".encode("utf-16-le")
    head = struct.pack("<II", 1, 88 + len(words)) + bytes(32) + b" EMF" + bytes(16)
    return head + struct.pack("<II", len(words) // 2, 88) + bytes(20) + words


def properties() -> dict[str, str]:
    return {
        "docProps/core.xml": f"<a><creator>{WHO}</creator></a>",
        "docProps/app.xml": f"<a><Company>{WHO} Ltd</Company></a>",
        "docProps/custom.xml": f"<a>{WHO}</a>",
        "_rels/.rels": "",
    }


def _root(main: str) -> str:
    kinds = {"officeDocument": (OFFICE, main)}
    kinds |= {"core-properties": (PACKAGE, "docProps/core.xml"), "thumbnail": (PACKAGE, "docProps/thumbnail.jpeg")}
    kinds |= {
        f"{one}-properties": (OFFICE, f"docProps/{name}.xml")
        for one, name in (("extended", "app"), ("custom", "custom"))
    }
    return _leading({number: (f"{space}/{kind}", to) for number, (kind, (space, to)) in enumerate(kinds.items())})


def _leading(to: Mapping[object, tuple[str, str]], outside: str = "") -> str:
    lines = (f'<Relationship Id="r{n}" Type="{kind}" Target="{target}"/>' for n, (kind, target) in to.items())
    return relations("".join(lines) + outside)


def docx() -> bytes:
    text = (
        f'<w:p w:rsidR="00AA11BB"><w:pPr><w:pPrChange {MARKED}><w:pPr/></w:pPrChange></w:pPr>'
        f'<w:r w:rsidRPr="00AA11BB"><w:t>kept </w:t></w:r><w:ins {MARKED}><w:r><w:t>new </w:t></w:r></w:ins>'
        f"<w:del {MARKED}><w:r><w:delText>{WHO} was here</w:delText></w:r></w:del>"
        '<w:commentRangeStart w:id="0"/><w:r><w:t>end</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:rPr><w:b/></w:rPr><w:commentReference w:id="0"/></w:r></w:p>'
        f"<w:p><w:pPr><w:rPr><w:del {MARKED}/></w:rPr></w:pPr><w:r><w:t>first half, </w:t></w:r></w:p>"
        f"<w:p><w:moveTo {MARKED}><w:r><w:t>second half</w:t></w:r></w:moveTo></w:p>"
        f"<w:p><w:moveFrom {MARKED}><w:r><w:t>{WHO} moved</w:t></w:r></w:moveFrom>"
        f'<w:permStart w:id="3" w:ed="{WHO}@example.org"/><w:permEnd w:id="3"/></w:p>'
        f"<w:tbl><w:tr><w:trPr><w:del {MARKED}/></w:trPr><w:tc>{paragraph(WHO)}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph('cell')}</w:tc>"
        f"<w:tc><w:tcPr><w:cellDel {MARKED}/></w:tcPr>{paragraph(WHO)}</w:tc></w:tr></w:tbl>"
        '<w:p><w:r><w:drawing><pic:cNvPr xmlns:pic="urn:p" id="1" '
        f'name="C:\\{WHO}\\a.jpg" descr="{WHO}.jpg" r:embed="r1"/><a r:embed="r6"/>'
        '<a r:embed="r7"/></w:drawing></w:r></w:p>'
        f'<w:p><w:del {MARKED}><w:r><w:footnoteReference w:id="2"/></w:r></w:del>'
        '<w:r><w:footnoteReference w:id="3"/></w:r></w:p><w:sectPr><w:printerSettings r:id="r4"/></w:sectPr>'
    )
    comments = (
        f'<w:comments xmlns:w="{made.WORD}"><w:comment {MARKED}>{paragraph(f"says {WHO}")}</w:comment></w:comments>'
    )
    notes = "".join(f'<w:footnote w:id="{n}">{paragraph(said)}</w:footnote>' for n, said in ((2, WHO), (3, "a note")))
    settings = (
        f'<w:settings xmlns:w="{made.WORD}"><w:rsids><w:rsid w:val="00AA11BB"/></w:rsids><w:trackRevisions/>'
        f'<w:docVars><w:docVar w:name="a" w:val="{WHO}"/></w:docVars></w:settings>'
    )
    led = {1: (f"{OFFICE}/image", f"media/{WHO}.jpg"), 2: (f"{OFFICE}/comments", "comments.xml")}
    led |= {3: ("http://schemas.microsoft.com/office/2011/relationships/people", "people.xml")}
    led |= {
        4: (f"{OFFICE}/printerSettings", "printerSettings/printerSettings1.bin"),
        5: (f"{OFFICE}/settings", "settings.xml"),
    }
    led |= {
        6: (f"{OFFICE}/image", "media/a.gif"),
        7: (f"{OFFICE}/image", "media/b.emf"),
        8: (f"{OFFICE}/footnotes", "footnotes.xml"),
    }
    led |= {9: (f"{OFFICE}/customXml", "../customXml/item1.xml")}
    parts: dict[str, bytes | str] = {
        **properties(),
        "_rels/.rels": _root("word/document.xml"),
        "docProps/thumbnail.jpeg": photo(),
        "word/_rels/document.xml.rels": _leading(led),
        f"word/media/{WHO}.jpg": photo(),
        "word/media/a.gif": gif(),
        "word/media/b.emf": emf(),
        "word/comments.xml": comments,
        "word/people.xml": f"<a>{WHO}</a>",
        "word/settings.xml": settings,
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{made.WORD}">{notes}</w:footnotes>',
        "word/printerSettings/printerSettings1.bin": WHO.encode("utf-16-le"),
        "customXml/item1.xml": f"<a>{WHO}</a>",
        "word/forgotten.xml": f"<a>{WHO}</a>",
    }
    return made.package("docx", made.body(f"<!-- {WHO} -->{text}"), parts)


DOCX_READS = ["kept new end", "first half, second half", "", "cell", "", ""]


def xlsx() -> bytes:
    book, written = Workbook(), io.BytesIO()
    book.properties.creator = book.properties.lastModifiedBy = WHO
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["B1"] = "指标", "=SUM(1,2)", 7
    sheet["A1"].comment = Comment(f"says {WHO}", WHO)
    sheet.add_image(SheetImage(io.BytesIO(photo())), "C3")
    book.save(written)
    return _changed(written.getvalue(), "xl/workbook.xml", _workbook_noted)


def _workbook_noted(content: bytes) -> bytes:
    folder = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="x15">'
        f'<p:absPath xmlns:p="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" url="C:\\Users\\{WHO}\\"/>'
        "</mc:Choice></mc:AlternateContent>"
    )
    return content.replace(b"<workbookPr", f'<fileSharing userName="{WHO}"/>{folder}<workbookPr'.encode(), 1)


def by(word: str, whole: bytes) -> bytes:
    """The same Office file by somebody else, whose word is as long."""
    assert len(word) == len(WHO)
    pairs = [(WHO.encode(code), word.encode(code)) for code in ("utf-8", "utf-16-le")]
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {one.replace(WHO, word): archive.read(one) for one in archive.namelist()}
    for old, new in pairs:
        parts = {name: content.replace(old, new) for name, content in parts.items()}
    return made.zipped(parts)


def _changed(whole: bytes, name: str, change: object) -> bytes:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    assert callable(change)
    return made.zipped({**parts, name: change(parts[name])})


def pptx() -> bytes:
    space = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    main = (
        f'<p:presentation {space} xmlns:r="{OFFICE}"><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst>'
        '<p:custDataLst><p:tags r:id="r3"/></p:custDataLst></p:presentation>'
    )
    slide = f'<p:sld {space} xmlns:r="{OFFICE}"><t>a slide</t><p:pic r:embed="r1"/></p:sld>'
    led = {1: (f"{OFFICE}/slide", "slides/slide1.xml"), 2: (f"{OFFICE}/commentAuthors", "commentAuthors.xml")}
    led |= {3: (f"{OFFICE}/tags", "tags/tag1.xml")}
    led |= {
        4: ("http://schemas.microsoft.com/office/2016/11/relationships/changesInfo", "changesInfos/changesInfo1.xml")
    }
    below = {1: (f"{OFFICE}/image", "../media/image1.png"), 2: (f"{OFFICE}/comments", "../comments/comment1.xml")}
    parts: dict[str, bytes | str] = {
        **properties(),
        "_rels/.rels": _root("ppt/presentation.xml"),
        "ppt/_rels/presentation.xml.rels": _leading(led),
        "ppt/slides/slide1.xml": slide,
        "ppt/slides/_rels/slide1.xml.rels": _leading(below),
        "ppt/media/image1.png": photo("PNG"),
        "ppt/comments/comment1.xml": f"<p:cmLst {space}><p:cm><p:text>says {WHO}</p:text></p:cm></p:cmLst>",
        "ppt/commentAuthors.xml": f'<a name="{WHO}"/>',
        "ppt/tags/tag1.xml": f'<a val="{WHO}"/>',
        "ppt/changesInfos/changesInfo1.xml": f'<a name="{WHO}"/>',
        "docProps/thumbnail.jpeg": photo(),
    }
    return made.package("pptx", main, parts)


def pdf() -> bytes:
    """Notes of all kinds, a photograph on the page, and an earlier revision that named somebody."""
    first = made.pdf(_noted)
    with pikepdf.open(io.BytesIO(first)) as document:
        written = io.BytesIO()
        document.save(written)
    return _once_more(written.getvalue())


def _noted(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = document.docinfo["/Title"] = WHO
    with document.open_metadata() as meta:
        meta["dc:creator"] = [WHO]
    page, root = document.pages[0], document.Root
    photograph = document.make_stream(photo(), Type=Name.XObject, Subtype=Name.Image, Width=40, Height=30)
    for key, value in (("/ColorSpace", Name.DeviceRGB), ("/BitsPerComponent", 8), ("/Filter", Name.DCTDecode)):
        photograph[key] = value
    photograph["/Metadata"] = document.make_stream(WHO.encode())
    photograph["/PTEX.FileName"] = String(f"/home/{WHO}/a.jpg")
    page.obj["/Resources"] = Dictionary(XObject=Dictionary(I=photograph))
    page.obj["/Contents"] = document.make_stream(b"q 40 0 0 30 0 0 cm /I Do Q BT (a page) Tj ET")
    page.obj["/PieceInfo"] = Dictionary(App=Dictionary(LastModified=String(WHO), Private=String(WHO)))
    page.obj["/LastModified"] = String(f"D:2026 {WHO}")
    spot = Array([0, 0, 9, 9])
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=spot, T=String(WHO), Contents=String(f"says {WHO}"))
    mark = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Highlight,
        Rect=spot,
        T=String(WHO),
        Contents=String(WHO),
        NM=String(WHO),
        M=String(WHO),
    )
    words = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=spot, T=String(WHO), Contents=String("on the page"))
    mark["/Popup"] = document.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Popup, Rect=spot, T=String(WHO)))
    page.obj["/Annots"] = Array([document.make_indirect(one) for one in (note, mark, words)])
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String(f"of {WHO}")))
    root["/OCProperties"] = Dictionary(
        OCGs=Array([layer]), D=Dictionary(Order=Array([String(WHO), layer]), Name=String(WHO))
    )
    field = document.make_indirect(Dictionary(FT=Name.Tx, T=String(f"to {WHO}"), V=String("filled in")))
    root["/AcroForm"] = Dictionary(Fields=Array([field]))
    root["/Foo"] = Dictionary(Secret=Array([String(WHO)]))


def _once_more(whole: bytes) -> bytes:
    """Another revision behind the first: the trailer once more, with a fresh object that is the document's author."""
    start = int(whole.rsplit(b"startxref", 1)[1].split()[0])
    with pikepdf.open(io.BytesIO(whole)) as document:
        size, root = len(document.objects) + 1, document.Root.objgen[0]
    told = f"\n{size} 0 obj\n<</Author({WHO})>>\nendobj\n".encode()
    place = len(whole)
    table = f"xref\n{size} 1\n{place + 1:010d} 00000 n \n".encode()
    trailer = (
        f"trailer\n<</Size {size + 1}/Root {root} 0 R/Info {size} 0 R/Prev {start}/ID[({WHO})({WHO})]>>\n".encode()
    )
    return whole + told + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (place + len(told))


FILES: dict[str, bytes] = {
    "photo.jpg": photo(),
    "photo on its side.jpg": photo(held=6),
    "photo.png": photo("PNG"),
    "photo on its side.png": photo("PNG", held=8),
    "text.docx": docx(),
    "sheet.xlsx": xlsx(),
    "slides.pptx": pptx(),
    "pages.pdf": pdf(),
}
