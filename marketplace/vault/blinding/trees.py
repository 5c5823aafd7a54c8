"""XML that keeps its prefixes: Office reads the names of namespaces out of attributes, so they stay as they are."""

from typing import Any

from lxml import etree

from marketplace.vault.inspecting.findings import Unacceptable

Tree = Any
"""An element of lxml, which ships no types."""


def read(content: bytes) -> Tree:
    """The root, without remarks and instructions. No entity is expanded: what has any was refused before."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise Unacceptable("damaged") from None


def written(root: Tree) -> bytes:
    """The same as bytes."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def local(element: Tree) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def space(name: Any) -> str:
    """The namespace of a tag's or an attribute's name."""
    return str(name).rpartition("}")[0].lstrip("{")


def remove(element: Tree) -> None:
    """Take it out with what is in it; white space behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    _keep_tail(element, parent)
    parent.remove(element)


def unwrap(element: Tree) -> None:
    """Put what is in it in its place."""
    for one in list(element):
        element.addprevious(one)
    remove(element)


def _keep_tail(element: Tree, parent: Tree) -> None:
    if not element.tail:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + element.tail
    else:
        parent.text = (parent.text or "") + element.tail
    element.tail = None
