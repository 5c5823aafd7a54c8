"""Thirty honest files, by name: every kind that is taken in, as different programs and people make them."""

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.vault import made
from tests.vault.made import OFFICE, relations


def _linked(document: pikepdf.Pdf) -> None:
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 9, 9]),
        A=Dictionary(S=Name.URI, URI=String("https://example.org/")),
    )
    document.pages[0].Annots = Array([link])


def _opening_at_a_page(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Array([document.pages[0].obj, Name.Fit])


def _titled(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "固态电池技术方案"


def _long(document: pikepdf.Pdf) -> None:
    for _page in range(300):
        document.add_blank_page()


LINK = relations(
    f'<Relationship Id="r1" Type="{OFFICE}/hyperlink" Target="https://example.org/a" TargetMode="External"/>'
)
DEEP = relations(f'<Relationship Id="r1" Type="{OFFICE}/image" Target="../media/a.png"/>')

FILES: dict[str, bytes] = {
    "方案.pdf": made.pdf(),
    "with a link.pdf": made.pdf(_linked),
    "opens at a page.pdf": made.pdf(_opening_at_a_page),
    "titled.PDF": made.pdf(_titled),
    "linearised.pdf": made.pdf(linearize=True),
    "old version.pdf": made.pdf(force_version="1.3"),
    "new version.pdf": made.pdf(force_version="2.0"),
    "packed objects.pdf": made.pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "long.pdf": made.pdf(_long),
    "blank line at the end.pdf": made.pdf() + b"\r\n\r\n",
    "技术方案（终稿）.docx": made.docx(),
    "with a picture.docx": made.docx(parts={"word/media/image1.png": made.picture()}),
    "with a link.docx": made.docx(parts={"word/_rels/document.xml.rels": LINK}),
    "with a page number.docx": made.package("docx", made.body(made.field(" PAGE ", runs=2))),
    "with a table of contents.docx": made.package("docx", made.body(made.field(' TOC \\o "1-3" \\h '))),
    "talks about links.docx": made.docx("LINK and DDE are words one may write."),
    "custom properties.docx": made.docx(parts={"docProps/custom.xml": "<a/>", "customXml/item1.xml": "<b/>"}),
    "one big part.docx": made.docx("文" * 400_000),
    "指标.xlsx": made.xlsx(),
    "a formula.xlsx": made.xlsx("=1+1"),
    "talks about functions.xlsx": made.xlsx("CALL (us) today"),
    "答辩.pptx": made.pptx(),
    "picture below.pptx": made.package("pptx", "<a/>", {"ppt/slides/_rels/slide1.xml.rels": DEEP}),
    "扫描件.png": made.picture(),
    "grey.png": made.picture(mode="L"),
    "营业执照.jpg": made.picture("JPEG"),
    "progressive.jpeg": made.picture("JPEG", progressive=True),
    "with a profile.jpg": made.picture("JPEG", exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00"),
    "说明.txt": "第一行\n第二行 a < b && c > d\n".encode(),
    "gb.txt": "国标编码的说明".encode("gb18030"),
    "数据.csv": "\ufeff名称,数值\r\n阻抗,10\r\n".encode(),
    "negative.csv": b"name,value\n-5,=1\n",
}
