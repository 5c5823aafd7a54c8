"""Tracked changes as anybody may have nested them: what is left reads as an independent telling of them says."""

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from marketplace.vault.blinding.blinding import blind
from marketplace.vault.inspecting.inspection import inspect
from tests.vault import made
from tests.vault.made import WORD
from tests.vault.named import WHO

MARKED = f'w:id="1" w:author="{WHO}" w:date="2026-01-02T03:04:05Z"'
DELETING = {"del", "moveFrom"}
words = st.sampled_from(["a", "b", "甲", " ", "c d"])
nodes = st.recursive(
    words, lambda inside: st.tuples(st.sampled_from(["ins", "del", "moveTo", "moveFrom"]), st.lists(inside, max_size=3))
)
paragraphs = st.lists(
    st.tuples(st.lists(nodes, max_size=4), st.sampled_from(["", "", "ins", "del", "moveFrom"])), min_size=1, max_size=6
)


def xml(node: object, *, deleted: bool = False) -> str:
    if isinstance(node, str):
        tag = "delText" if deleted else "t"
        return f'<w:r w:rsidR="00112233"><w:{tag} xml:space="preserve">{node}</w:{tag}></w:r>'
    assert isinstance(node, tuple)
    kind, inside = node
    within = "".join(xml(one, deleted=deleted or kind in DELETING) for one in inside)
    return f"<w:{kind} {MARKED}>{within}</w:{kind}>"


def reads(node: object) -> str:
    if isinstance(node, str):
        return node
    assert isinstance(node, tuple)
    kind, inside = node
    return "" if kind in DELETING else "".join(reads(one) for one in inside)


def paragraph(inside: list[object], mark: str) -> str:
    change = f"<w:pPrChange {MARKED}><w:pPr/></w:pPrChange>"
    ended = f"<w:{mark} {MARKED}/>" if mark else ""
    return f"<w:p><w:pPr><w:rPr>{ended}</w:rPr>{change}</w:pPr>{''.join(map(xml, inside))}</w:p>"


def told(given_: list[tuple[list[object], str]]) -> list[str]:
    """A paragraph whose end was deleted goes on in the next; the last one has none."""
    read, begun = [], ""
    for place, (inside, mark) in enumerate(given_):
        begun += "".join(map(reads, inside))
        if mark not in DELETING or place == len(given_) - 1:
            read.append(begun)
            begun = ""
    return read


@settings(max_examples=150, deadline=None)
@given(paragraphs)
def test_what_was_deleted_is_gone_and_what_was_inserted_stays(given_: list[tuple[list[object], str]]) -> None:
    content = made.package("docx", made.body("".join(paragraph(*one) for one in given_)))
    result, taken = blind("docx", content)
    inspect("docx", result)
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        text = archive.read("word/document.xml")
    assert WHO.encode() not in text
    tree = etree.fromstring(text)
    assert ["".join(one.text for one in each.iter(f"{{{WORD}}}t")) for each in tree.iter(f"{{{WORD}}}p")] == told(
        given_
    )
    assert not [
        one for one in tree.iter() if etree.QName(one).localname in {"ins", "del", "moveTo", "moveFrom", "delText"}
    ]
    assert blind("docx", result) == (result, {})
    assert taken["changes"] >= len(given_)
