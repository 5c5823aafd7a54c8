"""I15: nothing in a file read blind says whose it is, and all that it shows is shown as before."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pikepdf
import pytest
from lxml import etree
from openpyxl import load_workbook
from PIL import Image, ImageChops, ImageOps

from marketplace.vault.blinding.blinding import blind
from marketplace.vault.blinding.report import Taken
from marketplace.vault.faults import SENTENCES
from marketplace.vault.inspecting.findings import Unacceptable
from marketplace.vault.inspecting.inspection import inspect
from marketplace.vault.kinds import kind_of
from tests.vault import benign, made, named
from tests.vault.made import OFFICE, WORD
from tests.vault.named import WHO

EVERY = {**benign.FILES, **named.FILES}


def blinded(name: str, content: bytes) -> tuple[bytes, Taken]:
    """As a door does it: examined, blinded, examined once more."""
    kind = kind_of(name)
    assert kind is not None
    inspect(kind.value, content)
    result, taken = blind(kind.value, content)
    inspect(kind.value, result)
    return result, taken


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Every part of it, opened as far as it opens, and the pictures in it as parts of their own."""
    yield name, content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for one in archive.infolist():
                yield one.filename, one.filename.encode() + one.extra + one.comment
                yield from unpacked(one.filename, archive.read(one))
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as document:
            for one in document.objects:
                if isinstance(one, pikepdf.Stream):
                    yield f"{name} {one.objgen}", bytes(one.read_raw_bytes())
                    with suppress(pikepdf.PdfError):  # a JPEG opens no further
                        yield f"{name} {one.objgen} unpacked", bytes(one.read_bytes())
            open_, options = io.BytesIO(), pikepdf.ObjectStreamMode.disable
            document.save(open_, qdf=True, object_stream_mode=options, preserve_pdfa=False)
            yield f"{name} in the open", open_.getvalue()
    for packed in re.finditer(rb"(?:zTXt|iTXt)", content):
        for start in range(packed.end(), min(packed.end() + 60, len(content))):
            try:
                yield f"{name} packed", zlib.decompressobj().decompress(content[start:])
            except zlib.error:
                continue


