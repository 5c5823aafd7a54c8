"""Hostile files, by the numbers of the corpus in the reliability plan (annex A); each under a name people would use."""

import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from tests.vault import made
from tests.vault.made import OFFICE, relations

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">%s</svg>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_MORE = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "ha">{_MORE}]><l>&a9;</l>'
OUTSIDE_ENTITY = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'


def corpus() -> Iterator[tuple[str, bytes]]:
    """Every one of them: a name and a content, none of which may be accepted."""
    for group in (_archives, _markup, _polyglots, _pdfs, _documents, _pictures):
        yield from group()


def _archives() -> Iterator[tuple[str, bytes]]:
    inner = made.zipped({"eicar.com": EICAR})
    yield "1 eicar.com", EICAR
    yield "2 eicar.zip", inner
    yield "2 eicar zip as.docx", inner
    yield "3 zip in zip.docx", made.zipped({"inner.zip": inner})
    yield "3 zip beside the text.docx", made.docx(parts={"word/inner.zip": inner})
    yield "4 eicar inside.docx", made.docx(parts={"word/media/eicar.com": EICAR})
    yield "5 password.zip", _encrypted()
    yield "5 password as.docx", _encrypted()
    yield "6 encrypted office.docx", OLE + "EncryptedPackage".encode("utf-16-le")
    yield "7 nested bomb.docx", _nested(5)
    yield "8 flat bomb.docx", _overlapping()
    yield "9 gzip bomb.csv", gzip.compress(bytes(50_000_000))
    yield "10 xz bomb.txt", lzma.compress(bytes(50_000_000))
    yield "11 much text.docx", made.docx(parts={"word/big.xml": b"<a>" + b" " * 200_000_000 + b"</a>"})
    yield "12 slip.docx", made.docx(parts={"../../slip.xml": "<a/>"})
    yield "12 slip by backslash.docx", made.docx(parts={"word\\..\\..\\slip.xml": "<a/>"})
    yield "13 absolute.docx", made.docx(parts={"/etc/cron.d/slip.xml": "<a/>"})
    yield "13 drive.docx", made.docx(parts={"C:\\slip.xml": "<a/>"})
    yield "14 symlink.docx", _symlink()
    yield "15 many entries.docx", made.docx(parts={f"word/{n}.xml": "<a/>" for n in range(6_000)})
    yield "16 same name.docx", made.docx(parts={"word/A.xml": "<a/>", "word/a.xml": "<b/>"})
    yield "17 device.tar", _device()
    yield "17 device as.docx", _device()


def _markup() -> Iterator[tuple[str, bytes]]:
    yield "18 laughs.xlsx", made.package("xlsx", "<a/>", {"xl/sharedStrings.xml": LAUGHS})
    yield "19 entity.docx", made.package("docx", OUTSIDE_ENTITY)
    yield "20 laughs.svg", LAUGHS.encode()
    yield "21 script.svg", SVG % b"<script>alert(1)</script>"
    yield "22 onload.svg", SVG.replace(b"<svg", b"<svg onload='alert(1)'") % b""
    yield "23 frame.svg", SVG % b"<foreignObject><iframe src='https://example.org'/></foreignObject>"
    yield "24 link.svg", SVG % b"<a xlink:href='javascript:alert(1)'>x</a>"
    yield "25 image.svg", SVG % b"<image href='https://example.org/a.png'/>"
    yield "25 svg as.png", SVG % b""
    yield "25 svg as.txt", SVG % b""
    yield "26 packed.svgz", gzip.compress(SVG % b"")
    yield "27 style.xml", b'<?xml version="1.0"?><?xml-stylesheet href="a.xsl" type="text/xsl"?><a/>'
    yield "27 style as.txt", b'<?xml version="1.0"?><?xml-stylesheet href="a.xsl" type="text/xsl"?><a/>'
    yield "28 page.xhtml", b'<html xmlns="http://www.w3.org/1999/xhtml"/>'


