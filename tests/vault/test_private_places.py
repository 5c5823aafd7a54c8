"""Places of their own in which programs keep names, each alone; and that what is drawn under any name stays drawn."""

import io
import struct
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageCms

from marketplace.vault.blinding.blinding import blind
from tests.vault import made
from tests.vault.made import OFFICE
from tests.vault.named import WHO
from tests.vault.test_blinding import blinded, telling

NOTE = WHO.encode()
SPOT = Array([0, 0, 9, 9])
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


def _annotation(document: Pdf, **said: object) -> None:
    one = document.make_indirect(Dictionary(Type=Name.Annot, Rect=SPOT, **said))
    document.pages[0].obj["/Annots"] = Array([one])


def _tagged(document: Pdf, **said: object) -> None:
    figure = Dictionary(S=Name.Figure, **said)
    document.Root["/StructTreeRoot"] = document.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=figure))


def _at_the_root(document: Pdf) -> None:
    document.Root["/ViewerData"] = document.make_stream(NOTE)


def _in_a_list(document: Pdf) -> None:
    document.Root["/AdditionalStreams"] = Array([Name("/application#2fx"), document.make_stream(NOTE)])


def _at_a_page(document: Pdf) -> None:
    document.pages[0].obj["/ProgramData"] = document.make_stream(NOTE)


def _at_a_drawing(document: Pdf) -> None:
    drawn = document.make_stream(b"q Q", Type=Name.XObject, Subtype=Name.Form, BBox=SPOT)
    drawn["/Note"] = document.make_stream(NOTE)
    document.pages[0].obj["/Resources"] = Dictionary(XObject=Dictionary(F=drawn))


def _richly_said(document: Pdf) -> None:
    _annotation(document, Subtype=Name.FreeText, RC=document.make_stream(NOTE))


def _of_the_owners_own(document: Pdf) -> None:
    said = Array([Dictionary(N=String("Drawn by"), V=String(WHO))])
    _tagged(document, A=Dictionary(O=Name.UserProperties, P=said))


def _where_the_picture_lay(document: Pdf) -> None:
    _tagged(document, Alt=String(f"C:\\Users\\{WHO}\\a.png"))


def _where_the_link_led(document: Pdf) -> None:
    _annotation(document, Subtype=Name.Link, Contents=String(f"file:///home/{WHO}/a"))


PDFS: tuple[Callable[[Pdf], None], ...] = (
    _at_the_root, _in_a_list, _at_a_page, _at_a_drawing, _richly_said, _of_the_owners_own, _where_the_picture_lay,
    _where_the_link_led,
)  # fmt: skip


@pytest.mark.parametrize("place", PDFS)
def test_in_a_pdf(place: Callable[[Pdf], None]) -> None:
    content = made.pdf(place)
    assert telling("a.pdf", content)
    result, taken = blinded("a.pdf", content)
    assert telling("a.pdf", result) == []
    assert sum(taken.values())


def _part(kind: str, relation: str, part: str, content: str) -> bytes:
    main, folder = ("document", "word") if kind == "docx" else ("workbook", "xl")
    led = made.relations(f'<Relationship Id="r1" Type="{OFFICE}/{relation}" Target="{part}"/>')
    body = made.body("<w:p/>") if kind == "docx" else f'<workbook xmlns="{SHEETS}"/>'
    return made.package(kind, body, {f"{folder}/_rels/{main}.xml.rels": led, f"{folder}/{part}": content})


