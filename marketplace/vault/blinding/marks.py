"""What Office programs write into the parts themselves beside what is shown: who, when, in which folder, whose copy."""

import re

from marketplace.vault.blinding import trees
from marketplace.vault.blinding.relations import REFERRING
from marketplace.vault.blinding.report import MARKS, PROPERTIES, Taken
from marketplace.vault.blinding.trees import Tree, local
from marketplace.vault.inspecting.findings import Unacceptable

GOING = {
    "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef",
    "permStart", "permEnd", "rsids", "docVars", "dataBinding", "docId", "printerSettings", "attachedTemplate",
    "trackRevisions", "fileSharing", "absPath", "customWorkbookViews", "customSheetViews", "revisionPtr",
    "legacyDrawing", "webPublishItems", "custDataLst", "custData", "htmlPubPr",
    "customXmlPr", "smartTagPr", "smartTagType", "smartTagTypes", "saveThroughXslt",
}  # fmt: skip
"""Elements, whatever their namespace: none of them shows anything."""
OF_SVG = {"metadata", "namedview", "title", "desc"}
"""The same of a drawing by itself."""
COUNTED = {"fileSharing", "absPath", "permStart", "docVars", "attachedTemplate", "custDataLst", "printerSettings"}
"""Of these the owner is told; the rest goes with what they belong to, or is a number of a copy."""
UNWRAPPED = {"smartTag", "customXml"}
"""Names given to words by programs; the words stay."""
EMPTIED = {"AlternateContent", "Choice", "Fallback", "ext", "extLst"}
"""Go where nothing is left in them."""
NAMES = {"author", "initials", "lastModifiedBy", "refreshedBy", "userName", "userId", "providerId", "lastEditedBy"}
MOMENTS = {"dateUtc", "refreshedDate", "refreshedDateIso"}
COPIES = re.compile(r"\Arsid|\A(?:paraId|textId|documentId|uidLastSave|securityDescriptor)\Z")
"""Numbers that two copies of one document share."""
REVISED = re.compile(r"/office/spreadsheetml/\d+/revision")
REMARKED = {
    "scenario": {"user", "comment"},
    "definedName": {"comment", "description", "help", "statusBar"},
    "table": {"comment"},
}
"""Where spreadsheets keep remarks in attributes, by element."""
SCHEMES = {"theme", "themeFamily", "clrScheme", "fontScheme", "fmtScheme"}
"""Called as whoever made the template called it, often after its house; no page shows that."""
NAMELESS = "-"
FILE = re.compile(
    r"\A\s*(?:[A-Za-z]:[\\/]|\\\\|/|~/|file:)|\.(?:png|jpe?g|jfif|gif|bmp|tiff?|emf|wmf|svg|heic|webp|pdf)\s*\Z",
    re.IGNORECASE,
)
"""Where a picture came from; programs write it into its name and description."""
INSTRUCTIONS = {"instrText", "delInstrText", "fldSimple"}
FOLDER = re.compile(r"\b[A-Za-z]:\\|\\\\\w|\bfile:", re.IGNORECASE)
"""A path in the instruction of a field, whose own switches have one stroke only."""
BOOK = re.compile(r"\A\[[^\]]*\]")
"""The name of another workbook before the name of its table."""
PICTURES, TOLD = {"cNvPr", "docPr", "imagedata", "shape", "rect"}, {"name", "descr", "title", "alt", "href", "src"}
DRAWING_OF_SVG = {
    "", "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
}  # fmt: skip


