"""What the pages say, and the Chinese catalogue that says it again. No gettext programs are needed.

English stands in the code and the templates, Chinese in `marketplace/locale/zh_Hans`. Sentences of allauth and Django
that we word ourselves are listed in `marketplace/locale/borrowed.txt`.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("marketplace", "realtime", "search", "tasks", "templates")
LOCALE = ROOT / "marketplace" / "locale"
CATALOGUE = LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"
BORROWED = LOCALE / "borrowed.txt"
HEAD = {
    "Project-Id-Version": "Zhongyan",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
"""No dates and no names: the file changes when a sentence does and never else."""

LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)")
WIDTH = 118


class Message(NamedTuple):
    """A sentence to translate. The same English with another context is another sentence."""

    context: str
    text: str
    plural: str = ""


def said() -> dict[tuple[str, str], Message]:
    """Every sentence of the code, the templates and the borrowed list, in the order of the files."""
    found: dict[tuple[str, str], Message] = {}
    for message in (*_sources(), *borrowed()):
        key = (message.context, message.text)
        if key not in found or message.plural:
            found[key] = message
    return found


def borrowed() -> list[Message]:
    """Sentences of allauth and Django for which our wording shall win."""
    lines = BORROWED.read_text(encoding="utf-8").splitlines()
    return [_lent(line) for line in lines if line and not line.startswith("#")]


def _lent(line: str) -> Message:
    context, words = re.fullmatch(r"(?:\[(.+?)\] )?(.+)", line).groups("")  # type: ignore[union-attr]  # fits every line
    return Message(context, *words.split(" || "))


def _sources() -> Iterator[Message]:
    for name in SOURCES:
        for path in sorted((ROOT / name).rglob("*")):
            if path.suffix == ".py":
                yield from of_python(path.read_text(encoding="utf-8"))
            elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
                yield from of_template(path.read_text(encoding="utf-8"))


def of_python(source: str) -> Iterator[Message]:
    """The sentences of a module, in its order."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        yield from _message(name, [one.value for one in call.args if isinstance(one, ast.Constant)])


def of_template(source: str) -> Iterator[Message]:
    """The sentences of a template, as Django will look them up."""
    for call in CALL.finditer(str(templatize(source))):
        yield from _message(call[1], list(ast.literal_eval(f"({call[2]},)")))


def _message(name: str, words: list[object]) -> Iterator[Message]:
    texts = [word for word in words if isinstance(word, str)]
    kind = "gettext" if name == "_" else re.sub(r"_(lazy|noop)$", "", name)
    if not texts or not texts[-1] or kind not in {"gettext", "pgettext", "ngettext", "npgettext"}:
        return
    context = texts.pop(0) if "pg" in kind else ""
    yield Message(context, *texts[: 2 if kind.startswith("n") else 1])


def gather() -> list[str]:
    """Bring the catalogue up to date with the sources, compile it, and return what still has no Chinese."""
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(CATALOGUE))}
    catalogue = polib.POFile(wrapwidth=WIDTH)
    catalogue.metadata = HEAD
    catalogue.extend(_entry(message, known.get(key)) for key, message in said().items())
    catalogue.save(str(CATALOGUE))
    compile_catalogue()
    return [entry.msgid for entry in catalogue if not entry.translated()]


def _entry(message: Message, before: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None, msgid_plural=message.plural)
    entry.flags = ["python-format"] if "%(" in message.text else []
    words = _words(before)
    if message.plural:
        entry.msgstr_plural = {0: words}
    else:
        entry.msgstr = words
    return entry


def _words(entry: polib.POEntry | None) -> str:
    if entry is None or entry.fuzzy:
        return ""
    return str(entry.msgstr or entry.msgstr_plural.get(0, ""))


def compile_catalogue() -> None:
    """Write the .mo that Django reads beside the .po that people edit."""
    polib.pofile(str(CATALOGUE)).save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


def _report(missing: Iterable[str]) -> int:
    for text in missing:
        sys.stdout.write(f"no Chinese yet: {text}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(_report(gather()))
