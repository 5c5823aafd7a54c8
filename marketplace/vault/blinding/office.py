"""Word, Excel and PowerPoint: the parts that the main part leads to, each without names, in a package written anew.

What nothing leads to is left out, with it whatever somebody only forgot to delete.
"""

import io
import posixpath
import re
import zipfile
from collections import Counter, deque
from dataclasses import dataclass, field

from marketplace.vault.blinding import marks, pictures, relations, revisions, trees
from marketplace.vault.blinding.relations import Relation
from marketplace.vault.blinding.report import COMMENTS, MARKS, PROPERTIES, Taken
from marketplace.vault.inspecting import archives

CONTENTS = "[Content_Types].xml"
XML = {"xml", "vml", "svg"}
FONTS = {"odttf", "fntdata"}
REMARK = {"comment", "cm"}
NOTES = re.compile(r"(?:footnotes|endnotes)\.xml\Z")
REFERENCES = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip can name."""
PROPERTIES_OF_FILE = {
    "core-properties", "extended-properties", "custom-properties", "extendedProperties", "customProperties"
}  # fmt: skip


@dataclass
class Package:
    """What is kept of an archive: cleaned parts by name, in the order they are come upon, and where each leads."""

    archive: zipfile.ZipFile
    taken: Taken
    entries: dict[str, zipfile.ZipInfo]
    cleaned: dict[str, trees.Tree] = field(default_factory=dict)
    kept: dict[str, list[tuple[Relation, str]]] = field(default_factory=dict)

    def content(self, name: str) -> bytes:
        """One part, unpacked."""
        return archives.unpacked(self.archive, self.entries[name])


def blind(content: bytes, taken: Taken) -> bytes:
    """The same document in a fresh package. Raises Unacceptable."""
    with archives.opened(content) as archive:
        entries = {one.filename: one for one in archive.infolist() if not one.is_dir()}
        package = Package(archive, taken, entries)
        _follow(package)
        _forget_notes(package)
        return _written(package)


def _follow(package: Package) -> None:
    """From the file as a whole along the relations that lead to what is shown."""
    waiting = deque([""])
    while waiting:
        name = waiting.popleft()
        if name in package.kept:
            continue
        package.kept[name] = _cleaned(package, name)
        waiting.extend(target for _relation, target in package.kept[name] if target)


def _cleaned(package: Package, name: str) -> list[tuple[Relation, str]]:
    """Clean one part; what it leads to of what is shown. Raises Unacceptable."""
    given = _relations_of(package, name)
    kept = [(one, target) for one, target in given if relations.shows(one, target)]
    dropped = {one.number for one, _target in given} - {one.number for one, _target in kept}
    for one, target in given:
        if one.number in dropped:
            _tell(package, one, target)
    if name.rpartition(".")[2].lower() not in XML:
        return kept
    tree = trees.read(package.content(name))
    revisions.accept(tree, package.taken)
    marks.clean(tree, package.taken, svg=name.lower().endswith(".svg"))
    if dropped:
        marks.without(tree, dropped)
    package.cleaned[name] = tree
    named = marks.numbers_in(tree) if kept else set()
    return [(one, target) for one, target in kept if one.word not in relations.BY_NUMBER or one.number in named]


def _relations_of(package: Package, name: str) -> list[tuple[Relation, str]]:
    part = relations.part_of(name)
    if part not in package.entries:
        return []
    return [(one, relations.leads_to(name, one, package.entries)) for one in relations.read(package.content(part))]


def _tell(package: Package, relation: Relation, target: str) -> None:
    """Count what goes with a part that tells of people."""
    if relation.word in PROPERTIES_OF_FILE:
        package.taken[PROPERTIES] += 1
    elif relation.word == "comments" and target:
        remarks = trees.read(package.content(target)).iter()
        package.taken[COMMENTS] += sum(trees.local(one) in REMARK for one in remarks)
    else:
        package.taken[MARKS] += 1


def _forget_notes(package: Package) -> None:
    """A footnote whose mark was deleted is still written in its own part; the two that draw lines have a type."""
    for name in [name for name in package.cleaned if NOTES.search(name)]:
        tree = package.cleaned[name]
        mark = REFERENCES[posixpath.basename(name).partition(".")[0]]
        others = [one for other, one in package.cleaned.items() if other != name]
        shown = {_number(one) for other in others for one in other.iter() if trees.local(one) == mark}
        for note in list(tree):
            if not any(key.endswith("}type") for key in note.attrib) and _number(note) not in shown:
                trees.remove(note)


def _number(note: trees.Tree) -> str:
    return next((value for key, value in note.attrib.items() if key.rpartition("}")[2] == "id"), "")


def _written(package: Package) -> bytes:
    made = io.BytesIO()
    names = _names(package)
    with zipfile.ZipFile(made, "w") as archive:
        _put(archive, CONTENTS, _contents(package, names))
        for name, leading in package.kept.items():
            if name:
                _put(archive, names[name], _content(package, name))
            if leading:
                pointed = [relations.pointed(names.get(name, ""), one, names.get(to, "")) for one, to in leading]
                _put(archive, relations.part_of(names.get(name, "")), relations.written(pointed))
    return made.getvalue()


def _names(package: Package) -> dict[str, str]:
    """Parts keep their names but for pictures and the like, which some programs call as their owner did."""
    names: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    for name in package.kept:
        folder, _slash, last = name.rpartition("/")
        if folder.endswith("media"):
            numbers[folder] += 1
            last = f"media{numbers[folder]}.{last.rpartition('.')[2].lower()}"
        names[name] = f"{folder}/{last}" if folder else last
    return names


def _content(package: Package, name: str) -> bytes:
    if name in package.cleaned:
        return trees.written(package.cleaned[name])
    ending = name.rpartition(".")[2].lower()
    content = package.content(name)
    return content if ending in FONTS else pictures.inside(ending, content, package.taken)


def _contents(package: Package, names: dict[str, str]) -> bytes:
    """The part that names the content type of each other ([Content_Types].xml), of those that are left."""
    tree = trees.read(package.content(CONTENTS))
    kept = {f"/{new}".lower(): f"/{new}" for new in names.values()}
    renamed = {f"/{old}".lower(): f"/{new}" for old, new in names.items()}
    endings = {name.rpartition(".")[2].lower() for name in names.values()} | {"rels"}
    for one in list(tree):
        part = one.get("PartName", "").lower()
        if part in renamed:
            one.set("PartName", renamed[part])
        elif part not in kept and one.get("Extension", "").lower() not in endings:
            trees.remove(one)
    return trees.written(tree)


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """An entry as of no machine and no day."""
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.create_system = entry.external_attr = 0
    packed = name.rpartition(".")[2].lower() in {"png", "jpg", "jpeg", "gif"}
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