def clean(root: Tree, taken: Taken, *, svg: bool = False) -> None:
    """Take all of it out, in place."""
    going: dict[tuple[str, ...], list[str]] = {}  # of a million cells most have the same attributes
    removed: list[Tree] = []
    for one in root.iter():
        name = local(one)
        if one is not root and (name in GOING or name in UNWRAPPED or (svg and name in OF_SVG)):
            removed.append(one)
        said = (name, *one.attrib.keys())
        if said not in going:
            going[said] = [key for key in said[1:] if _goes(name, key)]
        for key in going[said]:
            taken[PROPERTIES] += key.rpartition("}")[2] in NAMES
            del one.attrib[key]
        if name in PICTURES:
            _clean_picture(one, taken)
        elif name in SCHEMES and one.get("name", NAMELESS) != NAMELESS:
            taken[MARKS] += 1
            one.set("name", NAMELESS)
        elif name in INSTRUCTIONS or (name == "name" and _is_source(one)):
            _clean_words(one, taken)
    for one in removed:
        _take_out(one, taken)
    if svg:
        _only_drawing(root)


def _take_out(one: Tree, taken: Taken) -> None:
    if one.getparent() is not None and local(one) in UNWRAPPED:
        trees.unwrap(one)
    else:
        taken[MARKS] += local(one) in COUNTED
        _remove(one)


def without(root: Tree, numbers: set[str]) -> None:
    """What refers to relations of these numbers goes, but for a page, which only forgets its printer."""
    for one in list(root.iter()):
        for key in [key for key, value in one.attrib.items() if trees.space(key) in REFERRING and value in numbers]:
            if local(one) == "pageSetup" or one is root:
                del one.attrib[key]
            else:
                _remove(one)
                break


def numbers_in(root: Tree) -> set[str]:
    """All that stands in attributes: a relation whose number is not among it leads nobody anywhere."""
    return {value for one in root.iter() for value in one.attrib.values()}


def _remove(element: Tree) -> None:
    parent = element.getparent()
    trees.remove(element)
    if parent is not None and parent.getparent() is not None and _holds_nothing(parent):
        _remove(parent)


def _holds_nothing(left: Tree) -> bool:
    """The wrapping around what is gone, or a run that held the mark of a remark."""
    inside = {local(one) for one in left}
    return (local(left) in EMPTIED and not inside) or (local(left) == "r" and inside <= {"rPr"})


def _goes(name: str, key: str) -> bool:
    plain = key.rpartition("}")[2]
    return (
        plain in NAMES
        or plain in MOMENTS
        or bool(COPIES.search(plain))
        or bool(REVISED.search(trees.space(key)))
        or plain in REMARKED.get(name, ())
        or (plain == "date" and bool(trees.space(key)))
    )


def _clean_picture(one: Tree, taken: Taken) -> None:
    """Its own words stay where they are words; the title of the older kind is its file's name, without the ending."""
    for key, value in one.attrib.items():
        plain = key.rpartition("}")[2]
        of_file = FILE.search(value) or (plain == "title" and local(one) == "imagedata" and value)
        if plain in TOLD and trees.space(key) not in REFERRING and of_file:
            taken[PROPERTIES] += 1
            one.attrib[key] = ""


def _is_source(one: Tree) -> bool:
    parent = one.getparent()
    return parent is not None and local(parent) == "pivotSource"


def _clean_words(one: Tree, taken: Taken) -> None:
    """A field that leads into a folder keeps its result; a chart keeps the table it draws, without the file's name."""
    before = one.text or ""
    if local(one) == "name":
        one.text = BOOK.sub("[-]", before)
    elif FOLDER.search(before):
        one.text = ""
    for key, value in one.attrib.items():
        if key.rpartition("}")[2] == "instr" and FOLDER.search(value):
            one.attrib[key] = ""
            taken[MARKS] += 1
    taken[MARKS] += (one.text or "") != before


def _only_drawing(root: Tree) -> None:
    """Inkscape writes the name and folder of the file, in its own namespaces. Raises Unacceptable.

    What holds a photograph as text is not looked into.
    """
    for one in list(root.iter()):
        if trees.space(one.tag) not in DRAWING_OF_SVG and one is not root:
            trees.remove(one)
            continue
        for key, value in one.attrib.items():
            if key.rpartition("}")[2] == "href" and value.lstrip().lower().startswith("data:"):
                raise Unacceptable("picture_uncleanable", ending="SVG")
            if trees.space(key) not in DRAWING_OF_SVG or key.startswith("data-"):
                del one.attrib[key]