def telling(name: str, content: bytes) -> list[str]:
    """The parts that still name somebody, in whatever letters."""
    words = [WHO.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")] + [WHO.encode().hex().encode()]
    return [where for where, some in unpacked(name, content) if any(word in some for word in words)]


@pytest.mark.parametrize("name", named.FILES)
def test_nobody_is_named_in_any_part(name: str) -> None:
    content = named.FILES[name]
    assert telling(name, content)
    result, taken = blinded(name, content)
    assert telling(name, result) == []
    assert sum(taken.values())


@pytest.mark.parametrize("name", EVERY)
def test_every_honest_file_is_freed_of_names_and_then_nothing_is_left_to_take_out(name: str) -> None:
    result, _taken = blinded(name, EVERY[name])
    again, taken = blinded(name, result)
    assert again == result
    assert dict(taken) == {}


@pytest.mark.parametrize("name", [one for one in EVERY if str(kind_of(one)) in {"png", "jpg"}])
def test_a_picture_keeps_its_pixels_size_and_way_up(name: str) -> None:
    result, _taken = blinded(name, EVERY[name])
    with Image.open(io.BytesIO(EVERY[name])) as before, Image.open(io.BytesIO(result)) as after:
        assert set(after.getexif()) <= {0x0112}
        assert after.info.get("jfif_density") == before.info.get("jfif_density")
        one, other = ImageOps.exif_transpose(before), ImageOps.exif_transpose(after)
        assert one.size == other.size
        assert ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getbbox() is None


def test_a_profile_of_colours_stays() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind, name in (("JPEG", "a.jpg"), ("PNG", "a.png")):
        result, _taken = blinded(name, made.picture(kind, icc_profile=profile))
        with Image.open(io.BytesIO(result)) as after:
            assert after.info["icc_profile"] == profile


def paragraphs(docx: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    return ["".join(one.text or "" for one in each.iter(f"{{{WORD}}}t")) for each in tree.iter(f"{{{WORD}}}p")]


def test_a_text_reads_as_with_all_changes_accepted() -> None:
    result, taken = blinded("a.docx", named.docx())
    assert paragraphs(result) == named.DOCX_READS
    assert (taken["comments"], taken["changes"]) == (1, 9)
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        text = archive.read("word/document.xml").decode()
        assert not re.search(r"rsid|w:ins|w:del|Change|comment|perm|printer", text)
        assert archive.read("word/footnotes.xml").count(b"<w:footnote ") == 1
        names = archive.namelist()
        assert "word/media/media1.jpg" in names
        assert not [one for one in names if re.search(r"docProps|comments|people|customXml|forgotten", one)]
        types = archive.read("[Content_Types].xml").decode()
        assert "docProps" not in types
        assert all(one.date_time == (1980, 1, 1, 0, 0, 0) for one in archive.infolist())
        inside = archive.read("word/media/media1.jpg")
    with Image.open(io.BytesIO(inside)) as after, Image.open(io.BytesIO(named.photo())) as before:
        assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None


def test_a_sheet_has_the_same_cells() -> None:
    result, taken = blinded("a.xlsx", named.xlsx())
    before, after = (load_workbook(io.BytesIO(one)).active for one in (named.xlsx(), result))
    assert [[one.value for one in row] for row in after.rows] == [[one.value for one in row] for row in before.rows]
    assert [one.number_format for one in after["A"]] == [one.number_format for one in before["A"]]
    assert len(after._images) == 1
    assert after["A1"].comment is None
    assert taken["comments"] == 1


def test_slides_stay_and_their_remarks_go() -> None:
    result, taken = blinded("a.pptx", named.pptx())
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        assert b"a slide" in archive.read("ppt/slides/slide1.xml")
        assert b'r:id="r1"' in archive.read("ppt/presentation.xml")
        assert b"custDataLst" not in archive.read("ppt/presentation.xml")
    assert taken["comments"] == 1


def test_pages_are_drawn_by_the_same_words_and_pictures() -> None:
    result, taken = blinded("a.pdf", named.pdf())
    assert result.count(b"startxref") == 1
    with pikepdf.open(io.BytesIO(named.pdf())) as before, pikepdf.open(io.BytesIO(result)) as after:
        one, other = before.pages[0], after.pages[0]
        assert other.obj["/Contents"].read_bytes() == one.obj["/Contents"].read_bytes()
        pixels = [pikepdf.PdfImage(page.obj["/Resources"]["/XObject"]["/I"]).as_pil_image() for page in (one, other)]
        assert ImageChops.difference(*pixels).getbbox() is None
        kinds = [str(note["/Subtype"]) for note in other.obj["/Annots"]]
        assert kinds == ["/Highlight", "/FreeText"]
        assert str(other.obj["/Annots"][1]["/Contents"]) == "on the page"
        assert str(after.Root["/AcroForm"]["/Fields"][0]["/V"]) == "filled in"
        assert "/Info" not in after.trailer
        assert not [note for note in other.obj["/Annots"] if "/T" in note or "/M" in note]
    assert taken["comments"] == 2


def test_links_and_contents_of_a_document_still_lead_where_they_led() -> None:
    result, _taken = blinded("a.pdf", benign.FILES["with a link.pdf"])
    with pikepdf.open(io.BytesIO(result)) as after:
        assert str(after.pages[0].obj["/Annots"][0]["/A"]["/URI"]) == "https://example.org/"

    def outlined(document: pikepdf.Pdf) -> None:
        with document.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("第一章", 0))

    result, _taken = blinded("a.pdf", made.pdf(outlined))
    with pikepdf.open(io.BytesIO(result)) as after, after.open_outline() as outline:
        assert [one.title for one in outline.root] == ["第一章"]


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" '
    f'i:export-filename="/home/{WHO}/a.svg" data-name="{WHO}"><title>{WHO}</title><metadata>{WHO}</metadata>'
    '<rect width="3" height="4"/></svg>'
)