def _polyglots() -> Iterator[tuple[str, bytes]]:
    whole, picture, photo = made.pdf(), made.picture(), made.picture("JPEG")
    yield "29 page.pdf", PAGE
    yield "30 head and page.pdf", b"%PDF-1.7\n" + PAGE
    yield "30 page behind.pdf", whole + PAGE
    yield "31 gif and jar.png", made.picture("GIF") + made.zipped({"a.class": b"x"})
    yield "32 photo and page.jpg", photo + PAGE
    yield "32 page in a remark.jpg", photo[:2] + _remark(PAGE) + photo[2:]
    yield "33 page in a chunk.png", _with_chunk(picture, b"tEXt", b"Comment\0" + PAGE)
    yield "33 behind the end.png", picture + b"anything"
    yield "34 zip behind.pdf", whole + made.zipped({"a": b"x"})
    yield "34 zip before.pdf", made.zipped({"a": b"x"}) + whole
    yield "35 script before.pdf", b"/*" + whole
    yield "36 program.pdf", b"MZ\x90\x00" + bytes(200)
    yield "37 program.png", b"\x7fELF\x02\x01\x01" + bytes(200)
    yield "39 utf-7.txt", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-"
    yield "40 utf-16.txt", "<html><script>alert(1)</script>".encode("utf-16")
    yield "41 application.hta", PAGE
    yield "42 saved page.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n" + PAGE
    yield "42 saved page.txt", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nharmless"
    yield "43 film.swf", b"FWS\x0a" + bytes(50)
    yield "44 link.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(50)
    yield "45 page.html", PAGE
    yield "45 page.csv", b"a,b\n" + PAGE


def _pdfs() -> Iterator[tuple[str, bytes]]:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    yield "46 opens a script.pdf", made.pdf(lambda one: setattr(one.Root, "OpenAction", script))
    yield (
        "46 hidden in objects.pdf",
        made.pdf(
            lambda one: setattr(one.Root, "OpenAction", one.make_indirect(script)),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        ),
    )
    launch = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    yield "47 launches.pdf", made.pdf(lambda one: setattr(one.Root, "OpenAction", launch))
    yield "48 holds a program.pdf", made.pdf(_attach)
    yield (
        "49 form.pdf",
        made.pdf(lambda one: setattr(one.Root, "AcroForm", Dictionary(XFA=Array([String("a")]), Fields=Array()))),
    )
    submit = Dictionary(S=Name.SubmitForm, F=String("https://example.org"))
    yield "49 submits.pdf", made.pdf(lambda one: setattr(one.pages[0], "AA", Dictionary(O=submit)))
    for number, (name, change) in enumerate(_quiet_actions().items()):
        yield f"4{6 + number % 4} {name}.pdf", made.pdf(change)
    yield "50 loop.pdf", b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f\ntrailer<</Size 1/Prev 9>>\nstartxref\n9\n%%EOF\n"
    yield "51 many objects.pdf", _many_objects()
    yield "5 password.pdf", made.pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
    yield "6 owner's password.pdf", made.pdf(encryption=pikepdf.Encryption(owner="a", user=""))
    yield "half of one.pdf", made.pdf()[:300]


