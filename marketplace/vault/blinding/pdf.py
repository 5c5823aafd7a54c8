"""PDF: written anew from what its pages need, so that no earlier revision is left, with no string that is not known to
be shown or needed (ISO 32000-2): names of authors, dates, paths and programs stand in strings under many keys."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from marketplace.vault.blinding import pictures
from marketplace.vault.blinding.marks import FILE
from marketplace.vault.blinding.report import COMMENTS, MARKS, PROPERTIES, Taken
from marketplace.vault.inspecting.findings import Unacceptable

STRINGS = {
    "/URI", "/Lang", "/Alt", "/ActualText", "/E", "/Contents", "/DA", "/DS", "/TU", "/V", "/DV", "/Opt", "/CA", "/AC",
    "/Registry", "/Ordering", "/Panose", "/CharSet", "/FontFamily", "/P", "/D", "/Dest", "/Names", "/Limits", "/Title",
    "/OutputCondition", "/OutputConditionIdentifier", "/RegistryName", "/Info",
}  # fmt: skip
"""Keys whose strings are shown, spoken, or needed to show something. A string under any other key goes."""
STREAMS = {
    "/Contents", "/CharProcs", "/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/CIDToGIDMap", "/CIDSet",
    "/Encoding", "/UseCMap", "/JBIG2Globals", "/DestOutputProfile", "/V", "/DV", "/HT",
}  # fmt: skip
"""Keys of streams that are shown or needed to show something, for they do not say by themselves what they are."""
DRAWING = {"/BBox", "/FunctionType", "/ShadingType", "/PatternType", "/HalftoneType"}
DRAWN_AS = {"/Image", "/Form", "/PS", "/XObject", "/CMap", "/Pattern"}
"""What a stream calls itself that is drawn, under whatever name. One that is neither is a program's own, and goes."""
COLOURS = {"/ICCBased", "/Indexed", "/Separation", "/DeviceN", "/Pattern"}
NOTED = {"/Metadata", "/PieceInfo", "/Thumb", "/IDTree", "/SpiderInfo", "/Popup", "/IRT", "/Threads", "/CreatorInfo"}
"""Keys of what programs note beside a page, by whatever it is said; the strings of the rest go by themselves."""
PROGRAMS = "/PTEX."
"""What TeX notes: path and author of a figure that was taken in."""
READ_ALOUD = {"/Alt", "/TU"}
OF_PEOPLE = {"/Author", "/T", "/M", "/CreationDate", "/ModDate", "/Creator", "/Producer", "/LastModified", "/Name"}
OUTLINE = {"/Parent", "/Dest", "/A"}
"""One of these beside a title says that it is a line of the table of contents, which is shown."""
USERS_OWN = "/UserProperties"
"""Properties of a thing drawn, of whatever kind its owner wished (ISO 32000-2, 14.7.6.4)."""
SIGNING = {"/Sig", "/DocTimeStamp"}
DRAWN = {"/FreeText", "/Link", "/Widget"}
"""Annotations whose words stand on the page, or are read aloud for a link; those of all others are remarks."""
REMARKS = {"/Text", "/Popup"}
PICTURES = {"/DCTDecode": pictures.jpeg_as_drawn, "/JPXDecode": pictures.jpeg2000}
MOST_LEVELS = 50


def blind(content: bytes, taken: Taken) -> bytes:
    """The same pages in a fresh file. Raises Unacceptable, for signed ones above all: a signature is a name."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        holders = [holder for one in document.objects for holder in _holders(one)]
        _refuse_signed(document, holders)
        _forget_about_the_whole(document, taken)
        fields = [holder for holder in holders if _is_field(holder) and "/T" in holder]
        shown = {number for holder in holders for number in _streams_shown(holder)}
        for holder in holders:
            _clean(holder, shown, taken)
        for number, field in enumerate(fields, start=1):
            _call(field, "/T", str(number), taken)
        _clean_annotations(document)
        document.save(
            written,
            deterministic_id=True,
            compress_streams=True,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return written.getvalue()


def _refuse_signed(document: pikepdf.Pdf, holders: list[Any]) -> None:
    if "/Perms" in document.Root or any(
        str(holder.get("/FT", "")) == "/Sig" or str(holder.get("/Type", "")) in SIGNING or "/ByteRange" in holder
        for holder in holders
    ):
        raise Unacceptable("signed")


def _forget_about_the_whole(document: pikepdf.Pdf, taken: Taken) -> None:
    """Document information, and everything in the trailer but the way to the pages."""
    for key in list(document.docinfo.keys()) if "/Info" in document.trailer else []:
        taken[PROPERTIES] += 1
        del document.docinfo[key]
    for key in {*document.trailer.keys()} - {"/Root", "/Size"}:
        del document.trailer[key]


def _streams_shown(holder: Any) -> Iterator[tuple[int, int]]:
    """Streams that this dictionary or stream leads to by a key that is known, by number."""
    for key in STREAMS & {*holder.keys()}:
        value = holder[key]
        inside = [one for _name, one in value.items()] if isinstance(value, Dictionary) else [value]
        inside = list(value) if isinstance(value, Array) else inside
        yield from (one.objgen for one in inside if isinstance(one, Stream))


def _clean(holder: Any, shown: set[tuple[int, int]], taken: Taken) -> None:
    """One dictionary, or a stream's; `shown` are the streams that stay under whatever key."""
    if _is_remark(holder):
        taken[COMMENTS] += _says(holder)
        _drop(holder, "/Contents", "/RC")
    for key in [key for key in holder.keys() if _goes(key, holder, shown)]:  # noqa: SIM118  # a pikepdf object's own keys
        taken[PROPERTIES if key in OF_PEOPLE or key == "/Metadata" else MARKS] += 1
        del holder[key]
    if _is_layer(holder):
        _call(holder, "/Name", "-", taken)
    for key in (READ_ALOUD | _of_a_link(holder)) & {*holder.keys()}:
        if isinstance(holder[key], String) and FILE.search(str(holder[key])):
            _call(holder, key, "", taken)
    if isinstance(holder, Stream):
        _clean_picture(holder, taken)