def test_a_drawing_in_a_text_keeps_its_lines_alone() -> None:
    led = made.relations(f'<Relationship Id="r1" Type="{OFFICE}/image" Target="media/a.svg"/>')
    content = made.package("docx", made.body(IN_TEXT), {"word/_rels/document.xml.rels": led, "word/media/a.svg": SVG})
    result, _taken = blinded("a.docx", content)
    assert telling("a.docx", result) == []
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        assert b'<rect width="3" height="4"/>' in archive.read("word/media/media1.svg")


def test_a_field_keeps_what_it_shows_and_forgets_the_folder_it_leads_to() -> None:
    folder = made.field(f' HYPERLINK "C:\\\\Users\\\\{WHO}\\\\a.docx" ')
    simple = f'<w:p><w:fldSimple w:instr=" LISTNUM \\\\share\\{WHO} "><w:r><w:t>shown</w:t></w:r></w:fldSimple></w:p>'
    text = folder + simple + made.field(' TOC \\o "1-3" \\h ')
    result, taken = blinded("a.docx", made.package("docx", made.body(text)))
    assert telling("a.docx", result) == []
    assert paragraphs(result) == ["", "shown", ""]
    assert taken["marks"] == 2
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        assert b' TOC \\o "1-3" \\h ' in archive.read("word/document.xml")


def test_a_chart_forgets_the_name_of_its_workbook() -> None:
    chart = (
        '<c:chartSpace xmlns:c="urn:c"><c:pivotSource><c:name>[%s.xlsx]Sheet1!T</c:name></c:pivotSource></c:chartSpace>'
    )
    led = made.relations(f'<Relationship Id="r1" Type="{OFFICE}/chart" Target="charts/chart1.xml"/>')
    parts = {"word/_rels/document.xml.rels": led, "word/charts/chart1.xml": chart % WHO}
    result, _taken = blinded("a.docx", made.package("docx", made.body(IN_TEXT), parts))
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        assert b">[-]Sheet1!T<" in archive.read("word/charts/chart1.xml")


def test_words_about_a_picture_stay_and_where_it_lay_goes() -> None:
    said = {
        "输入/输出框图": "输入/输出框图",
        "C:\\home\\a": "",
        "照片.JPG": "",
        "/home/a": "",
        "Picture 1": "Picture 1",
    }
    for given, left in said.items():
        text = f'<w:p><w:r><w:drawing><wp:docPr xmlns:wp="urn:wp" descr="{given}"/></w:drawing></w:r></w:p>'
        result, _taken = blinded("a.docx", made.package("docx", made.body(text)))
        with zipfile.ZipFile(io.BytesIO(result)) as archive:
            (found,) = re.findall('descr="([^"]*)"', archive.read("word/document.xml").decode())
        assert found == left


def _signed(document: pikepdf.Pdf) -> None:
    field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String(WHO), V=pikepdf.Dictionary(Type=pikepdf.Name.Sig))
    document.Root["/AcroForm"] = pikepdf.Dictionary(Fields=pikepdf.Array([document.make_indirect(field)]))


UNKNOWN = made.relations(f'<Relationship Id="r1" Type="{OFFICE}/somethingNew" Target="new.xml"/>')
SHOWN = made.relations(f'<Relationship Id="r1" Type="{OFFICE}/image" Target="media/a.tif"/>')
IN_TEXT = '<w:p><w:r><w:drawing r:embed="r1"/></w:r></w:p>'
UNCLEANABLE = {
    "signed.pdf": ("signed", made.pdf(_signed)),
    "unknown part.docx": (
        "part_unknown",
        made.docx(parts={"word/_rels/document.xml.rels": UNKNOWN, "word/new.xml": "<a/>"}),
    ),
    "tiff.docx": (
        "picture_uncleanable",
        made.package(
            "docx", made.body(IN_TEXT), {"word/_rels/document.xml.rels": SHOWN, "word/media/a.tif": b"II*\x00"}
        ),
    ),
}


@pytest.mark.parametrize("name", UNCLEANABLE)
def test_what_cannot_be_cleaned_is_refused_with_the_reason(name: str) -> None:
    code, content = UNCLEANABLE[name]
    with pytest.raises(Unacceptable) as refused:
        blinded(name, content)
    assert refused.value.code == code
    assert str(SENTENCES[code] % refused.value.values)