def _quiet_actions() -> dict[str, Callable[[pikepdf.Pdf], None]]:
    """What runs, fetches or carries by another name."""

    def opens(**action: object) -> Callable[[pikepdf.Pdf], None]:
        return lambda one: setattr(one.Root, "OpenAction", Dictionary(**action))

    def annotated(one: pikepdf.Pdf, **said: object) -> None:
        note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **said)
        one.pages[0].Annots = Array([note])

    def attached(one: pikepdf.Pdf) -> None:
        program = one.make_indirect(one.make_stream(b"MZ"))
        holder = Dictionary(F=String("a.exe"), EF=Dictionary(F=program))
        annotated(one, Subtype=Name.FileAttachment, FS=holder)

    def elsewhere(one: pikepdf.Pdf) -> None:
        one.Root.Far = one.make_stream(b"", F=Dictionary(FS=Name.URL, F=String("http://example.org/a")))

    script = Dictionary(S=Name.URI, URI=String("javascript:alert(1)"))
    return {
        "opens a share": opens(S=Name.URI, URI=String("file:////host/share")),
        "opens a page of the web": opens(S=Name.URI, URI=String("https://example.org/")),
        "link that is a script": lambda one: annotated(one, Subtype=Name.Link, A=script),
        "prints": opens(S=Name.Named, N=Name.Print),
        "thread elsewhere": opens(S=Name.Thread, F=String("//host/share")),
        "acts when seen": lambda one: setattr(one.pages[0], "AA", Dictionary(O=Dictionary(S=Name.URI))),
        "attached to a note": attached,
        "stream elsewhere": elsewhere,
    }


