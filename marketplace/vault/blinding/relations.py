"""Which parts of an Office file belong to what it shows: told by the kind of the relation that leads to each."""

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import unquote

from lxml import etree

from marketplace.vault.blinding import trees
from marketplace.vault.inspecting.findings import Unacceptable

PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
"""Relations themselves are of this one (ECMA-376 part 2, 6.5)."""
REFERRED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REFERRED_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
REFERRING = {REFERRED, REFERRED_STRICT}
"""Attributes of these namespaces name a relation."""
SHOWING = {
    "officeDocument", "styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "numbering", "footnotes",
    "endnotes", "header", "footer", "theme", "themeOverride", "image", "hyperlink", "chart", "chartEx",
    "chartUserShapes", "chartStyle", "chartColorStyle", "diagramData", "diagramLayout", "diagramQuickStyle",
    "diagramColors", "diagramDrawing", "font", "glossaryDocument", "drawing", "vmlDrawing", "worksheet", "chartsheet",
    "dialogsheet", "sharedStrings", "calcChain", "table", "pivotTable", "pivotCacheDefinition", "pivotCacheRecords",
    "sheetMetadata", "slicer", "slicerCache", "timeline", "timelineCache", "richValueRel", "rdRichValue",
    "rdRichValueStructure", "rdRichValueTypes", "rdArray", "rdSupportingPropertyBag",
    "rdSupportingPropertyBagStructure", "richStyles", "FeaturePropertyBag", "cellImage", "slide", "slideLayout",
    "slideMaster", "notesSlide", "notesMaster", "handoutMaster", "presProps", "viewProps", "tableStyles",
}  # fmt: skip
"""The last word of the kinds that lead to what is shown."""
TELLING = {
    "core-properties", "extended-properties", "custom-properties", "extendedProperties", "customProperties",
    "thumbnail", "comments", "commentsExtended",
    "commentsIds", "commentsExtensible", "people", "threadedComment", "person", "persons", "commentAuthors", "authors",
    "customXml", "customXmlProps", "customXmlData", "customData", "printerSettings", "revisionHeaders", "revisionLog",
    "usernames", "tags", "changesInfo", "revisionInfo", "documenttasks", "classificationlabels", "keyMapCustomizations",
    "attachedToolbars", "customProperty", "volatileDependencies", "namedSheetView", "intelligence",
}  # fmt: skip
"""Kinds that lead to who made it, who remarked what, what programs note. Whatever is neither is not known here."""
BY_NUMBER = {"image", "hyperlink", "chart", "chartEx", "header", "footer", "vmlDrawing", "drawing"}
"""These are followed where the part itself names them; what a deleted paragraph showed is named no more."""
NOWHERE = "NULL"
"""What PowerPoint itself writes for a part that is not there."""


@dataclass(frozen=True)
class Relation:
    """One of a part's: to what, of which kind."""

    number: str
    kind: str
    target: str
    outside: bool

    @property
    def word(self) -> str:
        """The last word of its kind."""
        return re.split(r"[/#]", self.kind)[-1]


def read(content: bytes) -> list[Relation]:
    """The relations in a part of relations."""
    return [
        Relation(one.get("Id", ""), one.get("Type", ""), one.get("Target", ""), one.get("TargetMode") == "External")
        for one in trees.read(content).iter(f"{{{PACKAGE}}}Relationship")
    ]


def written(relations: Iterable[Relation]) -> bytes:
    """The part of them."""
    root = etree.Element(f"{{{PACKAGE}}}Relationships", nsmap={None: PACKAGE})
    for one in relations:
        said = {"Id": one.number, "Type": one.kind, "Target": one.target}
        etree.SubElement(
            root, f"{{{PACKAGE}}}Relationship", {**said, **({"TargetMode": "External"} if one.outside else {})}
        )
    return trees.written(root)


def part_of(source: str) -> str:
    """Where the relations of a part stand; of "" those of the whole file."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def leads_to(source: str, relation: Relation, parts: Iterable[str]) -> str:
    """The name of the part, as the archive has it; "" for one outside or missing."""
    if relation.outside:
        return ""
    folder = posixpath.dirname(source)
    plain = relation.target.partition("#")[0]
    for target in (plain, unquote(plain)):
        name = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if name in parts:
            return name
    return ""


def shows(relation: Relation, target: str) -> bool:
    """Whether it leads to what is shown. Raises Unacceptable where that is not known."""
    if relation.word in SHOWING:
        return True
    if relation.word in TELLING:
        return False
    raise Unacceptable("part_unknown", part=target or relation.word)


def pointed(source: str, relation: Relation, target: str) -> Relation:
    """The same to a part of this name; what leads nowhere says so without a name."""
    if relation.outside:
        return relation
    if not target:
        return replace(relation, target=NOWHERE)
    return replace(relation, target=posixpath.relpath(f"/{target}", posixpath.join("/", posixpath.dirname(source))))