OFFICES = {
    "the file of an older picture.docx": made.package(
        "docx", made.body(f'<w:p><w:r><w:pict {VML}><v:imagedata o:title="{WHO} on site"/></w:pict></w:r></w:p>')
    ),
    "whose template.docx": _part(
        "docx",
        "theme",
        "theme/theme1.xml",
        f'<a:theme xmlns:a="urn:a" name="{WHO}"><a:clrScheme name="{WHO}"/></a:theme>',
    ),
    "how it was saved.docx": _part(
        "docx",
        "settings",
        "settings.xml",
        f'<w:settings xmlns:w="{made.WORD}"><w:saveThroughXslt w:solutionID="{WHO}"/></w:settings>',
    ),
    "words that programs knew.xlsx": made.package(
        "xlsx",
        f'<workbook xmlns="{SHEETS}"><smartTagTypes><smartTagType namespaceUri="urn:{WHO}" name="a"/></smartTagTypes>'
        "</workbook>",
    ),
    "remark on a name.xlsx": made.package(
        "xlsx",
        f'<workbook xmlns="{SHEETS}"><definedNames><definedName name="a" comment="{WHO}">1</definedName>'
        "</definedNames></workbook>",
    ),
    "remark on a table.xlsx": _part(
        "xlsx", "table", "tables/table1.xml", f'<table xmlns="{SHEETS}" id="1" name="T" comment="by {WHO}"/>'
    ),
}


@pytest.mark.parametrize("name", OFFICES)
def test_in_an_office_file(name: str) -> None:
    assert telling(name, OFFICES[name])
    result, _taken = blinded(name, OFFICES[name])
    assert telling(name, result) == []


def test_a_profile_of_colours_is_not_called_after_whose_screen_it_is() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    before = made.picture(icc_profile=profile)
    place = before.index(b"iCCP") - 4
    length = 12 + struct.unpack_from(">I", before, place)[0]
    said = b"iCCP" + NOTE + b"\x00\x00" + zlib.compress(profile)
    named = struct.pack(">I", len(said) - 4) + said + struct.pack(">I", zlib.crc32(said))
    result, taken = blinded("a.png", before[:place] + named + before[place + length :])
    assert NOTE not in result
    assert taken["pictures"] == 1
    with Image.open(io.BytesIO(result)) as after:
        assert after.info["icc_profile"] == profile


def _drawn_in_every_way(document: Pdf) -> None:
    """Each kind of stream that a page needs, under a name of its maker's."""

    def stream(word: str, **said: object) -> pikepdf.Stream:
        return document.make_stream(f"% kept {word}".encode(), **said)

    page = document.pages[0].obj
    tint = stream("function", FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1]))
    profile = Array([Name.ICCBased, stream("profile", N=3)])
    glyphs = Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(a=stream("glyph")))
    whole = Dictionary(Type=Name.Font, Subtype=Name.Type0, ToUnicode=stream("letters"), Encoding=stream("codes"))
    whole["/FontDescriptor"] = Dictionary(Type=Name.FontDescriptor, FontFile2=stream("font"), CIDSet=stream("set"))
    page["/Resources"] = Dictionary(
        ColorSpace=Dictionary(
            A=profile,
            B=Array([Name.Indexed, profile, 1, stream("table")]),
            C=Array([Name.Separation, Name.X, profile, tint]),
        ),
        Font=Dictionary(T=glyphs, W=whole),
        Pattern=Dictionary(P=stream("pattern", PatternType=1, BBox=SPOT)),
        Shading=Dictionary(S=stream("shading", ShadingType=4)),
        XObject=Dictionary(X=stream("form", Subtype=Name.Form, BBox=SPOT)),
    )
    page["/Contents"] = Array([stream("one"), stream("two")])
    look = Dictionary(N=Dictionary(On=stream("look", BBox=SPOT)))
    _annotation(document, Subtype=Name.Stamp, AP=look)


def test_whatever_is_drawn_stays_under_any_name() -> None:
    def words(content: bytes) -> list[bytes]:
        with pikepdf.open(io.BytesIO(content)) as document:
            streams = [one.read_bytes() for one in document.objects if isinstance(one, pikepdf.Stream)]
        return sorted(one for one in streams if one.startswith(b"% kept"))

    before = made.pdf(_drawn_in_every_way)
    result, _taken = blind("pdf", before)
    kept = words(before)
    assert len(kept) == 14
    assert words(result) == kept


def test_a_stroke_that_is_read_aloud_is_no_path() -> None:
    """What stands for glyphs may begin with a stroke."""
    before = made.pdf(lambda document: _tagged(document, ActualText=String("/5")))
    result, _taken = blinded("a.pdf", before)
    with pikepdf.open(io.BytesIO(result)) as document:
        assert str(document.Root.StructTreeRoot.K.ActualText) == "/5"