def _documents() -> Iterator[tuple[str, bytes]]:
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    template = f'Type="{OFFICE}/attachedTemplate" Target="https://example.org/t.dotm"'
    remote = relations(f'<Relationship Id="r1" {template} TargetMode="External"/>')
    share = relations(
        f'<Relationship Id="r1" Type="{OFFICE}/hyperlink" Target="file://host/share" TargetMode="External"/>'
    )
    yield "52 macros.docm", made.package("docx", made.body(""), {"word/vbaProject.bin": OLE}, main_type=macro)
    yield "52 macros as.docx", made.package("docx", made.body(""), {"word/vbaProject.bin": OLE}, main_type=macro)
    yield "52 macros by type.docx", made.package("docx", made.body(""), main_type=macro)
    yield "53 remote template.docx", made.docx(parts={"word/_rels/settings.xml.rels": remote})
    yield "53 share.docx", made.docx(parts={"word/_rels/document.xml.rels": share})
    yield "54 dde.docx", made.package("docx", made.body(made.field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe")))
    yield "54 dde in pieces.docx", made.package("docx", made.body(made.field('D"D"E c:\\\\cmd.exe', runs=6)))
    yield "54 fetches.docx", made.package("docx", made.body('<w:fldSimple w:instr="INCLUDEPICTURE http://a/b"/>'))
    yield "55 dde.xlsx", made.xlsx("=cmd|'/c calc'!A1")
    yield "55 service.xlsx", made.xlsx('=WEBSERVICE("http://example.org")')
    yield "55 external.xlsx", made.package("xlsx", "<a/>", {"xl/externalLinks/externalLink1.xml": "<a/>"})
    yield "56 macros.xlsm", made.xlsx()
    yield "56 old macros.xlsx", made.package("xlsx", "<a/>", {"xl/macrosheets/sheet1.xml": "<a/>"})
    yield "57 object.rtf", b"{\\rtf1{\\object\\objemb}}"
    yield "57 object as.docx", b"{\\rtf1{\\object\\objemb}}"
    yield "57 object as.txt", b"{\\rtf1{\\object\\objemb}}"
    yield "embedded sheet.docx", made.docx(parts={"word/embeddings/a.xlsx": made.xlsx()})
    yield "word as.xlsx", made.docx()
    twice = '<w:fldSimple xmlns:x="urn:x" x:instr="PAGE" w:instr="DDEAUTO cmd"/>'
    yield "54 two of one name.docx", made.package("docx", made.body(twice))
    yield "54 database.docx", made.package("docx", made.body(made.field("DATABASE \\d c:/a.mdb")))
    program = relations(f'<Relationship Id="r1" Type="{OFFICE}/oleObject" Target="media/image1.emf"/>')
    yield "57 ole as a picture.docx", made.docx(parts={"word/_rels/document.xml.rels": program})
    yield "55 service in a name.xlsx", made.package("xlsx", '<a><definedName>WEBSERVICE("http://a")</definedName></a>')
    yield "two tables of contents.docx", _two_tables()
    yield "hidden before the first.docx", b"PK\x03\x04 hidden" + made.docx()


def _pictures() -> Iterator[tuple[str, bytes]]:
    yield "68 huge.png", _claims(made.picture(), 30_000, 30_000)
    yield "69 film.gif", made.picture("GIF")
    yield "69 film.png", _film()
    yield "70 tables.tif", made.picture("TIFF")
    yield "71 script in the data.jpg", made.picture("JPEG", exif=b"Exif\x00\x00" + b"MM\x00*" + bytes(8) + PAGE)
    yield "72 empty.pdf", b""
    yield "72 empty.png", b""
    yield "32 zip and an end.jpg", made.picture("JPEG") + made.zipped({"a": b"x"}) + b"\xff\xd9"
    yield "half of one.png", made.picture()[:40]
    yield "half of one.jpg", made.picture("JPEG")[:200]


def _encrypted() -> bytes:
    whole = bytearray(made.zipped({"[Content_Types].xml": b"<a/>"}, packing=zipfile.ZIP_STORED))
    whole[6] |= 1
    whole[whole.find(b"PK\x01\x02") + 8] |= 1
    return bytes(whole)


def _nested(levels: int) -> bytes:
    content = bytes(10_000_000)
    for _level in range(levels):
        content = made.zipped({f"word/{n}.zip": content for n in range(4)})
    return content


def _overlapping() -> bytes:
    """Many entries of the table of contents over the same packed bytes."""
    whole = made.zipped({"[Content_Types].xml": bytes(900_000)})
    start, end = whole.find(b"PK\x01\x02"), whole.rfind(b"PK\x05\x06")
    line = whole[start:end]
    lines = line + b"".join(line.replace(b"[Content_Types].xml", b"word/p%09d.xml" % n) for n in range(900))
    foot = bytearray(whole[end:])
    struct.pack_into("<HHII", foot, 8, 901, 901, len(lines), start)
    return whole[:start] + lines + bytes(foot)


def _two_tables() -> bytes:
    """One reader goes by the place of the end record, another by the offset written in it."""
    whole, other = made.docx(), made.docx("DDEAUTO")
    return other[: other.rfind(b"PK\x05\x06")] + whole


def _symlink() -> bytes:
    made_at = io.BytesIO(made.docx())
    with zipfile.ZipFile(made_at, "a") as archive:
        entry = zipfile.ZipInfo("word/link.xml")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return made_at.getvalue()


def _device() -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        entry = tarfile.TarInfo("disk")
        entry.type = tarfile.BLKTYPE
        archive.addfile(entry)
    return whole.getvalue()


def _remark(content: bytes) -> bytes:
    return b"\xff\xfe" + struct.pack(">H", len(content) + 2) + content


def _with_chunk(picture: bytes, name: bytes, content: bytes) -> bytes:
    chunk = struct.pack(">I", len(content)) + name + content + bytes(4)
    return picture[:33] + chunk + picture[33:]


def _claims(picture: bytes, width: int, height: int) -> bytes:
    head = picture[12:16] + struct.pack(">II", width, height) + picture[24:29]
    return picture[:12] + head + struct.pack(">I", zlib.crc32(head)) + picture[33:]


def _film() -> bytes:
    whole = io.BytesIO()
    frames = [Image.new("L", (4, 4), shade) for shade in range(200)]
    frames[0].save(whole, "PNG", save_all=True, append_images=frames[1:])
    return whole.getvalue()


def _attach(document: pikepdf.Pdf) -> None:
    document.attachments["a.exe"] = b"MZ"


def _many_objects() -> bytes:
    lines = b"".join(b"%d 0 obj\n1\nendobj\n" % n for n in range(4, 1_000_004))
    root = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    return b"%PDF-1.7\n" + root + page + lines + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
