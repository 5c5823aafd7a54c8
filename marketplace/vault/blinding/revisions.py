"""Tracked changes of Word, accepted: what was inserted stays, what was deleted goes, nobody has changed anything
(ECMA-376 part 1, 17.13.5)."""

from marketplace.vault.blinding import trees
from marketplace.vault.blinding.report import CHANGES, Taken
from marketplace.vault.blinding.trees import Tree, local

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.microsoft.com/office/word/2010/wordml",
)
INSERTED, DELETED = {"ins", "moveTo", "conflictIns"}, {"del", "moveFrom", "conflictDel"}
MARKING = {"rPr", "trPr", "numPr", "ctrlPr", "tcPr"}
"""Inside of these a change is a mark on what they describe and holds nothing itself."""
RANGES = tuple(f"{kind}Range{end}" for kind in (
    "moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo",
    "customXmlConflictIns", "customXmlConflictDel",
) for end in ("Start", "End"))  # fmt: skip
CELL_MARKS = {"cellIns", "cellMerge"}
BESIDE = {
    "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd", *RANGES
}  # fmt: skip
"""What may stand between two paragraphs and is none."""


def accept(root: Tree, taken: Taken) -> None:
    """Accept all of them, in place."""
    found = [one for space in WORD for one in root.iter(f"{{{space}}}*") if _is_change(one) or local(one) in RANGES]
    taken[CHANGES] += sum(_is_change(one) for one in found)
    for one in found:
        if local(one) in DELETED or local(one) == "cellDel":
            _delete(one)
    for one in found:
        if local(one) in INSERTED:
            _keep(one)
        elif local(one) in RANGES or local(one) in CELL_MARKS or local(one).endswith("Change"):
            trees.remove(one)


def _is_change(element: Tree) -> bool:
    name = local(element)
    return name in INSERTED | DELETED | CELL_MARKS | {"cellDel"} or name.endswith("Change")


def _keep(inserted: Tree) -> None:
    parent = inserted.getparent()
    if parent is None:
        return
    if local(parent) in MARKING - {"ctrlPr"}:
        trees.remove(inserted)
    else:
        trees.unwrap(inserted)


def _delete(deleted: Tree) -> None:
    parent = deleted.getparent()
    if parent is None:  # gone with what it was in
        return
    owner = parent.getparent()
    trees.remove(deleted)
    if owner is None or local(parent) not in MARKING:
        return
    if local(parent) == "trPr" or local(deleted) == "cellDel":
        _remove_from_table(owner)
    elif local(parent) == "rPr" and local(owner) == "pPr":
        _join(owner.getparent())


def _remove_from_table(one: Tree) -> None:
    """A row or a cell; with the last the table goes too."""
    around = one.getparent()
    if around is None:
        return
    trees.remove(one)
    if not any(local(left) in {"tr", "tc", "sdt", "customXml"} for left in around):
        if local(around) == "tr":
            _remove_from_table(around)
        elif local(around) == "tbl":
            trees.remove(around)


def _join(paragraph: Tree) -> None:
    """The end of this paragraph was deleted: its words begin the next one, as which they are formatted from now on."""
    following = paragraph.getnext()
    while following is not None and local(following) in BESIDE:
        following = following.getnext()
    if following is None or local(following) != "p":
        return
    words = [one for one in paragraph if local(one) != "pPr"]
    first = next((one for one in following if local(one) == "pPr"), None)
    place = 0 if first is None else 1
    following[place:place] = words
    trees.remove(paragraph)