def _goes(key: str, holder: Any, shown: set[tuple[int, int]]) -> bool:
    if key in NOTED or key.startswith(PROGRAMS) or (key == "/P" and str(holder.get("/O", "")) == USERS_OWN):
        return True
    if (key == "/T" and _is_field(holder)) or (key == "/Name" and _is_layer(holder)):
        return False  # needed, and called otherwise below
    value = holder.get(key)
    if key == "/Title" and not any(one in holder for one in OUTLINE):
        return isinstance(value, String)
    return (key not in STRINGS and _is_string(value)) or _is_noted(value, shown)


def _is_noted(value: Any, shown: set[tuple[int, int]]) -> bool:
    """A stream that is not drawn, or a list with one in it that is no space of colours."""
    if isinstance(value, Array):
        return bool(len(value)) and str(value[0]) not in COLOURS and any(_is_noted(one, shown) for one in value)
    if not isinstance(value, Stream) or value.objgen in shown or DRAWING & {*value.keys()}:
        return False
    return not DRAWN_AS & {str(value.get(key, "")) for key in ("/Type", "/Subtype")}


def _is_string(value: Any) -> bool:
    """A string, or a list with one in it that is no table of colours."""
    if isinstance(value, Array):
        return bool(len(value)) and value[0] != Name.Indexed and any(_is_string(one) for one in value)
    return isinstance(value, String)


def _clean_annotations(document: pikepdf.Pdf) -> None:
    """Notes that only open when touched are no part of what a page shows; drawings and marks stay where they are."""
    for page in document.pages:
        shown = page.get("/Annots")
        if not isinstance(shown, Array):
            continue
        kept = [one for one in shown if str(one.get("/Subtype", "")) not in REMARKS]
        if len(kept) < len(shown):
            page.obj["/Annots"] = Array(kept)


def _clean_picture(stream: Any, taken: Taken) -> None:
    """A JPEG on a page keeps what it needs to be drawn."""
    filters = stream.get("/Filter")
    filters = [str(one) for one in filters] if isinstance(filters, Array) else [str(filters)]
    cleaner = PICTURES.get(filters[-1])
    if cleaner is None:
        return
    alone = len(filters) == 1
    before = stream.read_raw_bytes() if alone else stream.read_bytes(pikepdf.StreamDecodeLevel.generalized)
    after = cleaner(before, taken)
    if after != before:
        stream.write(after, filter=Name(filters[-1]), decode_parms=_of_the_last(stream.get("/DecodeParms")))


def _of_the_last(settings: Any) -> Any:
    """The settings of the JPEG among those of several filters."""
    last = settings[-1] if isinstance(settings, Array) and len(settings) else settings
    return last if isinstance(last, Dictionary) else None


def _of_a_link(holder: Any) -> set[str]:
    """What is read aloud for a link; of text on the page the same key holds what stands there."""
    return {"/Contents"} if str(holder.get("/Subtype", "")) == "/Link" else set()


def _is_annotation(holder: Any) -> bool:
    return "/Rect" in holder and "/Subtype" in holder


def _is_remark(holder: Any) -> bool:
    return _is_annotation(holder) and str(holder["/Subtype"]) not in DRAWN


def _says(remark: Any) -> bool:
    return isinstance(remark.get("/Contents"), String) and bool(str(remark["/Contents"]))


def _is_field(holder: Any) -> bool:
    """A field of a form, or what several of one name have in common; no part of the tagged structure."""
    return "/FT" in holder or ("/Kids" in holder and "/T" in holder) or str(holder.get("/Subtype", "")) == "/Widget"


def _is_layer(holder: Any) -> bool:
    return str(holder.get("/Type", "")) == "/OCG"


def _call(holder: Any, key: str, name: str, taken: Taken) -> None:
    """What must have a name gets one that says nothing."""
    taken[MARKS] += str(holder.get(key, "")) != name
    holder[key] = String(name)


def _drop(holder: Any, *keys: str) -> None:
    for key in keys:
        if key in holder:
            del holder[key]


def _holders(one: Any, depth: int = 0) -> Iterator[Any]:
    """Every dictionary in this object; what is referred to comes by itself."""
    if depth > MOST_LEVELS:
        raise Unacceptable("too_costly")
    if isinstance(one, (Dictionary, Stream)):
        yield one
        inside = [value for _key, value in one.items()]
    else:
        inside = list(one) if isinstance(one, Array) else []
    for value in inside:
        if isinstance(value, (Dictionary, Array)) and not value.is_indirect:
            yield from _holders(value, depth + 1)
